// Text to script. A bad line costs that line and nothing else: it is reported, the others are kept.

import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import {
  type DeviceSpec,
  LINE_BREAK,
  type Script,
  type ScriptLine,
  tidyAction,
  tidyNote,
} from '../../session/script.ts';
import { readDevice } from './readDevice.ts';
import { Reader } from './reader.ts';
import { readLine } from './readOp.ts';
import { scanLine, type Token } from './scan.ts';
import { ACTION, DEVICE } from './words.ts';

/** What a text says. */
export interface ScriptParse {
  readonly script: Script;
  /**
   * What is wrong, at most one problem a line of text, in order. Line and column count from 1, the column in UTF-16
   * units as editors do; where something is missing it is the one behind the last word.
   */
  readonly problems: readonly Problem[];
  /** The line of text on which each line of the script stands, counted from 1. */
  readonly lineOf: readonly number[];
}

/** Reads a script; never throws, whatever the text. */
export function parseScript(text: string): ScriptParse {
  return readText(text, true);
}

/**
 * Reads exactly one line of a script, without a device; comment lines before it are its note, a line that begins with
 * `@` its action.
 */
export function parseLine(text: string): Result<ScriptLine> {
  const { script, problems, lineOf } = readText(text, false);
  const [problem, ...more] = problems;
  if (problem !== undefined) return failed(problem, ...more);
  const [line] = script.lines;
  if (line === undefined) {
    return failed({ at: { line: 1, column: 1 }, expected: 'an operation', found: 'nothing' });
  }
  const [, second] = lineOf;
  if (second === undefined) return ok(line);
  return failed({ at: { line: second, column: 1 }, expected: 'one line', found: 'another line' });
}

function readText(text: string, withDevice: boolean): ScriptParse {
  const reader = new ScriptReader(withDevice);
  for (const content of text.split(LINE_BREAK)) reader.add(content);
  return reader.end();
}

/** Reads a script line of text by line of text. */
export class ScriptReader {
  readonly #withDevice: boolean;
  #device: DeviceSpec | null = null;
  readonly #lines: ScriptLine[] = [];
  readonly #lineOf: number[] = [];
  readonly #problems: Problem[] = [];
  /** Comment lines that wait for the line they belong to. */
  #waiting: string[] = [];
  /** The action that waits for the line that follows from it, with the line of text on which it stands. */
  #action: { readonly text: string; readonly at: Problem['at'] } | null = null;
  #read = 0;

  /** A device may stand before the first line if `withDevice`. */
  constructor(withDevice = true) {
    this.#withDevice = withDevice;
  }

  /** The lines so far. The last of them may still get a note, from comments behind it. */
  get lines(): readonly ScriptLine[] {
    return this.#lines;
  }

  /** What is wrong so far, in order. */
  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Reads the next line of text. */
  add(content: string): void {
    this.#read++;
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
    else this.#readLine(r, scanned.comment);
    if (r.problem !== null) this.#problems.push(r.problem);
  }

  /** What the whole text says. */
  end(): ScriptParse {
    this.#refuseAction();
    const last = this.#lines.at(-1);
    if (last !== undefined && this.#waiting.length > 0) {
      const note = tidyNote([last.note, ...this.#waiting].join('\n'));
      this.#lines[this.#lines.length - 1] = { ...last, note };
    }
    return {
      script: { device: this.#device, lines: this.#lines },
      problems: this.#problems,
      lineOf: this.#lineOf,
    };
  }

  #readDevice(r: Reader, first: Token, comment: string | null): void {
    if (this.#device !== null || this.#lines.length > 0) {
      r.refuse('"device" once, before every operation', first);
    }
    r.take(DEVICE);
    const spec = readDevice(r);
    r.finish();
    if (r.problem !== null) return;
    this.#device = spec;
    // what is said about the device is said to the first line, which is the next one that has a place for it
    if (comment !== null) this.#waiting.push(comment);
  }

  #refuseAction(): void {
    if (this.#action !== null)
      this.#problems.push({
        at: this.#action.at,
        expected: 'an operation after the action',
        found: 'none',
      });
    this.#action = null;
  }

  #readLine(r: Reader, comment: string | null): void {
    const read = readLine(r);
    if (r.problem === null) {
      const note = tidyNote([...this.#waiting, comment ?? ''].join('\n'));
      this.#lines.push({ ...read, note, action: this.#action?.text ?? '' });
      this.#lineOf.push(this.#read);
    }
    this.#waiting = [];
    this.#action = null;
  }
}
