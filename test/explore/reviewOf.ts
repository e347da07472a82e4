// Complete reviews, each computed once for all tests of a process.

import { type Review, review } from '../../src/explore/review/review.ts';
import { type Reviewed, reviewedById } from '../../src/explore/review/reviewed.ts';

const made = new Map<string, Review>();

/** Returns the review of two kernels. */
export function reviewOfKernels(a: Reviewed, b: Reviewed): Review {
  const key = [a, b].map(({ generation, kernel }) => `${generation.id} ${kernel?.id ?? ''}`).join(',');
  const known = made.get(key);
  if (known !== undefined) return known;
  const steps = review(a, b);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  made.set(key, step.value);
  return step.value;
}

/** Returns the review of two kernels by the ids of kernels or generations. Throws an Error for an unknown id. */
export function reviewOf(a: string, b: string): Review {
  const [first, second] = [reviewedById(a), reviewedById(b)];
  if (first === undefined || second === undefined) throw new Error(`no kernels ${a},${b}`);
  return reviewOfKernels(first, second);
}
