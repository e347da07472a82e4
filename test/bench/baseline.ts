// Baselines: figures that other figures are compared with. A baseline that does no work makes every ratio against it
// meaningless, so the functions here throw instead of returning one.

import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

/**
 * Returns the times of `rounds` calls of `body`, in ms. `body` returns how much work it has done, in the unit of `work`.
 * Throws when a call does any other amount than `work`, or takes no time.
 */
export function baselineTimes(
  name: string,
  work: number,
  rounds: number,
  body: () => number,
): readonly number[] {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = performance.now();
    const done = body();
    times.push(performance.now() - begin);
    if (work <= 0 || done !== work)
      throw new Error(`${name}: the baseline did ${done === 0 ? 'no work' : `${done}`} instead of ${work}`);
  }
  positive(name, median(times));
  return times;
}

/** Returns the ratio of a figure to its baseline. Throws when the baseline is not a positive, finite number. */
export function comparedTo(
  against: string,
  baseline: number,
  value: number,
): Required<Pick<Figure, 'ratio' | 'against'>> {
  return { ratio: value / positive(against, baseline), against };
}

function positive(name: string, value: number): number {
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`${name}: the baseline did no work (it measured ${value})`);
}
