// A line of notation with completions. The wiring previews its effect while a person types.

import { type KeyboardEvent, memo, useId, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Problem } from '../../../../base/result.ts';
import { type Completion, complete } from '../../../../formats/notation/complete.ts';
import { parseLine } from '../../../../formats/notation/parse.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { compose, composeSlice } from '../../../store/compose.ts';
import { runLine } from '../../../store/lab.ts';
import { Completions } from '../../../ui/Completions.tsx';
import type { OpenDescriptor } from './openDescriptors.ts';
import './commandLine.css';

/** Most completions in the list. */
const SHOWN = 12;

/** The typed text, the caret and the chosen completion. */
interface Typing {
  readonly text: string;
  readonly caret: number;
  /** Place in the list; null while the list is closed. */
  readonly chosen: number | null;
  readonly problem: Problem | null;
  /** Steps back in the lines run before. */
  readonly back: number;
}

const EMPTY: Typing = { text: '', caret: 0, chosen: null, problem: null, back: 0 };

interface CommandLineProps {
  readonly open: readonly OpenDescriptor[];
  /** Vectors of the active mode. */
  readonly vectors: number;
}

/** The line and its completions. */
export const CommandLine = memo(function CommandLine({ open, vectors }: CommandLineProps) {
  const app = useApp();
  const [typing, setTyping] = useState(EMPTY);
  const past = useSlice(composeSlice, (state) => state.past);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const { text, caret, chosen, problem } = typing;
  const context = useMemo(() => ({ openFds: open.map(({ fd }) => fd), vectors }), [open, vectors]);
  const offered = chosen === null ? [] : complete(text, caret, context).slice(0, SHOWN);
  const at = offered.length === 0 ? -1 : Math.min(chosen ?? 0, offered.length - 1);

  const say = (next: string, place: number, change: Partial<Typing> = {}) => {
    setTyping({ ...EMPTY, text: next, caret: place, back: typing.back, ...change });
    const parsed = parseLine(next);
    compose(app, { typed: parsed.ok ? parsed.value.line : null });
  };
  const accept = ({ text: word, from, to }: Completion) => {
    // a complete word gets a space, and the list shows the next words at once
    const gap = word.endsWith('=') || word.endsWith('#') ? '' : ' ';
    const next = `${text.slice(0, from)}${word}${gap}${text.slice(to).trimStart()}`;
    const place = from + word.length + gap.length;
    // the text is set before the caret moves, and both before the next key is typed
    flushSync(() => say(next, place, { chosen: 0 }));
    input.current?.setSelectionRange(place, place);
  };
  const enter = () => {
    if (text.trim() === '') return;
    const parsed = parseLine(text);
    if (!parsed.ok) {
      setTyping({ ...typing, chosen: null, problem: parsed.problems[0] });
      return;
    }
    runLine(app, parsed.value.line);
    compose(app, { past: [...past.filter((line) => line !== text), text], typed: null });
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
        placeholder="or type a line ( / )"
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
          compose(app, { typed: null });
          setTyping({ ...typing, chosen: null });
        }}
      />
      <Completions id={id} name="Completions" offered={offered} at={at} onAccept={accept} />
      {problem !== null && (
        <div id={`${id}-problem`} className="line-problem alarm" role="alert">
          <pre aria-hidden="true">{`${' '.repeat(Math.max(0, (problem.at.column ?? 1) - 1))}^`}</pre>
          column {problem.at.column}: expected {problem.expected}, found {problem.found}
        </div>
      )}
    </div>
  );
});
