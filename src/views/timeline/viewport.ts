// Which lines the timeline shows. Line n stands from n to n + 1 on the axis: that is where the state after it holds.

/** A stretch of the axis in lines, with fractions. */
export interface TimelineRange {
  readonly from: number;
  readonly to: number;
}

/** A step can be magnified until so much of it fills the view: its kernel calls then have room for their names. */
const NARROWEST = 0.05;
/** Room before the first line: the cursor can stand at the start of the script. */
const BEFORE = 0.5;

/** The whole script. */
export function fitRange(lines: number): TimelineRange {
  return { from: 1 - BEFORE, to: Math.max(lines, 1) + 1 };
}

/** The range with the same length where that is possible, inside the script. */
export function clampRange({ from, to }: TimelineRange, lines: number): TimelineRange {
  const whole = fitRange(lines);
  const length = Math.min(Math.max(to - from, NARROWEST), whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - length);
  return { from: start, to: start + length };
}

/** Shows `factor` times less (more, for a factor below 1), so that the line at `at` stays where it is. */
export function zoomRange(range: TimelineRange, lines: number, factor: number, at: number): TimelineRange {
  const { from, to } = range;
  const whole = fitRange(lines);
  const length = Math.min(Math.max((to - from) / factor, NARROWEST), whole.to - whole.from);
  const part = (at - from) / (to - from);
  return clampRange({ from: at - part * length, to: at + (1 - part) * length }, lines);
}

/** Moves by a part of what is shown: 0.5 is half of it to the right. */
export function panRange({ from, to }: TimelineRange, lines: number, part: number): TimelineRange {
  const by = (to - from) * part;
  return clampRange({ from: from + by, to: to + by }, lines);
}

/** Moves no further than needed for a line to be seen with a little of what is beside it. */
export function revealLine(range: TimelineRange, lines: number, line: number): TimelineRange {
  const { from, to } = range;
  const length = to - from;
  // of a step that is magnified beyond the view, the part that is shown stays
  if (line + 1 > from && line < to && length < 1) return range;
  const spare = Math.min(1, length / 8);
  if (line >= from && line + Math.min(1, length) <= to) return range;
  const start = line < from ? line - spare : line + 1 + spare - length;
  return clampRange({ from: start, to: start + length }, lines);
}

/** Whole lines: a range that was drawn by hand snaps to the steps that it touches. */
export function snapRange({ from, to }: TimelineRange, lines: number): TimelineRange {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  const first = Math.min(Math.max(1, Math.floor(low)), Math.max(lines, 1));
  return { from: first, to: Math.max(first + 1, Math.min(lines + 1, Math.ceil(high))) };
}

/** True where two ranges show the same to within a millionth of their length. */
export function sameRange(a: TimelineRange, b: TimelineRange): boolean {
  const small = (a.to - a.from) * 1e-6;
  return Math.abs(a.from - b.from) <= small && Math.abs(a.to - b.to) <= small;
}
