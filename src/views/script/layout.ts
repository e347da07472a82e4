// The places of a script's lines in their list, in rows of one height. An action has a row
// above its line, a note and a changed result one row each below; an open editor has rows before or in place of its line, and the
// chosen line has the row of its tools below it.

import type { ScriptLine } from '../../session/script.ts';

/** The open editor and its line, from 1; an insertion goes before its line. */
export interface Editing {
  readonly kind: 'replace' | 'insert' | 'note' | 'action';
  readonly line: number;
}

/** Rows of an editor. */
export const EDITOR_ROWS = 4;

/** The places of the lines; index 0 is the start, and the entry after the last line is the place to add one. */
export interface ScriptLayout {
  readonly rows: number;
  /** First row of each line without the row of tools (`topOf`). */
  readonly tops: Int32Array;
  /** The line with the row of tools below it; null without one. */
  readonly tools: number | null;
  /** First row of the editor, or null. */
  readonly editor: number | null;
}

/** Lines with a mark, counted from 1. */
interface Lines {
  readonly size: number;
  has(line: number): boolean;
}

const NONE: Lines = new Set();

/** Lays out a script. `changed`: lines with a changed result; `traced`: lines whose result differs from the trace. */
export function layoutScript(
  script: readonly ScriptLine[],
  changed: Lines,
  editing: Editing | null,
  traced: Lines = NONE,
): ScriptLayout {
  // long scripts are laid out within one frame: one array, one pass over the lines
  const tops = new Int32Array(script.length + 2);
  const none = changed.size === 0;
  const same = traced.size === 0;
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
    if (!same && traced.has(line) && here !== 'replace') row++;
    if (here === 'note') {
      editor = row;
      row += EDITOR_ROWS;
    } else if (entry.note !== '') row++;
  }
  return { rows: row, tops, editor, tools: null };
}

/** Returns the layout with a row of tools below a line. The places of a long script are not computed again. */
export function withTools(layout: ScriptLayout, line: number): ScriptLayout {
  return { ...layout, rows: layout.rows + 1, tools: line };
}

/** Returns the first row of a line. */
export function topOf({ tops, tools }: ScriptLayout, line: number): number {
  return (tops[line] ?? 0) + (tools !== null && line > tools ? 1 : 0);
}

/** Returns the line at a row. */
export function lineAtRow(layout: ScriptLayout, row: number): number {
  const { tops } = layout;
  let low = 0;
  let high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (topOf(layout, middle) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
