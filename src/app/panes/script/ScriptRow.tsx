// One line of the script with its result.

import { shortLine } from '../../../formats/shortLine.ts';
import { straceLine } from '../../../formats/strace.ts';
import type { Run } from '../../../kernel/frame.ts';
import type { ScriptLine } from '../../../session/script.ts';
import { operationWords } from '../../../views/linked/words.ts';
import { LinkedWords } from '../../parts/Linked.tsx';

/** What a row needs. Line 0 is the start and has no entry. */
interface ScriptRowProps {
  readonly id: string;
  readonly line: number;
  readonly entry: ScriptLine | null;
  readonly run: Run | null;
  readonly current: boolean;
  readonly differs: boolean;
  readonly top: number;
  readonly onLook: () => void;
}

/** A row of the script. */
export function ScriptRow({ id, line, entry, run, current, differs, top, onLook }: ScriptRowProps) {
  const failed = run !== null && run.errno !== null;
  const classes = [
    'script-row',
    ...(failed ? ['failed'] : []),
    ...(entry?.disabled === true ? ['skipped'] : []),
    ...(differs ? ['differs'] : []),
  ];
  const text = entry === null ? 'device opened' : shortLine(entry.line.op, run);
  const words = entry === null ? [{ text, things: [] }] : operationWords(entry.line.op, text);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the whole page go through time
    <div
      id={id}
      role="option"
      aria-selected={current}
      tabIndex={-1}
      className={classes.join(' ')}
      style={{ top }}
      title={entry === null || run === null ? text : straceLine(entry.line.op, run)}
      onClick={onLook}
    >
      <span className="number">{line}</span>
      <span className="text">
        <LinkedWords words={words} />
      </span>
      {entry !== null && entry.note !== '' && <span className="note">{entry.note}</span>}
      {differs && <span className="mark">differs</span>}
    </div>
  );
}
