// The table of the wiring: one row per vector, from the eventfd at the left to the table entry at the right. Only visible rows are
// drawn.

import { type ComponentType, type KeyboardEvent, type ReactNode, useEffect, useMemo } from 'react';
import { rowThings } from '../../../views/linked/row.ts';
import type { Moment } from '../../../views/wiring/moment.ts';
import type { WiringRow } from '../../../views/wiring/row.ts';
import { showsMsi, vectorCount, vectorRow } from '../../../views/wiring/rows.ts';
import { specialRows } from '../../../views/wiring/specialRows.ts';
import { Term } from '../Term.tsx';
import { type ListWindow, useWindow } from '../useWindow.ts';
import { WiringRowView } from './WiringRowView.tsx';
import './wiring.css';

/** Pixels. */
export const ROW_HEIGHT = 40;
/** Devices with more vectors can show only the rows in use. */
export const MANY = 16;

/** The rows of a moment, and the drawn ones. */
interface WiringRows extends ListWindow {
  readonly moment: Moment;
  readonly count: number;
  /** Rows of vectors, which are the first. */
  readonly vectors: number;
  /** The places of the drawn rows. */
  readonly places: readonly number[];
  readonly vectorAt: (place: number) => number;
  readonly rowAt: (place: number) => WiringRow | undefined;
  readonly revealVector: (vector: number) => void;
}

/** Returns the rows of these vectors, or of all (null), and the rows after them. A failed assignment becomes visible. */
export function useWiringRows(moment: Moment, used: readonly number[] | null): WiringRows {
  const special = useMemo(() => specialRows(moment), [moment]);
  const vectors = used?.length ?? vectorCount(moment.now);
  const count = vectors + special.length;
  const window = useWindow(count, ROW_HEIGHT);
  const { reveal, first, end } = window;
  useEffect(() => {
    const [failed] = moment.failures.keys();
    if (failed !== undefined) reveal(used === null ? failed : used.indexOf(failed));
  }, [moment, used, reveal]);
  const vectorAt = (place: number) => (used === null ? place : (used[place] ?? 0));
  return {
    ...window,
    moment,
    count,
    vectors,
    places: Array.from({ length: end - first }, (_, at) => first + at),
    vectorAt,
    rowAt: (place) => (place < vectors ? vectorRow(moment, vectorAt(place)) : special[place - vectors]),
    revealVector: (vector) => reveal(used === null ? vector : used.indexOf(vector)),
  };
}

/** Rows with a button for their details. */
interface Details {
  /** The vector or the label of the row with open details. */
  readonly opened: number | string | null;
  /** The place of the row that the Tab key reaches. */
  readonly reachable: number;
  /** The same function for every row. */
  readonly onOpen: (row: WiringRow, place: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

interface WiringTableProps {
  readonly id: string;
  readonly rows: WiringRows;
  /** The element that names the table; without it the name is `Wiring`. */
  readonly labelledBy?: string;
  /** Null for rows without details. */
  readonly details: Details | null;
  /** Elements over the rows. */
  readonly children?: ReactNode;
}

/** The table. */
export function WiringTable({ id, rows, labelledBy, details, children }: WiringTableProps) {
  const { ref, onScroll, moment, count, places, rowAt } = rows;
  return (
    <div
      className="wiring-table stack fill"
      role="table"
      aria-label="Wiring"
      aria-labelledby={labelledBy}
      aria-rowcount={count + 1}
    >
      <Head msi={showsMsi(moment.now)} Word={details === null ? Plain : Term} />
      <div
        ref={ref}
        id={id}
        className="wiring-rows"
        role="rowgroup"
        aria-label="Vectors"
        tabIndex={0}
        onScroll={onScroll}
        onKeyDown={details?.onKeyDown}
      >
        <div role="presentation" style={{ height: count * ROW_HEIGHT }}>
          {places.map((at) => {
            const row = rowAt(at);
            return (
              row !== undefined && (
                <WiringRowView
                  key={row.label}
                  row={row}
                  things={rowThings(moment.now, row)}
                  index={at}
                  top={at * ROW_HEIGHT}
                  open={details?.opened === (row.vector ?? row.label)}
                  reachable={at === details?.reachable}
                  onOpen={details?.onOpen ?? null}
                />
              )
            );
          })}
          {children}
        </div>
      </div>
    </div>
  );
}

interface WordProps {
  readonly word?: string;
  readonly children: string;
}

const Plain = ({ children }: WordProps) => children;

/** The names of the columns, as terms of the glossary where the page explains them. */
function Head({ msi, Word }: { readonly msi: boolean; readonly Word: ComponentType<WordProps> }) {
  return (
    <div className="wiring-head" role="row">
      <span role="columnheader" className="hidden">
        Vector
      </span>
      <span role="columnheader" className="c-eventfd">
        <Word>eventfd</Word> <small>counter</small>
      </span>
      <span role="columnheader" className="c-ctx">
        <Word>vfio ctx</Word> <small>{msi ? 'vector' : 'xarray entry'}</small>
      </span>
      <span role="columnheader" className="c-irq">
        <Word>Linux irq</Word> <small>allocated, requested</small>
      </span>
      <span role="columnheader" className="c-entry">
        {msi ? <Word word="MSI">MSI capability</Word> : <Word>MSI-X table</Word>}{' '}
        <small>message, mask bit</small>
      </span>
    </div>
  );
}
