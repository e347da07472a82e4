// Where the lines of a script stand in their list, in rows of one height. An action takes a row
// above its line, a note and a changed result each one below; an open editor takes some, before its line or in its place.

import type { ScriptLine } from '../../session/script.ts';

/** What a person is writing, and where. Lines count from 1; an insertion stands before its line. */
export interface Editing {
  readonly kind: 'replace' | 'insert' | 'note' | 'action';
  readonly line: number;
}

/** Rows that an editor takes. */
export const EDITOR_ROWS = 4;

/** The places of the lines; index 0 is the start, and one more line behind the last is the place to add one. */
export interface ScriptLayout {
  readonly rows: number;
  /** First row of each line. */
  readonly tops: Int32Array;
  /** First row of the editor, or null. */
  readonly editor: number | null;
}

/** Lays out a script. */
export function layoutScript(
  script: readonly ScriptLine[],
  changed: { readonly size: number; has(line: number): boolean },
  editing: Editing | null,
): ScriptLayout {
  // of a long script this is a part of the frame that opens it: one array of the size, and one look at a line
  const tops = new Int32Array(script.length + 2);
  const none = changed.size === 0;
  const edited = editing?.line ?? -1;
  let row = 1;
  let editor: number | null = null;
  for (let line = 1; line <= script.length + 1; line++) {
    const here = line === edited ? (editing?.kind ?? null) : null;
    const entry = script[line - 1];
    if (here === 'insert') {
      editor = row;
      row += EDITOR_ROWS;
    }
    tops[line] = row;
    if (here === 'action') {
      editor = row;
      row += EDITOR_ROWS;
    } else if (entry !== undefined && entry.action !== '') row++;
    if (here === 'replace') {
      editor = row;
      row += EDITOR_ROWS;
    } else row++;
    if (entry === undefined) continue;
    if (!none && changed.has(line) && here !== 'replace') row++;
    if (here === 'note') {
      editor = row;
      row += EDITOR_ROWS;
    } else if (entry.note !== '') row++;
  }
  return { rows: row, tops, editor };
}

/** The line that stands at a row. */
export function lineAtRow({ tops }: ScriptLayout, row: number): number {
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
