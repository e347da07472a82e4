// A value that follows another one after the next picture, for what takes long to compute while a person types.

import { useEffect, useState } from 'react';

/** Returns `value` as it was; a new value is returned after the browser has drawn the picture with the change. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState({ value });
  useEffect(() => {
    if (Object.is(settled.value, value)) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // the task after a frame's callback runs when the frame is drawn; a page in the background draws none and needs no delay
    const later = () => {
      timer = setTimeout(() => setSettled({ value }));
    };
    if (document.hidden || typeof requestAnimationFrame === 'undefined') {
      later();
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(later);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value, settled]);
  return settled.value;
}
