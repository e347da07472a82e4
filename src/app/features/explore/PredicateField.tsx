// A question composed from predicates, with completions at the caret and the first problem below the field.

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { parseComposed } from '../../../explore/predicateText.ts';
import { completePredicate, type PredicateCompletion } from '../../../views/explore/complete.ts';
import { Completions } from '../../ui/Completions.tsx';

/** Text and change handler. */
interface PredicateFieldProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
}

/** The field with its completions. */
export function PredicateField({ text, onChange }: PredicateFieldProps) {
  const id = useId();
  const input = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(text.length);
  const [chosen, setChosen] = useState<number | null>(null);
  const offered = chosen === null ? [] : completePredicate(text, caret);
  const at = offered.length === 0 ? -1 : Math.min(chosen ?? 0, offered.length - 1);
  const parsed = parseComposed(text);
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
  const onKeyDown = (event: KeyboardEvent) => {
    const completion = offered[at];
    if (completion === undefined) return;
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
  return (
    <div className="explore-predicate">
      <textarea
        ref={input}
        role="combobox"
        aria-label="Predicate"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-note`}
        rows={3}
        placeholder="original-irq-freed and not errno(ENOSPC)"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        value={text}
        onChange={({ target }) => {
          onChange(target.value.replace(/\s*\n\s*/g, ' '));
          setCaret(target.selectionStart);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => setChosen(null)}
      />
      <Completions id={id} name="Predicates" offered={offered} at={at} onAccept={accept} />
      {problem === null ? (
        <p id={`${id}-note`} className="aside">
          {text.trim() === ''
            ? 'The search looks for the first line after which the predicate is true. Tab accepts a completion.'
            : 'The search looks for the first line after which this is true.'}
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
