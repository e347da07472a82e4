// Reads a script from text. A bad line is reported; all other lines are kept.

import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import {
  type DeviceSpec,
  LINE_BREAK,
  type Script,
  type ScriptLine,
  tidyAction,
  tidyNote,
} from '../../session/script.ts';
import type { Cursor } from '../../session/session.ts';
import { u32 } from './numbers.ts';
import { readDevice } from './readDevice.ts';
import { Reader } from './reader.ts';
import { readLine } from './readOp.ts';
import { scanLine, type Token } from './scan.ts';
import { readTraced } from './traced.ts';
import { ACTION, CURSOR, DEVICE } from './words.ts';

/** The result of reading a text. */
export interface ScriptParse {
  readonly script: Script;
  /**
   * At most one problem per line of text, in order. Line and column count from 1, the column in UTF-16 units as in
   * editors. A missing word is reported at the column after the last word.
   */
  readonly problems: readonly Problem[];
  /** The line of text of each line of the script, counted from 1. */
  readonly lineOf: readonly number[];
}

/** Reads a script. Never throws. */
export function parseScript(text: string): ScriptParse {
  return readText(text, true);
}

/**
 * Reads exactly one line of a script, without a device. Comment lines before it become its note, a line that begins with
 * `@` its action.
 */
export function parseLine(text: string): Result<ScriptLine> {
  const { script, problems, lineOf } = readText(text, false);
  const [problem, ...more] = problems;
  if (problem !== undefined) return failed(problem, ...more);
  const [line] = script.lines;
  if (line === undefined) {
    return failed({ at: { line: 1, column: 1 }, expected: 'an operation', found: 'an empty text' });
  }
  const [, second] = lineOf;
  if (second === undefined) return ok(line);
  return failed({ at: { line: second, column: 1 }, expected: 'one line only', found: 'a second line' });
}

/** Reads the text before the first operation (device and cursor). The script has `lines` lines, which are read elsewhere. */
export function parseHead(text: string, lines: number): Script {
  const reader = new ScriptReader();
  for (const content of text.split(LINE_BREAK)) reader.add(content);
  return reader.end(lines).script;
}

function readText(text: string, withDevice: boolean): ScriptParse {
  const reader = new ScriptReader(withDevice);
  for (const content of text.split(LINE_BREAK)) reader.add(content);
  return reader.end();
}

const PLACE = u32('a line of the script');
const STEP = { ...u32('a kernel step'), min: 1n };

/** Distinct lines that a reader remembers. */
const MOST_KNOWN = 20_000;

/** Reads a script line of text by line of text. */
export class ScriptReader {
  readonly #withDevice: boolean;
  /** The cursor of the text, with the line of text that sets it. */
  #cursor: { readonly at: Problem['at']; readonly place: Cursor } | null = null;
  #device: DeviceSpec | null = null;
  readonly #lines: ScriptLine[] = [];
  readonly #lineOf: number[] = [];
  readonly #problems: Problem[] = [];
  /** Comment lines before the next operation. */
  #waiting: string[] = [];
  /** The action before the next operation, with its line of text. */
  #action: { readonly text: string; readonly at: Problem['at'] } | null = null;
  #read = 0;
  /** Readable lines without a comment: scripts repeat them, and a line is never changed. */
  readonly #known = new Map<string, ReturnType<typeof readLine>>();

  /** `withDevice`: the text may begin with a device and a cursor. */
  constructor(withDevice = true) {
    this.#withDevice = withDevice;
  }

  /** The lines so far. Comments after the last line still change its note. */
  get lines(): readonly ScriptLine[] {
    return this.#lines;
  }

  /** The problems so far, in order. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Reads the next line of text. */
  add(content: string): void {
    this.#read++;
    const known = this.#known.get(content);
    if (known !== undefined) {
      this.#keep(known, null);
      return;
    }
    const trimmed = content.trimStart();
    if (trimmed.startsWith(ACTION.word)) {
      this.#refuseAction();
      const at = { line: this.#read, column: content.length - trimmed.length + 1 };
      this.#action = { text: tidyAction(trimmed.slice(ACTION.word.length)), at };
      return;
    }
    const scanned = scanLine(content);
    const [first] = scanned.tokens;
    if (first === undefined) {
      if (scanned.comment !== null) this.#waiting.push(scanned.comment);
      return;
    }
    const r = new Reader(scanned, this.#read);
    if (this.#withDevice && first.text === DEVICE.word) this.#readDevice(r, first, scanned.comment);
    else if (this.#withDevice && first.text === CURSOR.word) this.#readCursor(r, first, scanned.comment);
    else this.#readLine(r, scanned.comment, content);
    if (r.problem !== null) this.#problems.push(r.problem);
  }

  /** Returns the result for the whole text. `lines` is the length of the script if this text contains only its beginning. */
  end(lines: number = this.#lines.length): ScriptParse {
    this.#refuseAction();
    const cursor = this.#placeIn(lines);
    const last = this.#lines.at(-1);
    if (last !== undefined && this.#waiting.length > 0) {
      const note = tidyNote([last.note, ...this.#waiting].join('\n'));
      this.#lines[this.#lines.length - 1] = { ...last, note };
    }
    return {
      script: { device: this.#device, ...(cursor === null ? {} : { cursor }), lines: this.#lines },
      problems: this.#problems,
      lineOf: this.#lineOf,
    };
  }

  #readDevice(r: Reader, first: Token, comment: string | null): void {
    if (this.#device !== null || this.#lines.length > 0) {
      r.refuse('"device" only once, before the first operation', first);
    }
    r.take(DEVICE);
    const spec = readDevice(r);
    r.finish();
    if (r.problem !== null) return;
    this.#device = spec;
    // a device has no note, so its comment goes to the first line
    if (comment !== null) this.#waiting.push(comment);
  }

  #readCursor(r: Reader, first: Token, comment: string | null): void {
    if (this.#cursor !== null || this.#lines.length > 0) {
      r.refuse('"cursor" only once, before the first operation', first);
    }
    r.take(CURSOR);
    const token = r.word({ kind: 'number', sort: PLACE }, 'a line of the script, such as 3 or 3.1');
    r.finish();
    if (token === undefined || r.problem !== null) return;
    const dot = token.text.indexOf('.');
    const line = r.numberIn({ text: dot < 0 ? token.text : token.text.slice(0, dot), at: token.at }, PLACE);
    const step =
      dot < 0 ? null : r.numberIn({ text: token.text.slice(dot + 1), at: token.at + dot + 1 }, STEP) - 1;
    if (line === 0 && step !== null) r.refuse('a line from 1 on, because line 0 has no kernel steps', token);
    if (r.problem !== null) return;
    this.#cursor = { at: { line: this.#read, column: token.at + 1 }, place: { line, step } };
    if (comment !== null) this.#waiting.push(comment);
  }

  /** Returns the cursor if the script has that line. */
  #placeIn(lines: number): Cursor | null {
    if (this.#cursor === null) return null;
    const { at, place } = this.#cursor;
    if (place.line <= lines) return place;
    // unreadable lines shift the numbers, and they are reported already
    if (this.#problems.length === 0)
      this.#problems.push({ at, expected: `a line of the script (0 to ${lines})`, found: `"${place.line}"` });
    return null;
  }

  #refuseAction(): void {
    if (this.#action !== null)
      this.#problems.push({
        at: this.#action.at,
        expected: 'an operation in the line after the action',
        found: 'no operation',
      });
    this.#action = null;
  }

  #readLine(r: Reader, comment: string | null, content: string): void {
    const read = readLine(r);
    if (r.problem === null) {
      if (comment === null && this.#known.size < MOST_KNOWN) this.#known.set(content, read);
      this.#keep(read, comment);
    } else {
      this.#waiting = [];
      this.#action = null;
    }
  }

  /** Adds a line with the waiting comments and action. */
  #keep(read: ReturnType<typeof readLine>, comment: string | null): void {
    const traced = comment === null ? null : readTraced(comment);
    const hasNote = this.#waiting.length > 0 || comment !== null;
    const note = hasNote
      ? tidyNote([...this.#waiting, traced === null ? (comment ?? '') : ''].join('\n'))
      : '';
    const { line: op, disabled } = read;
    const line = { line: op, disabled, note, action: this.#action?.text ?? '' };
    this.#lines.push(traced === null ? line : { ...line, traced });
    this.#lineOf.push(this.#read);
    if (this.#waiting.length > 0) this.#waiting = [];
    this.#action = null;
  }
}
