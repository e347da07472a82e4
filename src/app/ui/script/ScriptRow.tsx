// One line of the script with its result, and below it the change by the last edit and the note.

import { type DragEvent, lazy, memo, Suspense, useState } from 'react';
import { meanwhileText, shortLineParts } from '../../../formats/shortLine.ts';
import type { Run } from '../../../kernel/frame.ts';
import type { ScriptLine } from '../../../session/script.ts';
import { answerText } from '../../../text/answer.ts';
import { operationWords } from '../../../views/linked/words.ts';
import type { Changes } from '../../../views/script/changes.ts';
import { LinkedWords } from '../Linked.tsx';

const StateMark = lazy(async () => ({ default: (await import('./StateMark.tsx')).StateMark }));

/** Props of a row. Line 0 is the start and has no entry. */
interface ScriptRowProps {
  readonly id: string;
  readonly line: number;
  /** Lines of the list, the start included. */
  readonly count: number;
  readonly entry: ScriptLine | null;
  readonly run: Run | null;
  readonly top: number;
  readonly selected: boolean;
  /** The result differs from the recorded one. */
  readonly differs?: boolean;
  /** The result differs from the traced one. */
  readonly untraced?: boolean;
  /** The changes by the last edit. */
  readonly changes?: Changes | null;
  readonly noteOpen?: boolean;
  readonly actionOpen?: boolean;
  /** The same functions for every row; without them the row cannot be chosen, edited or dragged. */
  readonly onLook?: (line: number, shift: boolean) => void;
  readonly onEdit?: (line: number) => void;
  readonly onDrag?: (event: DragEvent, line: number) => void;
}

/** A row of the script; renders again only when it has changed. */
export const ScriptRow = memo(function ScriptRow(props: ScriptRowProps) {
  const { id, line, count, entry, run, top, selected, differs, untraced, changes } = props;
  const { noteOpen, actionOpen, onLook, onEdit, onDrag } = props;
  const classes = [
    'script-row',
    ...(run !== null && run.errno !== null ? ['failed'] : []),
    ...(entry?.disabled === true ? ['skipped'] : []),
    ...(differs ? ['differs'] : []),
    ...(changes?.results.get(line) !== undefined ? ['changed'] : []),
  ];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the list
    <div
      id={id}
      role="option"
      aria-selected={selected}
      aria-posinset={line + 1}
      aria-setsize={count}
      tabIndex={-1}
      className={classes.join(' ')}
      style={{ top }}
      draggable={entry !== null && onDrag !== undefined}
      onDragStart={(event) => onDrag?.(event, line)}
      onClick={(event) => onLook?.(line, event.shiftKey)}
      onDoubleClick={() => onEdit?.(line)}
    >
      <RowText {...{ line, entry, run, differs, untraced, changes, noteOpen, actionOpen }} />
    </div>
  );
});

/** What the texts of a row show. */
type RowTextProps = {
  readonly [Key in
    | 'line'
    | 'entry'
    | 'run'
    | 'differs'
    | 'untraced'
    | 'changes'
    | 'noteOpen'
    | 'actionOpen']: ScriptRowProps[Key];
};

/** The texts of a row: an edit at the end of the script changes the count of every row, but no text. */
const RowText = memo(function RowText(props: RowTextProps) {
  const { line, entry, run, differs, untraced, changes, noteOpen, actionOpen } = props;
  const result = changes?.results.get(line);
  const [call, tellCall] = useState<{ readonly run: Run; readonly text: string } | null>(null);
  // the title has strace's form; its printer is fetched on first use
  const onPointerEnter = async () => {
    if (entry === null || run === null) return;
    const { straceLine } = await import('../../../formats/strace.ts');
    tellCall({ run, text: straceLine(entry.line.op, run, entry.line.raises) });
  };
  const meanwhile = entry === null ? '' : meanwhileText(entry.line);
  const { operation, result: returned } =
    entry === null ? { operation: 'device opened', result: '' } : shortLineParts(entry.line.op, run);
  const words = entry === null ? [{ text: operation, things: [] }] : operationWords(entry.line.op, operation);
  return (
    <>
      {entry !== null && entry.action !== '' && !actionOpen && (
        <div className="action" title={entry.action}>
          @ {entry.action}
        </div>
      )}
      <div
        className="script-line"
        title={call !== null && call.run === run ? call.text : `${operation} ${returned}`.trimEnd()}
        onPointerEnter={onPointerEnter}
      >
        <span className="number">{line}</span>
        <span className="text">
          {entry?.disabled === true && <span className="hidden">skipped: </span>}
          <LinkedWords words={words} />
        </span>
        {returned !== '' && <span className="result"> {returned}</span>}
        {meanwhile !== '' && <span className="meanwhile">{meanwhile}</span>}
        {differs && <span className="mark">differs</span>}
        {changes && result === undefined && (
          <Suspense fallback={null}>
            <StateMark changes={changes} line={line} />
          </Suspense>
        )}
      </div>
      {untraced && entry?.traced !== undefined && run !== null && (
        <div className="trace-mark">
          trace {answerText(entry.line.op, entry.traced)} · model {answerText(entry.line.op, run)}
        </div>
      )}
      {result !== undefined && <div className="result-mark">result changed: was {result}</div>}
      {entry !== null && entry.note !== '' && !noteOpen && (
        <div className="note" title={entry.note}>
          # {entry.note.replaceAll('\n', ' · ')}
        </div>
      )}
    </>
  );
});
