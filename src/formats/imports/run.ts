// Reads a text that arrives in pieces with one format, and keeps the parts that are shown: the script and the outcome of each
// line. Of a very long text only the beginning and the bad lines are kept. Some formats look at the whole text first.

import type { Problem } from '../../base/result.ts';
import type { ExpectedState } from '../../session/expectedState.ts';
import type { DeviceSpec, ScriptLine } from '../../session/script.ts';
import type { Cursor } from '../../session/session.ts';
import { printBare } from '../notation/printLine.ts';
import { binaryColumn } from './content.ts';
import { isElision } from './elision.ts';
import {
  bad,
  type Choices,
  type Guess,
  type ImportFormat,
  type ImportPass,
  type ImportReader,
  type Outcome,
  passed,
  shown,
} from './format.ts';
import { LineSplitter, LONGEST_LINE } from './lineSplitter.ts';

/** The most first lines kept for display, and the most bad lines after them. */
const MOST_ROWS = 20_000;
/** The most characters kept of a line and of its outcome. */
const MOST_TEXT = 400;

/** A line of the text for display. */
export interface ImportRow {
  /** From 1. */
  readonly line: number;
  readonly text: string;
  readonly kind: Outcome['kind'];
  /** The operations in notation, the reason for no operation, or the problem. */
  readonly what: string;
  /** The column of the problem, from 1; 0 for other lines. */
  readonly column: number;
  /** What is accepted at that column; empty for other lines. */
  readonly expected: string;
}

/** The next part of the result. */
export interface ImportPart {
  readonly lines: readonly ScriptLine[];
  readonly rows: readonly ImportRow[];
}

/** The number of lines of text by outcome. */
export interface ImportCounts {
  readonly texts: number;
  readonly bad: number;
  readonly passed: number;
}

/** The result for a whole text, except for its parts. */
export interface ImportSummary extends ImportCounts {
  readonly device: DeviceSpec | null;
  readonly cursor?: Cursor;
  readonly assumed: readonly string[];
  readonly guesses: readonly Guess[];
  readonly expected?: ExpectedState;
}

const NO_CHOICES: Choices = new Map();

/** One reading of one text. */
export class ImportRun {
  readonly #format: ImportFormat;
  readonly #pass: ImportPass;
  readonly #choices: Choices;
  #reader: ImportReader | null = null;
  readonly #looking = new LineSplitter();
  readonly #splitter = new LineSplitter();
  /** The lines of the text that stand for left out lines. */
  readonly #elisions: number[] = [];
  /** Lines without an outcome. `refused` is the problem of a line that the reader did not get. */
  #waiting: { readonly text: string; readonly refused: Outcome | null }[] = [];
  #lines: ScriptLine[] = [];
  #rows: ImportRow[] = [];
  #texts = 0;
  #told = 0;
  #bad = 0;
  #passed = 0;
  #badRows = 0;

  constructor(format: ImportFormat, choices: Choices = NO_CHOICES) {
    this.#format = format;
    this.#pass = format.begin();
    this.#choices = choices;
  }

  /** True if every piece must be given to `look` before the first one is given to `push`. */
  get looks(): boolean {
    return this.#pass.look !== undefined;
  }

  /** Looks at the next piece of the text. */
  look(piece: string): void {
    for (const text of this.#looking.push(piece)) this.#lookAt(text);
  }

  #lookAt(text: string): void {
    if (text.length <= LONGEST_LINE) this.#pass.look?.(text);
  }

  /** Returns the reader; the text was looked at. */
  #opened(): ImportReader {
    if (this.#reader === null) {
      const rest = this.#looking.end();
      if (rest !== null) this.#lookAt(rest);
      this.#reader = this.#pass.open(this.#choices);
    }
    return this.#reader;
  }

  /** Reads the next piece of the text. */
  push(piece: string): void {
    for (const text of this.#splitter.push(piece)) this.#line(text);
  }

  /** Returns the part that is new since the last call. */
  take(): ImportPart {
    const part = { lines: this.#lines, rows: this.#rows };
    this.#lines = [];
    this.#rows = [];
    return part;
  }

  /** The numbers of lines so far. */
  get counts(): ImportCounts {
    return { texts: this.#told, bad: this.#bad, passed: this.#passed };
  }

  /** Ends the text. `problem` is the reason of an early end. `take` then returns the last part. */
  end(problem: Problem | null = null): ImportSummary {
    const rest = this.#splitter.end();
    if (rest !== null) this.#line(rest);
    const { outcomes, assumed, guesses = [], device, cursor, expected } = this.#opened().end();
    this.#tell(outcomes);
    if (problem !== null) {
      this.#texts++;
      this.#waiting.push({ text: '', refused: null });
      this.#tell([{ kind: 'bad', problem: { ...problem, at: { line: this.#texts, column: 1 } } }]);
    }
    return {
      ...this.counts,
      device,
      ...(cursor === undefined ? {} : { cursor }),
      assumed: [...assumed, ...this.#elided()],
      guesses,
      ...(expected === undefined ? {} : { expected }),
    };
  }

  #elided(): readonly string[] {
    const [first, ...more] = this.#elisions;
    if (first === undefined) return [];
    const places =
      more.length === 0 ? `in line ${first}` : `in line ${first} and in ${more.length} later lines`;
    return [
      `The text leaves lines out ${places}; the script goes on behind them as if nothing had happened.`,
    ];
  }

  #line(content: string): void {
    this.#texts++;
    // a byte order mark is not part of the text
    const text = this.#texts === 1 && content.startsWith('\ufeff') ? content.slice(1) : content;
    const refused = this.#refusal(text) ?? this.#elision(text);
    this.#waiting.push({ text: text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text, refused });
    // the reader gets an empty line instead, so that line numbers stay correct
    this.#tell(this.#opened().add(refused === null ? text : ''));
  }

  #elision(text: string): Outcome | null {
    if (!this.#format.travels || !isElision(text) || this.#format.mark(text) !== null) return null;
    this.#elisions.push(this.#texts);
    return passed('lines of the trace are left out here');
  }

  #refusal(text: string): Outcome | null {
    if (text.length > LONGEST_LINE) {
      const most = LONGEST_LINE.toLocaleString('en');
      return bad(this.#texts, LONGEST_LINE + 1, `a line of at most ${most} characters`, 'a longer line');
    }
    const column = this.#format.anyCharacter === true ? 0 : binaryColumn(text);
    if (column === 0) return null;
    const code = text.charCodeAt(column - 1);
    const found =
      code === 0xfffd ? 'a byte that is not UTF-8' : `a byte 0x${code.toString(16).padStart(2, '0')}`;
    return bad(this.#texts, column, 'text in UTF-8', found);
  }

  #tell(outcomes: readonly Outcome[]): void {
    for (const [at, given] of outcomes.entries()) {
      const waiting = this.#waiting[at];
      if (waiting === undefined) throw new Error('an importer returned more outcomes than lines');
      const outcome = waiting.refused ?? given;
      this.#told++;
      if (outcome.kind === 'bad') this.#bad++;
      if (outcome.kind === 'passed') this.#passed++;
      if (outcome.kind === 'read') for (const line of outcome.lines) this.#lines.push(line);
      this.#keep(waiting.text, outcome);
    }
    if (outcomes.length > 0) this.#waiting = this.#waiting.slice(outcomes.length);
  }

  #keep(text: string, outcome: Outcome): void {
    const isFirst = this.#told <= MOST_ROWS;
    if (!isFirst && (outcome.kind !== 'bad' || this.#badRows >= MOST_ROWS)) return;
    if (!isFirst) this.#badRows++;
    const what = shown(whatText(outcome), MOST_TEXT);
    const column = outcome.kind === 'bad' ? (outcome.problem.at.column ?? 1) : 0;
    const expected = outcome.kind === 'bad' ? outcome.problem.expected : '';
    this.#rows.push({ line: this.#told, text, kind: outcome.kind, what, column, expected });
  }
}

function whatText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'passed':
      return outcome.of === undefined ? outcome.why : `${outcome.why} ${outcome.of}`;
    case 'bad':
      return `expected ${outcome.problem.expected}, found ${outcome.problem.found}`;
    case 'read': {
      const few = outcome.lines.slice(0, 6).map(printBare);
      const more = outcome.lines.length - few.length;
      return `${few.join(' · ')}${more > 0 ? ` · ${more} more` : ''}`;
    }
  }
}

/** Reads a whole text. */
export function readWhole(
  text: string,
  format: ImportFormat,
  choices: Choices = NO_CHOICES,
): ImportPart & { readonly summary: ImportSummary } {
  const run = new ImportRun(format, choices);
  if (run.looks) run.look(text);
  run.push(text);
  const summary = run.end();
  return { ...run.take(), summary };
}
