// A predicate with completions at the caret and the first problem below the field.

import { type ChangeEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { parseComposed, parsePredicate } from '../../explore/predicateText.ts';
import { completePredicate, type PredicateCompletion } from '../../views/explore/complete.ts';
import { Completions } from './Completions.tsx';
import './predicate.css';

interface PredicateFieldProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly label: string;
  /** The number of kernels that a predicate may name. */
  readonly kernels: 1 | 2;
  readonly placeholder: string;
  readonly rows: number;
  /** The text below the field while the predicate has no problem. */
  readonly note: ReactNode;
  /** The name of the field, by which a problem finds it. */
  readonly field?: string;
}

/** The field with its completions. */
export function PredicateField(props: PredicateFieldProps) {
  const { text, onChange, label, kernels, placeholder, rows, note, field } = props;
  const id = useId();
  const input = useRef<HTMLInputElement | HTMLTextAreaElement | null>(null);
  const [caret, setCaret] = useState(text.length);
  const [chosen, setChosen] = useState<number | null>(null);
  const fitting = chosen === null ? [] : completePredicate(text, caret);
  const offered = kernels === 2 ? fitting : fitting.filter(({ text: word }) => !/^[ab]\.$/.test(word));
  const at = offered.length === 0 ? -1 : Math.min(chosen ?? 0, offered.length - 1);
  const parsed = kernels === 2 ? parseComposed(text) : parsePredicate(text);
  const problem = parsed.ok || text.trim() === '' ? null : parsed.problems[0];

  const accept = ({ text: word, from, to }: PredicateCompletion) => {
    // an argument follows an opening bracket, and a name the dot of a kernel
    const space = /[(.]$/.test(word) ? '' : ' ';
    const next = `${text.slice(0, from)}${word}${space}${text.slice(to).trimStart()}`;
    const place = from + word.length + space.length;
    // the text is set before the caret moves, and both before the next key is typed
    flushSync(() => {
      onChange(next);
      setCaret(place);
      setChosen(0);
    });
    input.current?.setSelectionRange(place, place);
  };
  const openList = (event: { readonly preventDefault: () => void }) => {
    event.preventDefault();
    input.current?.focus();
    setCaret(input.current?.selectionStart ?? text.length);
    setChosen(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const completion = offered[at];
    if (completion === undefined) {
      if (event.code === 'ArrowDown' && event.altKey) openList(event);
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(offered.length - 1, at + step)));
    } else if (event.key === 'Tab' && !event.shiftKey) {
      event.preventDefault();
      accept(completion);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      setChosen(null);
    }
  };
  const entry = {
    ref: (element: HTMLInputElement | HTMLTextAreaElement | null) => {
      input.current = element;
    },
    role: 'combobox',
    'aria-label': label,
    'data-field': field,
    'aria-expanded': offered.length > 0,
    'aria-controls': `${id}-list`,
    'aria-autocomplete': 'list',
    'aria-activedescendant': at < 0 ? undefined : `${id}-${at}`,
    'aria-invalid': problem !== null,
    'aria-describedby': `${id}-note`,
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
    autoCapitalize: 'off',
    value: text,
    onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      onChange(target.value.replace(/\s*\n\s*/g, ' '));
      setCaret(target.selectionStart ?? target.value.length);
      setChosen(0);
    },
    onKeyDown,
    onBlur: () => setChosen(null),
  } as const;
  return (
    <div className="predicate">
      <span className="predicate-entry flex gap-4">
        {rows === 1 ? <input {...entry} /> : <textarea {...entry} rows={rows} />}
        <button
          type="button"
          className="predicate-list"
          aria-label={`List of words for ${label}`}
          title="The words that fit at the caret: Alt ↓"
          // the field keeps the focus, without which the list closes
          onPointerDown={openList}
          onClick={openList}
        >
          ▾
        </button>
      </span>
      <Completions id={id} name="Predicates" offered={offered} at={at} onAccept={accept} />
      {problem === null ? (
        <p id={`${id}-note`} className="aside">
          {note}
        </p>
      ) : (
        <p id={`${id}-note`} className="small alarm" role="alert">
          column {problem.at.column}: expected {shortly(problem.expected)}, found {problem.found}
        </p>
      )}
    </div>
  );
}

/** Returns what is accepted without a list of a line or more, which the guide has. */
function shortly(expected: string): string {
  return expected.length > 120 ? (expected.split(':')[0] ?? expected) : expected;
}
