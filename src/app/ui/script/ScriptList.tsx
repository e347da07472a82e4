// The list of a script's lines with their results; the first is the start. Only visible lines are drawn.

import { type ComponentProps, type ReactNode, useEffect, useId } from 'react';
import { type Replay, runAt } from '../../../session/replay.ts';
import { EDITOR_ROWS, lineAtRow, type ScriptLayout, topOf } from '../../../views/script/layout.ts';
import { useKnownUpTo } from '../../store/useMoment.ts';
import { useWindow } from '../useWindow.ts';
import { ScriptRow } from './ScriptRow.tsx';
import './rows.css';

/** Pixels. */
export const ROW_HEIGHT = 24;

/** The props of a row that the page gives. */
type OwnRowProps = Omit<ComponentProps<typeof ScriptRow>, 'id' | 'line' | 'count' | 'entry' | 'run' | 'top'>;

interface ScriptListProps extends Omit<ComponentProps<'div'>, 'id'> {
  readonly replayed: Replay;
  readonly layout: ScriptLayout;
  readonly cursor: number;
  /** Returns null for a line that something else takes the place of. */
  readonly own: (line: number) => OwnRowProps | null;
  /** Elements over the rows. */
  readonly children?: ReactNode;
}

/**
 * The list, a `listbox` with further props. The line at the cursor and the open editor become visible when they change.
 */
export function ScriptList({ replayed, layout, cursor, own, children, ...element }: ScriptListProps) {
  const id = useId();
  const { script } = replayed;
  const { editor, rows, tools } = layout;
  const { ref, onScroll, first, end, reveal } = useWindow(rows, ROW_HEIGHT);
  const row = topOf(layout, cursor);
  // the tools of the line have the row before the next line
  const below = tools === cursor ? topOf(layout, cursor + 1) - 1 : row;
  // an action has the row above its line
  const last = (script[cursor - 1]?.action ?? '') === '' ? row : row + 1;
  useEffect(() => {
    reveal(below);
    reveal(last);
    reveal(row);
  }, [reveal, below, last, row]);
  useEffect(() => {
    if (editor !== null) for (const row of [editor + EDITOR_ROWS - 1, editor]) reveal(row);
  }, [reveal, editor]);
  const from = lineAtRow(layout, first);
  const to = Math.min(script.length, lineAtRow(layout, Math.max(first, end - 1)));
  useKnownUpTo(replayed, to);
  const lines = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return (
    <div ref={ref} className="script-scroll" onScroll={onScroll}>
      <div
        className="script-list"
        role="listbox"
        aria-label="Script"
        aria-activedescendant={cursor >= from && cursor <= to ? `${id}-${cursor}` : undefined}
        tabIndex={0}
        style={{ height: rows * ROW_HEIGHT }}
        {...element}
      >
        {lines.map((line) => {
          const props = own(line);
          return (
            props !== null && (
              <ScriptRow
                key={line}
                id={`${id}-${line}`}
                line={line}
                count={script.length + 1}
                entry={script[line - 1] ?? null}
                run={runAt(replayed, line)}
                top={topOf(layout, line) * ROW_HEIGHT}
                {...props}
              />
            )
          );
        })}
      </div>
      {children}
    </div>
  );
}
