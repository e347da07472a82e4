// The table of the wiring: one row per vector, from the eventfd at the left to the table entry at the right. Only visible rows are
// drawn.

import {
  type ComponentProps,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import { rowThings } from '../../../views/linked/row.ts';
import { type Fold, type Place, placeOf, placesOf, type VectorRange } from '../../../views/wiring/folds.ts';
import type { Moment } from '../../../views/wiring/moment.ts';
import type { WiringRow } from '../../../views/wiring/row.ts';
import { showsMsi, vectorCount, vectorRow } from '../../../views/wiring/rows.ts';
import { specialRows } from '../../../views/wiring/specialRows.ts';
import { late } from '../late.ts';
import { type ListWindow, useWindow } from '../useWindow.ts';
import { WiringRowView } from './WiringRowView.tsx';
import './wiring.css';

// its room is kept
const FoldRow = late(async () => (await import('./FoldRow.tsx')).FoldRow);

/** Pixels. */
export const ROW_HEIGHT = 40;
/** Devices with more vectors have an overview beside the rows. */
export const MANY = 16;

/** The opened folds, and the change of one. */
export interface Folding {
  readonly opened: readonly VectorRange[];
  readonly onFold: (fold: Fold) => void;
}

/** A drawn row with its place: a vector, INTx, ERR or REQ, or the head of a fold. */
export type DrawnRow = { readonly at: number } & (
  | { readonly row: WiringRow; readonly fold: null }
  | { readonly row: null; readonly fold: Fold }
);

/** The rows of a moment. */
interface WiringRows extends ListWindow {
  readonly moment: Moment;
  readonly count: number;
  /** The places of the vectors, which are the first. */
  readonly places: readonly Place[];
  readonly folding: Folding;
  /** The visible rows. */
  readonly drawn: readonly DrawnRow[];
  /** Scrolls to a vector; a fold that contains it opens. */
  readonly revealVector: (vector: number) => void;
}

/**
 * Returns the rows of a moment: vectors, with folds for those that are not among `used` (ascending), and the rows after them. A
 * failed assignment becomes visible.
 */
export function useWiringRows(moment: Moment, used: readonly number[], folding: Folding): WiringRows {
  const { opened, onFold } = folding;
  const special = useMemo(() => specialRows(moment), [moment]);
  const total = vectorCount(moment.now);
  const same = useSame(used);
  const places = useMemo(() => placesOf(total, same, opened), [total, same, opened]);
  const vectors = places.length;
  const count = vectors + special.length;
  const window = useWindow(count, ROW_HEIGHT);
  const { reveal, first, end } = window;
  const wanted = useRef<number | null>(null);
  const revealVector = useCallback(
    (vector: number) => {
      const at = placeOf(places, vector);
      const place = places[at];
      if (typeof place === 'object' && !place.open) {
        wanted.current = vector;
        onFold(place);
      } else if (at >= 0) reveal(at);
    },
    [places, onFold, reveal],
  );
  useEffect(() => {
    // the fold has opened
    if (wanted.current !== null) reveal(placeOf(places, wanted.current));
    wanted.current = null;
  }, [places, reveal]);
  useEffect(() => {
    const [failed] = moment.failures.keys();
    if (failed !== undefined) revealVector(failed);
  }, [moment, revealVector]);
  const drawn = Array.from({ length: end - first }, (_, nth): readonly DrawnRow[] => {
    const at = first + nth;
    const place = places[at];
    if (typeof place === 'object') return [{ at, row: null, fold: place }];
    const row = place === undefined ? special[at - vectors] : vectorRow(moment, place);
    return row === undefined ? [] : [{ at, row, fold: null }];
  });
  return { ...window, moment, count, places, folding, drawn: drawn.flat(), revealVector };
}

/** Returns the last list while the next ones equal it. */
function useSame(list: readonly number[]): readonly number[] {
  const kept = useRef(list);
  if (kept.current.length !== list.length || !list.every((one, at) => one === kept.current[at]))
    kept.current = list;
  return kept.current;
}

interface WiringTableProps extends ComponentProps<'div'> {
  readonly rows: WiringRows;
  /** The element that names the table; without it the name is `Wiring`. */
  readonly labelledBy?: string;
  /** Draws a word of the heading; `word` is its spelling in the glossary. */
  readonly term: (text: string, word?: string) => ReactNode;
  /** Props of a row with details. */
  readonly own?: (row: WiringRow, at: number) => RowDetails;
  /** The place of the row that the Tab key reaches; without it every fold is reached. */
  readonly reachable?: number;
  /** Elements over the rows. */
  readonly children?: ReactNode;
}

type RowDetails = Pick<ComponentProps<typeof WiringRowView>, 'open' | 'reachable' | 'onOpen'>;

/** The table. Further props are those of the element that scrolls. */
export function WiringTable(props: WiringTableProps) {
  const { rows, labelledBy, term, own, reachable, children, ...element } = props;
  const { ref, onScroll, moment, count, drawn, folding } = rows;
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
          {drawn.map(({ at, row, fold }) =>
            fold !== null ? (
              <Suspense key={`fold ${fold.from}`}>
                <FoldRow
                  fold={fold}
                  index={at}
                  top={at * ROW_HEIGHT}
                  reachable={reachable === undefined || at === reachable}
                  onFold={folding.onFold}
                />
              </Suspense>
            ) : (
              <WiringRowView
                key={row.label}
                row={row}
                things={rowThings(moment.now, row)}
                index={at}
                top={at * ROW_HEIGHT}
                {...own?.(row, at)}
              />
            ),
          )}
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
