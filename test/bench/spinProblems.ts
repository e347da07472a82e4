// The problems of the comparison with Spin: descriptors −1, two good, one bad, blocks of 1 and 2, raise and disable; one kernel, and
// two in lock-step.

import type { Answer, Problem } from '../../src/explore/problem.ts';
import { explore } from '../../src/explore/search.ts';
import { problemOf } from '../explore/exported.ts';

export const KINDS = ['one kernel', 'two kernels'] as const;

/** Returns the problem of a kind with that number of vectors. */
export function spinProblem(kind: (typeof KINDS)[number], vectors: number): Problem {
  const alphabet = { vectors, goodFds: 2, raise: true, disable: true };
  return kind === 'one kernel'
    ? problemOf('dynamic', alphabet, {}, 'count-states')
    : problemOf(['v3', 'dynamic'], alphabet, {}, 'differ-client');
}

/** Returns the answer and the processor time in seconds, of all threads. */
export function timedSearch(problem: Problem): { readonly answer: Answer; readonly seconds: number } {
  const begin = process.cpuUsage();
  const search = explore(problem);
  let step = search.next();
  while (step.done !== true) step = search.next();
  const { user, system } = process.cpuUsage(begin);
  return { answer: step.value, seconds: (user + system) / 1e6 };
}
