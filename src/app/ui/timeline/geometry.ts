// Positions of lines on the screen.

import { ticks } from 'd3';
import type { TimelineRange } from '../../../views/timeline/viewport.ts';

/** Pixels left of the axis, for the lanes' names, and right of it. */
export const GUTTER = 72;
export const RIGHT = 12;

/** The axis: `x(n)` is the beginning of line n in pixels, `lineAt` its inverse. */
export interface Axis {
  readonly range: TimelineRange;
  readonly left: number;
  /** Pixels of the axis. */
  readonly width: number;
  /** Pixels per line. */
  readonly pitch: number;
  readonly x: (line: number) => number;
  /** Returns `x`, limited to the axis. */
  readonly clamped: (line: number) => number;
  readonly lineAt: (x: number) => number;
  /** Lines whose number is written at the axis, ascending. */
  readonly ticks: readonly number[];
}

/** Returns the axis of a range in an element `width` pixels wide. */
export function axisOf(range: TimelineRange, width: number): Axis {
  const inner = Math.max(1, width - GUTTER - RIGHT);
  // computed here and not by d3's scale, which is slower for thousands of positions
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

/** Returns half the height of a mark that fits into the room of its line and bar. */
export function markRadius(pitch: number, bar: number): number {
  return Math.max(1, Math.min(4, pitch * 0.4, bar / 2 - 0.5));
}

/** Returns a mark's distance in pixels from the beginning of its line. */
export function markOffset(pitch: number): number {
  return Math.min(5, pitch / 2);
}
