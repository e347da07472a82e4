// The height for the lanes: that of the props, else that of the style sheet.

import { type RefObject, useLayoutEffect, useState } from 'react';

/** Pixels without layout (unit tests). */
const FALLBACK = 176;

/** Returns the pixels for the lanes; null before the first layout, which precedes painting. */
export function useRoom(box: RefObject<HTMLElement | null>, maxHeight: number | undefined): number | null {
  const [allowed, setAllowed] = useState(() => (typeof ResizeObserver === 'undefined' ? FALLBACK : null));
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || maxHeight !== undefined || typeof ResizeObserver === 'undefined') return;
    const read = () => {
      // a browser without @property may return another unit
      const said = getComputedStyle(element).getPropertyValue('--lanes-room');
      setAllowed(said.endsWith('px') ? Number.parseFloat(said) : FALLBACK);
    };
    read();
    window.addEventListener('resize', read);
    return () => window.removeEventListener('resize', read);
  }, [box, maxHeight]);
  return maxHeight ?? allowed;
}
