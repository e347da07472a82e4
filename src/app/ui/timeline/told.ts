// Finds the lines and lanes at a place of the timeline.

import {
  type LaneGroupList,
  type LaneRow,
  lanesAt,
  type RowLayout,
  rowAt,
} from '../../../views/timeline/rows.ts';
import type { Axis } from './geometry.ts';
import type { Told } from './Status.tsx';

/** Returns the lanes of a row; a heading has all lanes of its group. */
export function lanesOfRow(row: LaneRow, groups: readonly LaneGroupList[]): readonly number[] {
  return row.lane >= 0 ? [row.lane] : (groups.find(({ group }) => group === row.group)?.lanes ?? []);
}

/** Returns the lines of the pixel column at a place, or null. */
export function linesAt(
  axis: Axis,
  x: number,
  lines: number,
): { readonly from: number; readonly to: number } | null {
  const from = Math.floor(axis.lineAt(Math.floor(x)));
  const to = Math.max(from, Math.ceil(axis.lineAt(Math.floor(x) + 1)) - 1);
  if (to < 1 || from > lines) return null;
  // a line wider than a pixel is the only line of its column
  const last = axis.pitch >= 1 ? Math.floor(axis.lineAt(x)) : to;
  const first = axis.pitch >= 1 ? last : from;
  return { from: Math.max(1, first), to: Math.min(lines, last) };
}

/** Returns every line and lane of the pixel at a place. */
export function toldAt(
  axis: Axis,
  layout: RowLayout,
  x: number,
  y: number,
  lines: number,
  groups: readonly LaneGroupList[],
): Told | null {
  const found = linesAt(axis, x, lines);
  if (found === null) return null;
  const row = layout.rows[rowAt(layout, y)];
  const lanes = row !== undefined && row.lane < 0 ? lanesOfRow(row, groups) : lanesAt(layout, y);
  return { ...found, lanes, keyed: false };
}
