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
import { scanLine } from './scan.ts';
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

/** A device may stand before the first line if `withDevice`. */
function readText(text: string, withDevice: boolean): ScriptParse {
  let device: DeviceSpec | null = null;
  const lines: ScriptLine[] = [];
  const lineOf: number[] = [];
  const problems: Problem[] = [];
  // comment lines that wait for the line they belong to
  let waiting: string[] = [];
  // the action that waits for the line that follows from it, with the line of text on which it stands
  let action: { readonly text: string; readonly at: Problem['at'] } | null = null;
  const refuseAction = () => {
    if (action !== null)
      problems.push({ at: action.at, expected: 'an operation after the action', found: 'none' });
    action = null;
  };

  for (const [i, content] of text.split(LINE_BREAK).entries()) {
    const trimmed = content.trimStart();
    if (trimmed.startsWith(ACTION.word)) {
      refuseAction();
      const at = { line: i + 1, column: content.length - trimmed.length + 1 };
      action = { text: tidyAction(trimmed.slice(ACTION.word.length)), at };
      continue;
    }
    const scanned = scanLine(content);
    const [first] = scanned.tokens;
    const r = new Reader(scanned, i + 1);
    if (first === undefined) {
      if (scanned.comment !== null) waiting.push(scanned.comment);
      continue;
    }
    if (withDevice && first.text === DEVICE.word) {
      if (device !== null || lines.length > 0) r.refuse('"device" once, before every operation', first);
      r.take(DEVICE);
      const spec = readDevice(r);
      r.finish();
      if (r.problem === null) device = spec;
      // what is said about the device is said to the first line, which is the next one that has a place for it
      if (r.problem === null && scanned.comment !== null) waiting.push(scanned.comment);
    } else {
      const read = readLine(r);
      if (r.problem === null) {
        const note = tidyNote([...waiting, scanned.comment ?? ''].join('\n'));
        lines.push({ ...read, note, action: action?.text ?? '' });
        lineOf.push(i + 1);
      }
      waiting = [];
      action = null;
    }
    if (r.problem !== null) problems.push(r.problem);
  }

  refuseAction();
  const last = lines.at(-1);
  if (last !== undefined && waiting.length > 0) {
    lines[lines.length - 1] = { ...last, note: tidyNote([last.note, ...waiting].join('\n')) };
  }
  return { script: { device, lines }, problems, lineOf };
}
