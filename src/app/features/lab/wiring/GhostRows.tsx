// The preview of the composed operation, drawn over the rows that it would change. Screen readers get a sentence
// in the composer instead.

import { useMemo } from 'react';
import type { RowThings } from '../../../../views/linked/row.ts';
import { type GhostRow, ghostOf, ghostRow, ghostSpecialRows } from '../../../../views/wiring/ghost.ts';
import type { WiringRow } from '../../../../views/wiring/row.ts';
import type { App } from '../../../store/app.ts';
import { useApp } from '../../../store/appContext.ts';
import { composed, composeSlice, type Tried } from '../../../store/compose.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { useSettled } from '../../../ui/useSettled.ts';
import { WiringRowView } from '../../../ui/wiring/WiringRowView.tsx';
import './ghost.css';

/** Preview rows link to nothing and cannot be opened. */
const NO_THINGS: RowThings = { row: [], eventfd: [], irq: [] };
const nothing = () => undefined;

interface GhostRowsProps {
  readonly tried: Tried;
  readonly rowHeight: number;
  /** The visible rows with their places. */
  readonly rows: readonly { readonly at: number; readonly row: WiringRow }[];
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
  const isThere = new Set(rows.map(({ row }) => row.label));
  const coming = special.filter(({ row }) => !isThere.has(row.label));
  const range = chosenRange(app);
  return (
    <div className="ghosts" inert aria-hidden="true">
      {rows.map(({ at, row: { vector, label } }) => {
        const changed =
          vector === null
            ? (special.find(({ row }) => row.label === label) ?? null)
            : ghostRow(ghost, vector);
        const inRange = vector !== null && vector >= range.start && vector < range.end;
        return (
          <div key={label}>
            {changed !== null && <GhostView changed={changed} at={at} rowHeight={rowHeight} />}
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

function GhostView(props: { readonly changed: GhostRow; readonly at: number; readonly rowHeight: number }) {
  const { changed, at, rowHeight } = props;
  const top = at * rowHeight;
  return (
    <>
      <WiringRowView row={changed.row} things={NO_THINGS} index={at} top={top} onOpen={nothing} />
      <span className={`ghost-word ${changed.row.change ?? ''}`} style={{ top }}>
        {changed.word}
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
