// The list of a script's lines with their results; the first is the start. Only visible lines are drawn.

import { type ComponentProps, type ReactNode, useCallback, useEffect, useId } from 'react';
import { type Replay, runAt } from '../../../session/replay.ts';
import { lineAtRow, type ScriptLayout } from '../../../views/script/layout.ts';
import { type ListWindow, useWindow } from '../useWindow.ts';
import { ScriptRow } from './ScriptRow.tsx';
import './rows.css';

/** Pixels. */
export const ROW_HEIGHT = 24;

/** The drawn lines. */
interface ShownLines extends ListWindow {
  readonly from: number;
  readonly to: number;
  /** Scrolls to the line at the cursor. */
  readonly show: () => void;
}

/** Returns the lines to draw, and keeps the line at the cursor visible when it changes. */
export function useShownLines({ script }: Replay, layout: ScriptLayout, cursor: number): ShownLines {
  const window = useWindow(layout.rows, ROW_HEIGHT);
  const { reveal, first, end } = window;
  const row = layout.tops[cursor] ?? 0;
  // an action has the row above its line
  const acted = (script[cursor - 1]?.action ?? '') !== '';
  const show = useCallback(() => {
    if (acted) reveal(row + 1);
    reveal(row);
  }, [reveal, row, acted]);
  useEffect(show, [show]);
  return {
    ...window,
    show,
    from: lineAtRow(layout, first),
    to: Math.min(script.length, lineAtRow(layout, Math.max(first, end - 1))),
  };
}

type RowProps = ComponentProps<typeof ScriptRow>;
/** The props of a row that the page gives. */
type OwnRowProps = Omit<RowProps, 'id' | 'line' | 'count' | 'entry' | 'run' | 'top'>;

interface ScriptListProps extends Omit<ComponentProps<'div'>, 'id'> {
  readonly replayed: Replay;
  readonly layout: ScriptLayout;
  readonly shown: ShownLines;
  readonly cursor: number;
  /** Returns null for a line that something else takes the place of. */
  readonly row: (line: number) => OwnRowProps | null;
  /** Elements over the rows. */
  readonly children?: ReactNode;
}

/** The list, a `listbox`; further props are those of its element. */
export function ScriptList({ replayed, layout, shown, cursor, row, children, ...element }: ScriptListProps) {
  const id = useId();
  const { script } = replayed;
  const { ref, onScroll, from, to } = shown;
  const lines = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return (
    <div ref={ref} className="script-scroll" onScroll={onScroll}>
      <div
        className="script-list"
        role="listbox"
        aria-label="Script"
        aria-activedescendant={cursor >= from && cursor <= to ? `${id}-${cursor}` : undefined}
        tabIndex={0}
        style={{ height: layout.rows * ROW_HEIGHT }}
        {...element}
      >
        {lines.map((line) => {
          const own = row(line);
          return (
            own !== null && (
              <ScriptRow
                key={line}
                id={`${id}-${line}`}
                line={line}
                count={script.length + 1}
                entry={script[line - 1] ?? null}
                run={runAt(replayed, line)}
                top={(layout.tops[line] ?? 0) * ROW_HEIGHT}
                {...own}
              />
            )
          );
        })}
      </div>
      {children}
    </div>
  );
}
