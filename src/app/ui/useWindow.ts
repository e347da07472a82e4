// Windowing: draws only the visible part of a long list. All rows have the same height.

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** Pixels beyond both edges in which rows are drawn, so that fast scrolling shows no gap. */
const OVERSCAN = 176;
/** The height without layout (tests). */
const FALLBACK_HEIGHT = 800;

/** The visible part of a list. */
export interface ListWindow {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly first: number;
  /** One past the last row to draw. */
  readonly end: number;
  /** Scrolls a row into view. */
  readonly reveal: (row: number) => void;
}

/** Scrolls an element as far as its pixels from `top` to `bottom` need. */
export function scrollToShow(element: HTMLElement, top: number, bottom: number): void {
  if (top < element.scrollTop) element.scrollTop = top;
  else if (bottom > element.scrollTop + element.clientHeight)
    element.scrollTop = bottom - element.clientHeight;
}

/** Watches a scrolling element with `count` rows of `rowHeight` pixels below `offset` pixels. */
export function useWindow(count: number, rowHeight: number, offset = 0): ListWindow {
  const ref = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: FALLBACK_HEIGHT });
  const measure = useCallback(() => {
    const element = ref.current;
    if (element === null || element.clientHeight === 0) return;
    setView({ top: element.scrollTop, height: element.clientHeight });
  }, []);
  useEffect(() => {
    measure();
    if (ref.current === null || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [measure]);
  const reveal = useCallback(
    (row: number) => {
      const element = ref.current;
      if (element === null || element.clientHeight === 0) return;
      const top = row * rowHeight;
      scrollToShow(element, top, offset + top + rowHeight);
    },
    [rowHeight, offset],
  );
  const beyond = Math.ceil(OVERSCAN / rowHeight);
  const first = Math.max(0, Math.floor((view.top - offset) / rowHeight) - beyond);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + beyond);
  return { ref, onScroll: measure, first: Math.min(first, end), end, reveal };
}
