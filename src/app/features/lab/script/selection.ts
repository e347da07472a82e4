// The selected lines of the script: from an anchor to the line at the cursor (selecting.ts changes it).

import { slice } from '../../../store/app.ts';

/** The other end of the selection; null while only the line at the cursor is selected. */
export const selectionSlice = slice<{ readonly anchor: number | null }>(() => ({ anchor: null }));

/** Lines of the script, from 1. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** Returns the lines between the anchor and the line at the cursor, both included. */
export function rangeOf(anchor: number | null, line: number): LineRange {
  const other = anchor ?? line;
  return { first: Math.min(other, line), last: Math.max(other, line) };
}

/** Returns `line 4` or `lines 4 to 6`. */
export function rangeText({ first, last }: LineRange): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
}
