// Windowing: of a long list only what can be seen is drawn. Rows have one height.

import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

/** So far beyond both edges rows are drawn, in pixels, so that fast scrolling shows no gap. */
const OVERSCAN = 176;
/** Where the size of an element cannot be known (tests without layout). */
const FALLBACK_HEIGHT = 800;
const FALLBACK_WIDTH = 1600;

/** The visible part of a list. */
export interface ListWindow {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly first: number;
  /** One past the last row to draw. */
  readonly end: number;
  /** What can be seen of the width, in pixels. */
  readonly left: number;
  readonly width: number;
  /** Scrolls so that a row can be seen. */
  readonly reveal: (row: number) => void;
}

/** Watches a scrolling element with `count` rows of `rowHeight` pixels below `offset` pixels. */
export function useWindow(count: number, rowHeight: number, offset = 0): ListWindow {
  const ref = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: FALLBACK_HEIGHT, left: 0, width: FALLBACK_WIDTH });
  const measure = useCallback(() => {
    const element = ref.current;
    if (element === null || element.clientHeight === 0) return;
    const { scrollTop: top, clientHeight: height, scrollLeft: left, clientWidth: width } = element;
    setView({ top, height, left, width });
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
      const bottom = offset + top + rowHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight)
        element.scrollTop = bottom - element.clientHeight;
    },
    [rowHeight, offset],
  );
  const beyond = Math.ceil(OVERSCAN / rowHeight);
  const first = Math.max(0, Math.floor((view.top - offset) / rowHeight) - beyond);
  const end = Math.min(count, Math.ceil((view.top + view.height) / rowHeight) + beyond);
  const { left, width } = view;
  return { ref, onScroll: measure, first: Math.min(first, end), end, left, width, reveal };
}
