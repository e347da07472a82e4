// A line on its way to a reader, and the steps that change it.

/** One line as a reader gets it, with the lines of the text that it came from. */
export interface Carried {
  readonly text: string;
  /** Numbers of the lines of the text, from 1, ascending; at least one. */
  readonly lines: readonly number[];
  /** Number of characters removed before column 1 of the first line, so that columns can be told in the original line. */
  readonly shift: number;
}

/** Returns the kind of record that begins with a text, such as `strace`; null if no known record begins so. */
export type Begins = (text: string) => string | null;

/** The most characters and lines that are joined. */
const MOST_TEXT = 1_000_000;
const MOST_LINES = 4096;

/** A line between two steps. */
export interface Line extends Carried {
  /** Number of characters of the last line of the text in it, after decoding, with the prefixes that are removed already. */
  readonly width: number;
  /** Number of characters of that line as it was in the text. */
  readonly raw: number;
}

/** Takes the next line of a step. */
export type Put = (line: Line) => void;

/** A step that undoes one way of travel. It gives each line on exactly once, in order. */
export interface Step {
  readonly push: (line: Line, put: Put) => void;
  /** Gives on the lines that wait. */
  readonly end: (put: Put) => void;
}

/** Returns a line of the text. */
export function lineOf(text: string, number: number): Line {
  return { text, lines: [number], shift: 0, width: text.length, raw: text.length };
}

/** Returns a step that changes each line alone. */
export function eachLine(change: (line: Line) => Line): Step {
  return { push: (line, put) => put(change(line)), end: () => undefined };
}

/** Returns the line without its first characters. */
export function cutFront(line: Line, count: number): Line {
  if (count === 0) return line;
  // removed characters before a part of a joined line have no column in the first line
  return { ...line, text: line.text.slice(count), shift: line.shift + count };
}

/** Returns the line with another text, whose width changes as its length does. */
export function withText(line: Line, text: string): Line {
  if (text === line.text) return line;
  return { ...line, text, width: line.width + text.length - line.text.length };
}

/** Returns both lines as one. */
export function joined(first: Line, next: Line, between: string): Line {
  return {
    text: first.text + between + next.text,
    lines: [...first.lines, ...next.lines],
    shift: first.shift,
    width: next.width,
    raw: next.raw,
  };
}

/** Returns true if another line may be joined to this one. A file that never ends a record cannot fill the memory. */
export function mayGrow(line: Line): boolean {
  return line.text.length < MOST_TEXT && line.lines.length < MOST_LINES;
}

/** Returns the number of characters of white space (spaces and tabs) at the begin of a text. */
export function indentOf(text: string): number {
  let at = 0;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Runs a step over lines. */
export function runStep(step: Step, lines: readonly Line[]): readonly Line[] {
  const out: Line[] = [];
  const put = (line: Line) => out.push(line);
  for (const line of lines) step.push(line, put);
  step.end(put);
  return out;
}
