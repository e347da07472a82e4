// Where lines stand on the screen.

import { ticks } from 'd3';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';

/** Room for the lanes' names, and behind the last line, in pixels. */
export const GUTTER = 72;
const RIGHT = 12;

/** The axis: `x(n)` is where line n begins, `lineAt` its inverse. */
export interface Axis {
  readonly range: TimelineRange;
  readonly left: number;
  /** Pixels of the axis. */
  readonly width: number;
  /** Pixels a line. */
  readonly pitch: number;
  readonly x: (line: number) => number;
  /** As `x`, but not outside of the axis. */
  readonly clamped: (line: number) => number;
  readonly lineAt: (x: number) => number;
  /** Lines to be written below the axis, in ascending order. */
  readonly ticks: readonly number[];
}

/** The axis of a range in an element `width` pixels wide. */
export function axisOf(range: TimelineRange, width: number): Axis {
  const inner = Math.max(1, width - GUTTER - RIGHT);
  // a linear scale without d3's: thousands of places are asked for, and its domain is never anything but numbers
  const pitch = inner / (range.to - range.from);
  const x = (line: number) => GUTTER + (line - range.from) * pitch;
  return {
    range,
    left: GUTTER,
    width: inner,
    pitch,
    x,
    clamped: (line) => Math.min(GUTTER + inner, Math.max(GUTTER, x(line))),
    lineAt: (at) => range.from + (at - GUTTER) / pitch,
    ticks: ticks(range.from, range.to, Math.max(2, Math.floor(inner / 70))).filter(
      (line) => Number.isInteger(line) && line > 0,
    ),
  };
}

/** How large a mark can be: the half of its height, from the room that it has. */
export function markRadius(pitch: number, bar: number): number {
  return Math.max(1, Math.min(4, pitch * 0.4, bar / 2 - 0.5));
}

/** Where in its line a mark stands, in pixels from the line's beginning. */
export function markOffset(pitch: number): number {
  return Math.min(5, pitch / 2);
}
