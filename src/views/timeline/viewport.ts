// The visible lines of the timeline. Line n spans n to n + 1 on the axis, where the state after it is valid.

/** A range of the axis in lines, with fractions. */
export interface TimelineRange {
  readonly from: number;
  readonly to: number;
}

/** Smallest visible part of a line, at which its kernel calls have room for their names. */
export const NARROWEST = 0.05;
/** Room before line 1 for the cursor at the start of the script. */
const BEFORE = 0.5;

/** Returns the range of the whole script. */
export function fitRange(lines: number): TimelineRange {
  return { from: 1 - BEFORE, to: Math.max(lines, 1) + 1 };
}

/** Returns the range moved and, if needed, shortened to lie inside the script. */
export function clampRange({ from, to }: TimelineRange, lines: number): TimelineRange {
  const whole = fitRange(lines);
  const length = Math.min(Math.max(to - from, NARROWEST), whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

/** Returns the range shortened by `factor` (lengthened below 1) around the line `at`, which keeps its place. */
export function zoomRange(range: TimelineRange, lines: number, factor: number, at: number): TimelineRange {
  const { from, to } = range;
  const whole = fitRange(lines);
  const length = Math.min(Math.max((to - from) / factor, NARROWEST), whole.to - whole.from);
  const part = (at - from) / (to - from);
  return clampRange({ from: at - part * length, to: at + (1 - part) * length }, lines);
}

/** Returns the range moved by a fraction of its length: 0.5 is half of it to the right. */
export function panRange({ from, to }: TimelineRange, lines: number, part: number): TimelineRange {
  const by = (to - from) * part;
  return clampRange({ from: from + by, to: to + by }, lines);
}

/** Returns the range moved just far enough to show a line with a margin. */
export function revealLine(range: TimelineRange, lines: number, line: number): TimelineRange {
  const { from, to } = range;
  const length = to - from;
  // a line wider than the view keeps its visible part
  if (line + 1 > from && line < to && length < 1) return range;
  const spare = Math.min(1, length / 8);
  if (line >= from && line + Math.min(1, length) <= to) return range;
  const start = line < from ? line - spare : line + 1 + spare - length;
  return clampRange({ from: start, to: start + length }, lines);
}

/** Zooms around a line, or around the middle if it is null or out of view. */
export function zoomAround(
  range: TimelineRange,
  lines: number,
  factor: number,
  line: number | null,
): TimelineRange {
  const { from, to } = range;
  if (line === null || line + 1 <= from || line >= to)
    return zoomRange(range, lines, factor, (from + to) / 2);
  const at = Math.min(Math.max(line + 0.5, from), to);
  return revealLine(zoomRange(range, lines, factor, at), lines, line);
}

/** Returns the range extended to the whole lines that it touches. */
export function snapRange({ from, to }: TimelineRange, lines: number): TimelineRange {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  const first = Math.min(Math.max(1, Math.floor(low)), Math.max(lines, 1));
  return { from: first, to: Math.max(first + 1, Math.min(lines + 1, Math.ceil(high))) };
}

/** Returns true if two ranges are equal to within a millionth of their length. */
export function sameRange(a: TimelineRange, b: TimelineRange): boolean {
  const small = (a.to - a.from) * 1e-6;
  return Math.abs(a.from - b.from) <= small && Math.abs(a.to - b.to) <= small;
}
