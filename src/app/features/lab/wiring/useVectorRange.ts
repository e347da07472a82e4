// Fetches and installs the choice of a range of vectors in the wiring.

import { type RefObject, useEffect, useEffectEvent } from 'react';
import { useApp } from '../../../store/appContext.ts';
import { begunLate } from '../../../ui/late.ts';
import '../../../ui/wiring/range.css';

/** Watches the element of the rows; `vectors` is their number, `reveal` scrolls to one. */
export function useVectorRange(
  ref: RefObject<HTMLElement | null>,
  vectors: number,
  reveal: (vector: number) => void,
): void {
  const app = useApp();
  const show = useEffectEvent(reveal);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    return begunLate(async () => {
      const { watchVectorRange } = await import('./vectorRange.ts');
      return watchVectorRange(app, element, vectors, (vector) => show(vector));
    });
  }, [ref, vectors, app]);
}
