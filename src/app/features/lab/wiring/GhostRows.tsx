// The preview of the composed operation, drawn over the rows that it would change. Screen readers get a sentence
// in the composer instead.

import { useMemo } from 'react';
import { counted } from '../../../../text/numbers.ts';
import type { RowThings } from '../../../../views/linked/row.ts';
import {
  type GhostRow,
  ghostOf,
  ghostRow,
  ghostSpecialRows,
  ghostsWithin,
} from '../../../../views/wiring/ghost.ts';
import type { App } from '../../../store/app.ts';
import { useApp } from '../../../store/appContext.ts';
import { composed, composeSlice, type Tried } from '../../../store/compose.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { WiringRowView } from '../../../ui/wiring/WiringRowView.tsx';
import type { DrawnRow } from '../../../ui/wiring/WiringTable.tsx';
import './ghost.css';

/** Preview rows link to nothing and cannot be opened. */
const NO_THINGS: RowThings = { row: [], eventfd: [], irq: [] };
const nothing = () => undefined;

interface GhostRowsProps {
  readonly tried: Tried;
  readonly rowHeight: number;
  /** The visible rows. */
  readonly rows: readonly DrawnRow[];
  /** Place of the first new row. */
  readonly end: number;
}

/** The ghosts over the visible rows. */
export function GhostRows({ tried, rowHeight, rows, end }: GhostRowsProps) {
  const app = useApp();
  const replayed = useReplay();
  // slow for 2,048 vectors, so the ghosts follow after the next picture
  const { line, run } = useSettled(tried);
  const ghost = useMemo(() => ghostOf(replayed, line, run), [replayed, line, run]);
  const special = ghostSpecialRows(ghost);
  const isThere = new Set(rows.map(({ row }) => row?.label));
  const coming = special.filter(({ row }) => !isThere.has(row.label));
  const range = chosenRange(app);
  return (
    <div className="ghosts" inert aria-hidden="true">
      {rows.map(({ at, row, fold }) => {
        if (fold?.open === true) return null;
        // a fold shows the first of its vectors that would change
        const hidden = fold === null ? [] : ghostsWithin(ghost, fold);
        const changed =
          row === null
            ? (hidden[0] ?? null)
            : row.vector === null
              ? (special.find((one) => one.row.label === row.label) ?? null)
              : ghostRow(ghost, row.vector);
        const first = fold?.from ?? row?.vector ?? -1;
        const last = fold?.to ?? first;
        const inRange = last >= range.start && first < range.end;
        return (
          <div key={row === null ? `fold ${first}` : row.label}>
            {changed !== null && (
              <GhostView changed={changed} others={hidden.length - 1} at={at} rowHeight={rowHeight} />
            )}
            {inRange && <span className="range-mark" style={{ top: at * rowHeight, height: rowHeight }} />}
          </div>
        );
      })}
      {coming.map((changed, place) => (
        <GhostView key={changed.row.label} changed={changed} at={end + place} rowHeight={rowHeight} />
      ))}
    </div>
  );
}

interface GhostViewProps {
  readonly changed: GhostRow;
  /** Further vectors of the same fold that would change. */
  readonly others?: number;
  readonly at: number;
  readonly rowHeight: number;
}

function GhostView({ changed, others = 0, at, rowHeight }: GhostViewProps) {
  const top = at * rowHeight;
  return (
    <>
      <WiringRowView row={changed.row} things={NO_THINGS} index={at} top={top} onOpen={nothing} />
      <span className={`ghost-word ${changed.row.change ?? ''}`} style={{ top }}>
        {changed.word}
        {others > 0 && `, and ${counted(others, 'more vector')}`}
      </span>
    </>
  );
}

/** Returns the vectors of the composed ioctl. */
function chosenRange(app: App): { readonly start: number; readonly end: number } {
  const read = composed(app);
  if ('wrong' in read || app.get(composeSlice).typed !== null) return { start: 0, end: 0 };
  const { start, count } = read.set;
  return { start, end: start + count };
}
