// A table of any length that renders only visible rows: an ARIA grid whose rows
// are selected by keys.

import { type KeyboardEvent, type ReactNode, useEffect, useId } from 'react';
import { hasSelectedText } from '../../../ui/selectedText.ts';
import { useWindow } from '../../../ui/useWindow.ts';

const ROW = 24;
/** Rows per Page Up and Page Down while the height is unknown. */
const PAGE = 10;

interface VirtualGridProps {
  readonly label: string;
  readonly className: string;
  /** A cell has the class `cell-` and its column's name. */
  readonly columns: readonly string[];
  readonly count: number;
  /** The selected row, from 0. */
  readonly active: number;
  readonly onActive: (row: number) => void;
  /** Called on Enter and on a double click. */
  readonly onOpen: (row: number) => void;
  /** Handles other keys; returns true for a key that it used. */
  readonly onKey?: (event: KeyboardEvent, row: number) => boolean;
  /** Returns the cells of a row, one per column. */
  readonly cells: (row: number) => readonly ReactNode[];
  /** Returns a row's class, and whether it is the current one. */
  readonly rowClass?: (row: number) => string;
  readonly isCurrent?: (row: number) => boolean;
  /** Text for an empty table. */
  readonly empty: string;
}

export function VirtualGrid(props: VirtualGridProps) {
  const { label, className, columns, count, active, onActive, onOpen, onKey, cells, empty } = props;
  const id = useId();
  const { ref, onScroll, first, end, reveal } = useWindow(count, ROW, ROW);
  useEffect(() => reveal(active), [reveal, active]);
  const page = Math.max(1, Math.floor((ref.current?.clientHeight ?? 0) / ROW) - 2) || PAGE;
  const move = (to: number) => onActive(Math.max(0, Math.min(count - 1, to)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (count === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = goesTo(event.code, active, count, page);
    if (to !== null && !event.shiftKey) move(to);
    else if (event.code === 'Enter' && !event.shiftKey) onOpen(active);
    else if (onKey?.(event, active) !== true) return;
    event.preventDefault();
  };
  const rows = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  const shown = active >= first && active < end;
  return (
    <div ref={ref} className={`timeline-grid scroll ${className}`} onScroll={onScroll}>
      <div
        className="grid-body"
        role="grid"
        aria-label={label}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={shown && count > 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        style={{ height: (count + 1) * ROW }}
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className="grid-row tracks gap-8 grid-head soft">
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the grid
          <div
            key={row}
            id={`${id}-${row}`}
            role="row"
            aria-rowindex={row + 2}
            aria-selected={row === active}
            aria-current={props.isCurrent?.(row) === true ? 'step' : undefined}
            className={`grid-row tracks gap-8 ${props.rowClass?.(row) ?? ''}`}
            style={{ top: (row + 1) * ROW }}
            onClick={() => hasSelectedText() || onActive(row)}
            onDoubleClick={() => onOpen(row)}
          >
            {cells(row).map((cell, at) => (
              <span
                key={columns[at]}
                role="gridcell"
                className={`cell-${columns[at]}`}
                title={typeof cell === 'string' ? cell : undefined}
              >
                {cell}
              </span>
            ))}
          </div>
        ))}
      </div>
      {count === 0 && <p className="nothing">{empty}</p>}
    </div>
  );
}

function goesTo(code: string, active: number, count: number, page: number): number | null {
  switch (code) {
    case 'ArrowUp':
      return active - 1;
    case 'ArrowDown':
      return active + 1;
    case 'PageUp':
      return active - page;
    case 'PageDown':
      return active + page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
