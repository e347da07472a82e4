// Which lines and lanes a place of the timeline stands for.

import {
  type LaneGroupList,
  type LaneRow,
  lanesAt,
  type RowLayout,
  rowAt,
} from '../../../views/timeline/rows.ts';
import type { Axis } from './geometry.ts';
import type { Told } from './Status.tsx';

/** A heading stands for all lanes of its group. */
export function lanesOfRow(row: LaneRow, groups: readonly LaneGroupList[]): readonly number[] {
  return row.lane >= 0 ? [row.lane] : (groups.find(({ group }) => group === row.group)?.lanes ?? []);
}

/** The lines that the column of pixels at a place shows; null where there are none. */
export function linesAt(
  axis: Axis,
  x: number,
  lines: number,
): { readonly from: number; readonly to: number } | null {
  const from = Math.floor(axis.lineAt(Math.floor(x)));
  const to = Math.max(from, Math.ceil(axis.lineAt(Math.floor(x) + 1)) - 1);
  if (to < 1 || from > lines) return null;
  // a line that is wider than a pixel is meant alone
  const last = axis.pitch >= 1 ? Math.floor(axis.lineAt(x)) : to;
  const first = axis.pitch >= 1 ? last : from;
  return { from: Math.max(1, first), to: Math.min(lines, last) };
}

/** What the pixel at a place stands for: every line and lane that it shows. */
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
