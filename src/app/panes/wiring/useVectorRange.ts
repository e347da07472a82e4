// Choosing a range of vectors in the wiring, as soon as what does it has been fetched.

import { type RefObject, useEffect, useEffectEvent } from 'react';
import { begunLate } from '../../parts/late.ts';
import './range.css';

/** Watches the element that holds the rows; `vectors` is how many there are, `reveal` scrolls to one. */
export function useVectorRange(
  ref: RefObject<HTMLElement | null>,
  vectors: number,
  reveal: (vector: number) => void,
): void {
  const show = useEffectEvent(reveal);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    return begunLate(async () => {
      const { watchVectorRange } = await import('./vectorRange.ts');
      return watchVectorRange(element, vectors, (vector) => show(vector));
    });
  }, [ref, vectors]);
}
