// One line of notation, with completion. The wiring shows its effect while it is typed.

import { type KeyboardEvent, memo, useId, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../../base/result.ts';
import { type Completion, complete } from '../../../formats/notation/complete.ts';
import { parseLine } from '../../../formats/notation/parse.ts';
import { Completions } from '../../parts/Completions.tsx';
import { compose, useCompose } from '../../state/compose.ts';
import { runLine } from '../../state/lab.ts';
import type { OpenDescriptor } from './Operations.tsx';
import './commandLine.css';

/** Completions shown at a time. */
const SHOWN = 12;

/** What is typed, where the caret stands, and which completion is chosen. */
interface Typing {
  readonly text: string;
  readonly caret: number;
  /** Place in the list, or null while the list is closed. */
  readonly chosen: number | null;
  readonly problem: Problem | null;
  /** How far back in the lines that were run before. */
  readonly back: number;
}

const EMPTY: Typing = { text: '', caret: 0, chosen: null, problem: null, back: 0 };

/** What completions are made of. */
interface CommandLineProps {
  readonly open: readonly OpenDescriptor[];
  /** Vectors of the mode that is on. */
  readonly vectors: number;
}

/** The line and its completions. */
export const CommandLine = memo(function CommandLine({ open, vectors }: CommandLineProps) {
  const [typing, setTyping] = useState(EMPTY);
  const past = useCompose((state) => state.past);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const { text, caret, chosen, problem } = typing;
  const context = useMemo(() => ({ openFds: open.map(({ fd }) => fd), vectors }), [open, vectors]);
  const offered = chosen === null ? [] : complete(text, caret, context).slice(0, SHOWN);
  const at = offered.length === 0 ? -1 : Math.min(chosen ?? 0, offered.length - 1);

  const say = (next: string, place: number, change: Partial<Typing> = {}) => {
    setTyping({ ...EMPTY, text: next, caret: place, back: typing.back, ...change });
    const parsed = parseLine(next);
    compose({ typed: parsed.ok ? parsed.value.line : null });
  };
  const accept = ({ text: word, from, to }: Completion) => {
    // a word that is whole is followed by a space, and what can stand there is offered at once
    const gap = word.endsWith('=') || word.endsWith('#') ? '' : ' ';
    const next = `${text.slice(0, from)}${word}${gap}${text.slice(to).trimStart()}`;
    const place = from + word.length + gap.length;
    say(next, place, { chosen: 0 });
    // the caret can be put there when the text is there
    requestAnimationFrame(() => input.current?.setSelectionRange(place, place));
  };
  const enter = () => {
    if (text.trim() === '') return;
    const parsed = parseLine(text);
    if (!parsed.ok) {
      setTyping({ ...typing, chosen: null, problem: parsed.problems[0] });
      return;
    }
    runLine(parsed.value.line);
    compose({ past: [...past.filter((line) => line !== text), text], typed: null });
    setTyping(EMPTY);
  };
  const recall = (back: number) => {
    const line = past.at(-back) ?? '';
    if (back < 0 || back > past.length) return;
    say(back === 0 ? '' : line, line.length, { back });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const completion = offered[at];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step !== undefined) {
      event.preventDefault();
      if (completion === undefined) recall(typing.back - step);
      else setTyping({ ...typing, chosen: Math.max(0, Math.min(offered.length - 1, at + step)) });
    } else if (event.key === 'Tab' && !event.shiftKey && completion !== undefined) {
      event.preventDefault();
      accept(completion);
    } else if (event.key === 'Escape' && completion !== undefined) {
      event.preventDefault();
      setTyping({ ...typing, chosen: null });
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      enter();
    }
  };
  return (
    <div className="command-line">
      <input
        ref={input}
        role="combobox"
        aria-label="Line of notation"
        aria-expanded={offered.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        placeholder="or type a line: raise 1   ( / )"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        value={text}
        onChange={({ target }) =>
          say(target.value, target.selectionStart ?? target.value.length, {
            chosen: target.value === '' ? null : 0,
          })
        }
        onKeyDown={onKeyDown}
        onBlur={() => {
          compose({ typed: null });
          setTyping({ ...typing, chosen: null });
        }}
      />
      <Completions
        id={id}
        name="Completions"
        className="completions"
        offered={offered}
        at={at}
        onAccept={accept}
      />
      {problem !== null && (
        <div id={`${id}-problem`} className="line-problem" role="alert">
          <pre aria-hidden="true">{`${' '.repeat(Math.max(0, (problem.at.column ?? 1) - 1))}^`}</pre>
          column {problem.at.column}: expected {problem.expected}, found {problem.found}
        </div>
      )}
    </div>
  );
});
