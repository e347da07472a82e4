// The current width of an element.

import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/**
 * Returns a ref for an element and the element's inner width in pixels. The width is null until it is measured, which happens
 * before the first paint; without layout (tests) it is `fallback` at once.
 */
export function useMeasured(fallback: number): readonly [RefObject<HTMLDivElement | null>, number | null] {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(() => (typeof ResizeObserver === 'undefined' ? fallback : null));
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null || typeof ResizeObserver === 'undefined') return;
    const { width: whole } = element.getBoundingClientRect();
    // a hidden element has no width yet
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

/** As `useMeasured`, but with `fallback` until the width is measured. */
export function useWidth(fallback: number): readonly [RefObject<HTMLDivElement | null>, number] {
  const [ref, width] = useMeasured(fallback);
  return [ref, width ?? fallback];
}
