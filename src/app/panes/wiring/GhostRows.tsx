// The effect of what is being composed, drawn over the rows that it would change. Screen readers get it as a sentence
// in the composer; here it is for the eye.

import { useDeferredValue, useMemo } from 'react';
import type { RowThings } from '../../../views/linked/row.ts';
import { type GhostRow, ghostOf, ghostRow, ghostSpecialRows } from '../../../views/wiring/ghost.ts';
import { composed, type Tried, useCompose } from '../../state/compose.ts';
import { useReplay } from '../../state/useMoment.ts';
import { WiringRowView } from './WiringRowView.tsx';
import './ghost.css';

/** A ghost names nothing that exists, and nothing opens from it. */
const NO_THINGS: RowThings = { row: [], eventfd: [], irq: [] };
const nothing = () => undefined;

/** What the ghosts need. */
interface GhostRowsProps {
  readonly tried: Tried;
  readonly rowHeight: number;
  /** The visible rows: their vector, or null, and their label, by place. */
  readonly rows: readonly { readonly at: number; readonly vector: number | null; readonly label: string }[];
  /** Where rows go that are not there yet. */
  readonly end: number;
}

/** The ghosts over the visible rows. */
export function GhostRows({ tried, rowHeight, rows, end }: GhostRowsProps) {
  const replayed = useReplay();
  // for 2,048 vectors this takes a while: typing goes first
  const { line, run } = useDeferredValue(tried);
  const ghost = useMemo(() => ghostOf(replayed, line, run), [replayed, line, run]);
  const special = ghostSpecialRows(ghost);
  const isThere = new Set(rows.map(({ label }) => label));
  const coming = special.filter(({ row }) => !isThere.has(row.label));
  const range = chosenRange();
  return (
    <div className="ghosts" inert aria-hidden="true">
      {rows.map(({ at, vector, label }) => {
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
      <WiringRowView
        row={changed.row}
        things={NO_THINGS}
        index={at}
        top={top}
        open={false}
        reachable={false}
        onOpen={nothing}
      />
      <span className={`ghost-word ${changed.row.change ?? ''}`} style={{ top }}>
        {changed.word}
      </span>
    </>
  );
}

/** The vectors that the composed ioctl speaks of. */
function chosenRange(): { readonly start: number; readonly end: number } {
  const read = composed();
  if ('wrong' in read || useCompose.getState().typed !== null) return { start: 0, end: 0 };
  const { start, count } = read.set;
  return { start, end: start + count };
}
