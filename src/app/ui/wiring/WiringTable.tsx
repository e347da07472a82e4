// The table of the wiring: one row per vector, from the eventfd at the left to the table entry at the right. Only visible rows are
// drawn.

import { type ComponentProps, type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { rowThings } from '../../../views/linked/row.ts';
import type { Moment } from '../../../views/wiring/moment.ts';
import type { WiringRow } from '../../../views/wiring/row.ts';
import { showsMsi, vectorCount, vectorRow } from '../../../views/wiring/rows.ts';
import { specialRows } from '../../../views/wiring/specialRows.ts';
import { type ListWindow, useWindow } from '../useWindow.ts';
import { WiringRowView } from './WiringRowView.tsx';
import './wiring.css';

/** Pixels. */
export const ROW_HEIGHT = 40;
/** Devices with more vectors can show only the rows in use. */
export const MANY = 16;

/** The rows of a moment. */
interface WiringRows extends ListWindow {
  readonly moment: Moment;
  readonly count: number;
  /** Rows of vectors, which are the first. */
  readonly vectors: number;
  /** The visible rows with their places. */
  readonly drawn: readonly { readonly at: number; readonly row: WiringRow }[];
  readonly revealVector: (vector: number) => void;
}

/** Returns the rows of these vectors, or of all (null), and the rows after them. A failed assignment becomes visible. */
export function useWiringRows(moment: Moment, used: readonly number[] | null): WiringRows {
  const special = useMemo(() => specialRows(moment), [moment]);
  const vectors = used?.length ?? vectorCount(moment.now);
  const count = vectors + special.length;
  const window = useWindow(count, ROW_HEIGHT);
  const { reveal, first, end } = window;
  const revealVector = useCallback(
    (vector: number) => reveal(used === null ? vector : used.indexOf(vector)),
    [used, reveal],
  );
  useEffect(() => {
    const [failed] = moment.failures.keys();
    if (failed !== undefined) revealVector(failed);
  }, [moment, revealVector]);
  const drawn = Array.from({ length: end - first }, (_, place) => {
    const at = first + place;
    const row = at < vectors ? vectorRow(moment, used?.[at] ?? at) : special[at - vectors];
    return row === undefined ? [] : { at, row };
  });
  return { ...window, moment, count, vectors, drawn: drawn.flat(), revealVector };
}

interface WiringTableProps extends ComponentProps<'div'> {
  readonly rows: WiringRows;
  /** The element that names the table; without it the name is `Wiring`. */
  readonly labelledBy?: string;
  /** Draws a word of the heading; `word` is its spelling in the glossary. */
  readonly term: (text: string, word?: string) => ReactNode;
  /** Props of a row with details. */
  readonly own?: (row: WiringRow, at: number) => RowDetails;
  /** Elements over the rows. */
  readonly children?: ReactNode;
}

type RowDetails = Pick<ComponentProps<typeof WiringRowView>, 'open' | 'reachable' | 'onOpen'>;

/** The table. Further props are those of the element that scrolls. */
export function WiringTable({ rows, labelledBy, term, own, children, ...element }: WiringTableProps) {
  const { ref, onScroll, moment, count, drawn } = rows;
  return (
    <div
      className="wiring-table stack fill"
      role="table"
      aria-label="Wiring"
      aria-labelledby={labelledBy}
      aria-rowcount={count + 1}
    >
      <Head msi={showsMsi(moment.now)} term={term} />
      <div
        ref={ref}
        className="wiring-rows"
        role="rowgroup"
        aria-label="Vectors"
        tabIndex={0}
        onScroll={onScroll}
        {...element}
      >
        <div role="presentation" style={{ height: count * ROW_HEIGHT }}>
          {drawn.map(({ at, row }) => (
            <WiringRowView
              key={row.label}
              row={row}
              things={rowThings(moment.now, row)}
              index={at}
              top={at * ROW_HEIGHT}
              {...own?.(row, at)}
            />
          ))}
          {children}
        </div>
      </div>
    </div>
  );
}

function Head({ msi, term }: { readonly msi: boolean } & Pick<WiringTableProps, 'term'>) {
  return (
    <div className="wiring-head" role="row">
      <span role="columnheader" className="hidden">
        Vector
      </span>
      <span role="columnheader" className="c-eventfd">
        {term('eventfd')} <small>counter</small>
      </span>
      <span role="columnheader" className="c-ctx">
        {term('vfio ctx')} <small>{msi ? 'vector' : 'xarray entry'}</small>
      </span>
      <span role="columnheader" className="c-irq">
        {term('Linux irq')} <small>allocated, requested</small>
      </span>
      <span role="columnheader" className="c-entry">
        {msi ? term('MSI capability', 'MSI') : term('MSI-X table')} <small>message, mask bit</small>
      </span>
    </div>
  );
}
