// The strip beside the rows: the whole table at once, and the window that the rows show of it. It is a scroll bar.

import { type KeyboardEvent, type PointerEvent, useEffect, useState } from 'react';
import type { OverviewBlock } from '../../../views/wiring/overview.ts';
import { Hatch } from '../timeline/Hatch.tsx';

/** Height of the drawing in its own units. */
const HEIGHT = 1000;
const WIDTH = 14;

/** What the strip needs. */
interface OverviewProps {
  readonly blocks: readonly OverviewBlock[];
  readonly count: number;
  readonly rowHeight: number;
  readonly rows: { readonly current: HTMLElement | null };
  /** The name of a row, for what a screen reader says. */
  readonly nameOf: (row: number) => string;
  readonly controls: string;
}

/** The rows that are seen: the first, the last, and how many have room, in rows. */
interface Seen {
  readonly top: number;
  readonly last: number;
  readonly height: number;
}

/** The overview of the rows. */
export function Overview({ blocks, count, rowHeight, rows, nameOf, controls }: OverviewProps) {
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
      className="overview"
      role="scrollbar"
      tabIndex={0}
      aria-label="Overview of all rows"
      aria-orientation="vertical"
      aria-controls={controls}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count - 1)}
      aria-valuenow={top}
      aria-valuetext={`rows ${nameOf(top)} to ${nameOf(last)} of ${count.toLocaleString('en')}`}
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

/** The first row to show for a key, or null for a key that is none of a scroll bar's. */
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

/** What can be seen, as the list scrolls. */
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
      // the last row that is seen whole; a scroll position is no multiple of the rows at the end of the list
      const last = Math.max(top, Math.min(end, Math.floor(exact + height + 0.01) - 1));
      setView({ top, last, height });
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    return () => element.removeEventListener('scroll', measure);
  }, [rows, count, rowHeight]);
  return view;
}
