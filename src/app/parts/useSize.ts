// The width of an element, as it changes.

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * A ref to put on an element, and its inner width in pixels: null until it is known, which it is before anything is painted,
 * so that nothing is made for a width that is not the real one. Where there is no layout (tests) it is `fallback` at once.
 */
export function useMeasured(fallback: number): readonly [RefObject<HTMLDivElement | null>, number | null] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => (typeof ResizeObserver === 'undefined' ? fallback : null));
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const { width: whole } = element.getBoundingClientRect();
    // an element that is hidden has no width yet
    const inner = whole === 0 ? 0 : innerWidth(element, whole);
    setWidth(inner > 0 ? inner : fallback);
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined && entry.contentRect.width > 0) setWidth(entry.contentRect.width);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [fallback]);
  return [ref, width];
}

function innerWidth(element: HTMLElement, whole: number): number {
  const style = getComputedStyle(element);
  const edges = [style.paddingLeft, style.paddingRight, style.borderLeftWidth, style.borderRightWidth];
  return edges.reduce((rest, edge) => rest - (Number.parseFloat(edge) || 0), whole);
}

/** As `useMeasured`, for what is made at once in any case: `fallback` until the width is known. */
export function useWidth(fallback: number): readonly [RefObject<HTMLDivElement | null>, number] {
  const [ref, width] = useMeasured(fallback);
  return [ref, width ?? fallback];
}
