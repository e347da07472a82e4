// The address of a step of the open lesson.

import type { OpenLesson } from '../../../../store/lesson.ts';

/** Returns the whole address of a step counted from 0; null while the lesson's fragment is being encoded. */
export function stepAddress({ fragment }: OpenLesson, step: number): string | null {
  if (fragment === null) return null;
  const { origin, pathname } = window.location;
  return `${origin}${pathname}#${fragment}${step === 0 ? '' : `&step=${step + 1}`}`;
}
