// Movement between the matches of a search.

import { grouped } from '../../base/grouped.ts';

/** Returns the next match after `line` (with −1: before it), wrapping around; null without matches. */
export function nextMatch(matches: readonly number[], line: number, way: 1 | -1): number | null {
  if (matches.length === 0) return null;
  const at = placeOf(matches, line);
  if (way === 1) return matches[matches[at] === line ? at + 1 : at] ?? matches[0] ?? null;
  return matches[at - 1] ?? matches.at(-1) ?? null;
}

/** Returns the number of matches before `line`. */
export function placeOf(matches: readonly number[], line: number): number {
  let low = 0;
  let high = matches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((matches[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Returns the cursor's place among the matches, for instance `3 of 17`, `17 matches`, `no match`. */
export function matchWords(matches: readonly number[], line: number): string {
  if (matches.length === 0) return 'no match';
  const at = placeOf(matches, line);
  const all = grouped(matches.length);
  if (matches[at] === line) return `${grouped(at + 1)} of ${all}`;
  return matches.length === 1 ? '1 match' : `${all} matches`;
}
