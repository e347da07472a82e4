// Reads a text that arrives in pieces with one format, and keeps the parts that are shown: the script and the outcome of each
// line. Of a very long text only the beginning and the bad lines are kept. Some formats look at the whole text first. A text that
// travelled (in a mail, a log, a terminal) reaches the reader as it was before.

import { grouped } from '../../base/grouped.ts';
import type { Problem } from '../../base/result.ts';
import type { Op } from '../../kernel/line.ts';
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
import { Carrier } from './transport/carrier.ts';
import type { Carried } from './transport/line.ts';
import { recordKind } from './transport/recordBegin.ts';
import { onSide, sideGuess } from './transport/side.ts';
import { hasSides, lossText, type Travel, travelText } from './transport/travel.ts';

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
const CONTINUES = 'continues line';

/** Operations whose result does not depend on earlier ones. */
const ALONE: ReadonlySet<Op['op']> = new Set<Op['op']>([
  'eventfd',
  'irq_info',
  'device_info',
  'reset',
  'hot_reset',
  'hot_reset_info',
  'release',
]);

/** A line without an outcome. */
interface Waiting {
  /** The texts of its lines for display. */
  readonly texts: readonly string[];
  readonly from: Carried;
  /** The problem of a line that the reader did not get, or why it passes. */
  readonly refused: Outcome | null;
}

/** One reading of one text. */
export class ImportRun {
  readonly #format: ImportFormat;
  readonly #pass: ImportPass;
  readonly #choices: Choices;
  #reader: ImportReader | null = null;
  readonly #travels: readonly Travel[];
  readonly #looking = new LineSplitter();
  readonly #splitter = new LineSplitter();
  readonly #lookCarrier: Carrier;
  readonly #carrier: Carrier;
  /** The lines of the text that stand for left out lines. */
  readonly #elisions: number[] = [];
  /** The texts of the lines that the carrier has not given on, by number. */
  readonly #carried = new Map<number, string>();
  /** The first line of each text that the reader got; empty for a text that did not travel, whose lines are the same. */
  readonly #starts: number[] = [];
  /** Lines without an outcome. */
  #waiting: Waiting[] = [];
  #lines: ScriptLine[] = [];
  #rows: ImportRow[] = [];
  #texts = 0;
  #told = 0;
  #bad = 0;
  #passed = 0;
  #badRows = 0;
  /** The first line that is unreadable or stands for left out lines. */
  #gap: number | null = null;

  /** `travels`: the ways in which the text travelled, as a scan found them. */
  constructor(format: ImportFormat, choices: Choices = NO_CHOICES, travels: readonly Travel[] = []) {
    this.#format = format;
    this.#pass = format.begin();
    this.#choices = choices;
    this.#travels = onSide(travels, choices);
    this.#lookCarrier = new Carrier(this.#travels, recordKind);
    this.#carrier = new Carrier(this.#travels, recordKind);
  }

  /** True if every piece must be given to `look` before the first one is given to `push`. */
  get looks(): boolean {
    return this.#pass.look !== undefined;
  }

  /** Looks at the next piece of the text. */
  look(piece: string): void {
    for (const text of this.#looking.push(piece)) this.#lookAt(this.#lookCarrier.push(text));
  }

  #lookAt(lines: readonly Carried[]): void {
    for (const { text } of lines) if (text.length <= LONGEST_LINE) this.#pass.look?.(text);
  }

  /** Returns the reader; the text was looked at. */
  #opened(): ImportReader {
    if (this.#reader === null) {
      const rest = this.#looking.end();
      if (rest !== null) this.#lookAt(this.#lookCarrier.push(rest));
      this.#lookAt(this.#lookCarrier.end());
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
    for (const carried of this.#carrier.end()) this.#giveCarried(carried);
    const { outcomes, assumed, guesses = [], device, cursor, expected } = this.#opened().end();
    this.#tell(outcomes);
    if (problem !== null) {
      this.#texts++;
      this.#waiting.push({ texts: [''], from: { text: '', lines: [this.#texts], shift: 0 }, refused: null });
      this.#tell([{ kind: 'bad', problem: { ...problem, at: { line: this.#texts, column: 1 } } }]);
    }
    return {
      ...this.counts,
      device,
      ...(cursor === undefined ? {} : { cursor }),
      assumed: [
        ...assumed,
        ...this.#travels.map(travelText),
        ...this.#carrier.losses.map(lossText),
        ...this.#elided(),
        ...this.#gapSentence(),
      ],
      guesses: [...sideGuess(this.#travels), ...guesses],
      ...(expected === undefined ? {} : { expected }),
    };
  }

  #gapSentence(): readonly string[] {
    if (this.#gap === null || this.#format.isState === true) return [];
    return [
      `Operations may be missing from line ${this.#gap} on, so later results that depend on them are kept and not compared.`,
    ];
  }

  #elided(): readonly string[] {
    const [first, ...more] = this.#elisions;
    if (first === undefined) return [];
    const places =
      more.length === 0 ? `in line ${first}` : `in line ${first} and in ${more.length} later lines`;
    return [
      `The text leaves lines out ${places}; the script continues behind them as if they had no operation.`,
    ];
  }

  #line(content: string): void {
    this.#texts++;
    // a byte order mark is not part of the text
    const text = this.#texts === 1 && content.startsWith('\ufeff') ? content.slice(1) : content;
    const kept = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
    if (this.#travels.length === 0) {
      const refused = this.#refused(text, this.#texts);
      const outcomes = this.#add(text, refused);
      const [only] = outcomes;
      // most lines have an outcome at once
      if (only !== undefined && outcomes.length === 1 && this.#waiting.length === 0) {
        this.#tellLine(this.#texts, kept, refused ?? only, 0);
        return;
      }
      this.#waiting.push({ texts: [kept], from: { text, lines: [this.#texts], shift: 0 }, refused });
      this.#tell(outcomes);
      return;
    }
    this.#carried.set(this.#texts, kept);
    for (const carried of this.#carrier.push(text)) this.#giveCarried(carried);
  }

  #giveCarried(from: Carried): void {
    const { lines } = from;
    const texts = lines.map((line) => this.#carried.get(line) ?? '');
    // with two columns, a line is needed again for the right one
    if (!hasSides(this.#travels)) for (const line of lines) this.#carried.delete(line);
    this.#starts.push(lines[0] ?? 1);
    this.#give(from, texts);
  }

  /** Gives a line to the reader. `texts` are the texts of its lines for display. */
  #give(from: Carried, texts: readonly string[]): void {
    const refused = this.#refused(from.text, from.lines[0] ?? 1);
    this.#waiting.push({ texts, from, refused });
    this.#tell(this.#add(from.text, refused));
  }

  /** Gives the reader a line, or an empty one instead of a refused one, so that line numbers stay correct. */
  #add(text: string, refused: Outcome | null): readonly Outcome[] {
    return this.#opened().add(refused === null ? text : '');
  }

  #refused(text: string, line: number): Outcome | null {
    return this.#refusal(text) ?? this.#elision(text, line);
  }

  #elision(text: string, line: number): Outcome | null {
    if (!this.#format.travels || !isElision(text) || this.#format.mark(text) !== null) return null;
    this.#elisions.push(line);
    this.#gap ??= line;
    return passed('lines of the trace are left out here');
  }

  #refusal(text: string): Outcome | null {
    if (text.length > LONGEST_LINE) {
      const most = grouped(LONGEST_LINE);
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
    if (outcomes.length === 0) return;
    for (let at = 0; at < outcomes.length; at++) {
      const waiting = this.#waiting[at];
      const given = outcomes[at];
      if (waiting === undefined || given === undefined)
        throw new Error('an importer returned more outcomes than lines');
      this.#tellOne(waiting, waiting.refused ?? given);
    }
    this.#waiting = outcomes.length === this.#waiting.length ? [] : this.#waiting.slice(outcomes.length);
  }

  #tellOne({ from: { lines, shift }, texts }: Waiting, outcome: Outcome): void {
    this.#tellLine(lines[0] ?? 1, texts[0] ?? '', outcome, shift);
    for (let part = 1; part < lines.length; part++)
      this.#tellLine(lines[part] ?? 1, texts[part] ?? '', passed(CONTINUES, lines[0]), 0);
  }

  /** Tells the outcome of one line of the text. */
  #tellLine(line: number, text: string, outcome: Outcome, shift: number): void {
    this.#told++;
    if (outcome.kind === 'bad') this.#bad++;
    if (outcome.kind === 'passed') this.#passed++;
    this.#keep(line, text, outcome, shift);
    if (outcome.kind === 'bad') this.#gap ??= line;
    if (outcome.kind === 'read') for (const line of outcome.lines) this.#lines.push(this.#compared(line));
  }

  /** A result that depends on earlier operations is not compared once one of them is unreadable. */
  #compared(line: ScriptLine): ScriptLine {
    if (this.#gap === null || line.traced === undefined) return line;
    return ALONE.has(line.line.op.op) ? line : { ...line, traced: { ...line.traced, uncompared: true } };
  }

  #keep(line: number, text: string, outcome: Outcome, shift: number): void {
    const isFirst = this.#told <= MOST_ROWS;
    if (!isFirst && (outcome.kind !== 'bad' || this.#badRows >= MOST_ROWS)) return;
    if (!isFirst) this.#badRows++;
    const what = shown(whatText(this.#inText(outcome)), MOST_TEXT);
    const column = outcome.kind === 'bad' ? (outcome.problem.at.column ?? 1) + shift : 0;
    const expected = outcome.kind === 'bad' ? outcome.problem.expected : '';
    this.#rows.push({ line, text, kind: outcome.kind, what, column, expected });
  }

  /** Returns an outcome that names a line of the text instead of a line of the reader. */
  #inText(outcome: Outcome): Outcome {
    if (outcome.kind !== 'passed' || outcome.of === undefined || outcome.why === CONTINUES) return outcome;
    return passed(outcome.why, this.#starts[outcome.of - 1] ?? outcome.of);
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
  travels: readonly Travel[] = [],
): ImportPart & { readonly summary: ImportSummary } {
  const run = new ImportRun(format, choices, travels);
  if (run.looks) run.look(text);
  run.push(text);
  const summary = run.end();
  return { ...run.take(), summary };
}
