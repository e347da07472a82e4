// The strip beside the rows: the whole table with the visible window. It is a scroll bar.

import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useState } from 'react';
import { grouped } from '../../../../base/grouped.ts';
import { foldText, type Place, placeOf } from '../../../../views/wiring/folds.ts';
import type { Moment } from '../../../../views/wiring/moment.ts';
import { overviewBlocks } from '../../../../views/wiring/overview.ts';
import { Hatch } from '../../../ui/Hatch.tsx';

/** Height of the drawing in its own units. */
const HEIGHT = 1000;
const WIDTH = 14;
/** Most blocks of the strip; smaller blocks would be invisible. */
const OVERVIEW_BINS = 160;

interface OverviewProps {
  readonly moment: Moment;
  /** The vectors and folds of the rows. */
  readonly places: readonly Place[];
  readonly rowHeight: number;
  readonly rows: { readonly current: HTMLElement | null };
  readonly controls: string;
}

/** The visible rows: first, last, and the height in rows. */
interface Seen {
  readonly top: number;
  readonly last: number;
  readonly height: number;
}

/** The overview of the rows. */
export function Overview({ moment, places, rowHeight, rows, controls }: OverviewProps) {
  const count = places.length;
  const blocks = useMemo(
    () => overviewBlocks(moment, count, OVERVIEW_BINS, (vector) => placeOf(places, vector)),
    [moment, count, places],
  );
  // the name of a row, for screen readers
  const nameOf = (at: number) => {
    const place = places[at] ?? 0;
    return typeof place === 'number' ? String(place) : foldText(place);
  };
  const { top, last, height } = useScroll(rows, count, rowHeight);
  const scrollTo = (row: number) => {
    if (rows.current !== null) rows.current.scrollTop = row * rowHeight;
  };
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    else if (event.buttons === 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    scrollTo(((event.clientY - box.top) / box.height) * count - height / 2);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = rowForKey(event.code, top, height, count);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    scrollTo(to);
  };
  const at = (row: number) => (row / Math.max(1, count)) * HEIGHT;
  return (
    <div
      className="overview rigid"
      role="scrollbar"
      tabIndex={0}
      aria-label="Overview of all rows"
      aria-orientation="vertical"
      aria-controls={controls}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={top}
      aria-valuetext={`rows ${nameOf(top)} to ${nameOf(last)} of ${grouped(count)}`}
      onPointerDown={drag}
      onPointerMove={drag}
      onKeyDown={onKeyDown}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <Hatch id="overview-hatch" />
        {blocks.map(({ kind, from, to }) => (
          <rect
            key={from}
            className={`overview-block ${kind}`}
            fill={kind === 'cached' ? 'url(#overview-hatch)' : undefined}
            x={kind === 'failed' ? 0 : 3}
            y={at(from)}
            width={kind === 'failed' ? WIDTH : WIDTH - 6}
            height={Math.max(kind === 'failed' ? 8 : 2, at(to - from))}
          />
        ))}
        <rect
          className="overview-window"
          x={0.5}
          y={at(top)}
          width={WIDTH - 1}
          height={Math.max(10, at(Math.min(height, count)))}
        />
      </svg>
    </div>
  );
}

/** Returns the first row to show for a key of a scroll bar; null for other keys. */
function rowForKey(code: string, top: number, height: number, count: number): number | null {
  switch (code) {
    case 'ArrowUp':
      return top - 1;
    case 'ArrowDown':
      return top + 1;
    case 'PageUp':
      return top - height;
    case 'PageDown':
      return top + height;
    case 'Home':
      return 0;
    case 'End':
      return count;
    default:
      return null;
  }
}

/** Returns the visible rows while the list scrolls. */
function useScroll(rows: OverviewProps['rows'], count: number, rowHeight: number): Seen {
  const [view, setView] = useState<Seen>({ top: 0, last: 0, height: 1 });
  useEffect(() => {
    const element = rows.current;
    if (element === null) return;
    const measure = () => {
      const exact = element.scrollTop / rowHeight;
      const height = element.clientHeight / rowHeight;
      const end = Math.max(0, count - 1);
      const top = Math.min(end, Math.round(exact));
      // the last row that is entirely visible; the scroll position at the end is not a multiple of the row height
      const last = Math.max(top, Math.min(end, Math.floor(exact + height + 0.01) - 1));
      setView({ top, last, height });
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    return () => element.removeEventListener('scroll', measure);
  }, [rows, count, rowHeight]);
  return view;
}
