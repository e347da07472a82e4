// The height that the lanes may take: what the owner says, or else the style sheet.

import { type RefObject, useLayoutEffect, useState } from 'react';

/** Where no height can be known (tests without layout). */
const FALLBACK = 176;

/** Pixels for the lanes; null until they are known, which they are before anything is painted. */
export function useRoom(box: RefObject<HTMLElement | null>, maxHeight: number | undefined): number | null {
  const [allowed, setAllowed] = useState(() => (typeof ResizeObserver === 'undefined' ? FALLBACK : null));
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || maxHeight !== undefined || typeof ResizeObserver === 'undefined') return;
    const read = () => {
      // a browser that does not know the property as a length says it in its own unit
      const said = getComputedStyle(element).getPropertyValue('--lanes-room');
      setAllowed(said.endsWith('px') ? Number.parseFloat(said) : FALLBACK);
    };
    read();
    window.addEventListener('resize', read);
    return () => window.removeEventListener('resize', read);
  }, [box, maxHeight]);
  return maxHeight ?? allowed;
}
