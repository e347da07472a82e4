// A question composed from predicates: what fits at the caret is offered, what is wrong is said below its place.

import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { parsePredicate } from '../../../explore/predicate.ts';
import { completePredicate, type PredicateCompletion } from '../../../views/explore/complete.ts';
import { Completions } from '../../parts/Completions.tsx';

/** What the field needs. */
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
  const parsed = parsePredicate(text);
  const problem = parsed.ok || text.trim() === '' ? null : parsed.problems[0];

  const accept = ({ text: word, from, to }: PredicateCompletion) => {
    const next = `${text.slice(0, from)}${word} ${text.slice(to).trimStart()}`;
    const place = from + word.length + 1;
    onChange(next);
    setCaret(place);
    setChosen(0);
    requestAnimationFrame(() => input.current?.setSelectionRange(place, place));
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
        aria-describedby={`${id}-told`}
        rows={3}
        placeholder="original-irq-freed and not errno ENOSPC"
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
      <Completions
        id={id}
        name="Predicates"
        className="explore-offers"
        offered={offered}
        at={at}
        onAccept={accept}
      />
      {problem === null ? (
        <p id={`${id}-told`} className="explore-note">
          {text.trim() === ''
            ? 'The first step in which it holds is looked for. Words: and, or, not, brackets; Tab takes what is offered.'
            : 'The first step in which this holds is looked for.'}
        </p>
      ) : (
        <p id={`${id}-told`} className="explore-wrong" role="alert">
          column {problem.at.column}: expected {problem.expected.split(':')[0]}, found {problem.found}
        </p>
      )}
    </div>
  );
}
