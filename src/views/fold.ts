// Sums over the lines of a replay, one a line, so that any place of the script is looked up and not counted again. After
// an edit the sums of the common beginning are taken over.

import type { Run } from '../kernel/frame.ts';
import type { Replay } from '../session/replay.ts';

/** How many lines at the beginning two replays have run in common. */
export function commonRuns(a: Replay, b: Replay): number {
  const end = Math.min(a.runs.length, b.runs.length);
  let length = 0;
  while (length < end && a.runs[length] === b.runs[length]) length++;
  return length;
}

/** A function from a replay to the sums after 0, 1, 2 … lines. A line that is left out adds nothing. */
export function foldRuns<T>(
  start: T,
  add: (sum: T, run: Run) => T,
): (replayed: Replay) => readonly [T, ...T[]] {
  let last: { readonly replayed: Replay; readonly sums: readonly [T, ...T[]] } | null = null;
  return (replayed) => {
    if (last?.replayed === replayed) return last.sums;
    const common = last === null ? 0 : commonRuns(last.replayed, replayed);
    const sums: [T, ...T[]] = [start];
    let sum = start;
    for (let line = 1; line <= replayed.runs.length; line++) {
      const run = replayed.runs[line - 1] ?? null;
      const known = line <= common ? last?.sums[line] : undefined;
      sum = known ?? (run === null ? sum : add(sum, run));
      sums.push(sum);
    }
    last = { replayed, sums };
    return sums;
  };
}
