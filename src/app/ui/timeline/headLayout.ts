// The parts of the head and their heights.

import type { Axis } from './geometry.ts';
import type { TimelineProps } from './props.ts';

/** Narrowest line, in pixels, whose kernel calls are unfolded. */
const UNFOLDS = 260;
/** Narrowest line, in pixels, with a mark of its own; narrower lines are drawn as density. */
const NARROW = 10;
/** Rows of calls; deeper calls are shown only in the trace. */
export const CALL_ROWS = 6;
export const CALL_HEIGHT = 15;

/** Tops in pixels; null for an absent part. */
export interface HeadLayout {
  readonly actions: number | null;
  readonly axis: number;
  readonly operations: number;
  readonly calls: number | null;
  /** Depth of the calls in the first row, and how high the rows are. */
  readonly outermost: number;
  readonly callHeight: number;
  readonly height: number;
  /** Lines have marks of their own. */
  readonly words: boolean;
}

/** Returns the lines whose kernel calls are unfolded: none while the whole script is shown, even if it has room. */
export function unfoldedLines({ range, pitch }: Axis, lines: number): readonly number[] {
  if (pitch < UNFOLDS || (range.from < 1 && range.to > lines)) return [];
  const found: number[] = [];
  const last = Math.min(lines, Math.ceil(range.to) - 1);
  for (let line = Math.max(1, Math.floor(range.from)); line <= last; line++) found.push(line);
  return found;
}

/** Lays out the head's parts from top to bottom. */
export function headLayout({ data, actionAt, framesAt }: TimelineProps, axis: Axis): HeadLayout {
  const actions = actionAt === undefined ? null : 7;
  const top = actions === null ? 6 : actions + 15;
  const operations = top + 13;
  const below = operations + 17;
  const frames = unfoldedLines(axis, data.length).flatMap((line) => framesAt?.(line) ?? []);
  const depth = frames.reduce((most, frame) => Math.max(most, frame.depth + 1), 0);
  const calls = depth === 0 ? null : below;
  // the outermost call is the line itself
  const outermost = depth > 1 ? 1 : 0;
  return {
    actions,
    axis: top,
    operations,
    calls,
    outermost,
    callHeight: Math.min(depth - outermost, CALL_ROWS) * CALL_HEIGHT,
    height: below + Math.min(depth - outermost, CALL_ROWS) * CALL_HEIGHT + (depth === 0 ? 0 : 2),
    words: axis.pitch >= NARROW,
  };
}
