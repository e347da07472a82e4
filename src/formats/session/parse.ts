// Reads the file of a session. A problem names the path of its field; a file with a problem is not opened.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import { type ScriptLine, type TracedResult, tidyAction, tidyNote } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { opOf } from '../recording/parse.ts';
import { headSchema, type ReadLine, sessionSchema, VERSION } from './schema.ts';

/** The beginning of such a file; `parseSession` checks the rest. */
const BEGIN = /^\uFEFF?\s*\{\s*"irqscope"\s*:\s*"session"/;

/** Problems that are listed. */
const TOLD = 20;

/** True if the text begins like the file of a session. */
export function looksLikeSession(text: string): boolean {
  return BEGIN.test(text);
}

/** Parses the text of a file without throwing. A problem names its field, for instance `script[3].op.fd`. */
export function parseSession(text: string): Result<Session> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return failed(jsonProblem(text, error));
  }
  const head = v.safeParse(headSchema, json);
  if (!head.success) return failedBy(head.issues);
  if (head.output.version > VERSION) {
    const expected = `version ${VERSION} or older`;
    return failed({
      at: { path: 'version' },
      expected,
      found: `${head.output.version}, created by a newer irqscope`,
    });
  }
  const parsed = v.safeParse(sessionSchema, json);
  if (!parsed.success) return failedBy(parsed.issues);
  const { generation, deviceName, device, host, command, cursor, script } = parsed.output;
  if (cursor.line > script.length) {
    const expected = `a line of the script (0 to ${script.length})`;
    return failed({ at: { path: 'cursor.line' }, expected, found: String(cursor.line) });
  }
  if (cursor.line === 0 && cursor.step !== null) {
    return failed({
      at: { path: 'cursor.step' },
      expected: 'null at the start',
      found: String(cursor.step),
    });
  }
  return ok({
    setup: { deviceName, device, host, command },
    generation,
    script: script.map(scriptLineOf),
    cursor,
  });
}

function scriptLineOf({ op, faults, raises, note, action, disabled, traced }: ReadLine): ScriptLine {
  const line = { op: opOf(op), faults, ...(raises.length === 0 ? {} : { raises }) };
  const read = { line, note: tidyNote(note), action: tidyAction(action), disabled };
  return traced === undefined ? read : { ...read, traced: tracedOf(traced) };
}

function tracedOf({ ret, errno, out, uncompared }: NonNullable<ReadLine['traced']>): TracedResult {
  const { value, flags, count, regions, irqs } = out ?? {};
  const values = {
    ...(value === undefined ? {} : { value }),
    ...(flags === undefined ? {} : { flags }),
    ...(count === undefined ? {} : { count }),
    ...(regions === undefined ? {} : { regions }),
    ...(irqs === undefined ? {} : { irqs }),
  };
  const traced = { ret, errno, out: out === null ? null : values };
  return uncompared === undefined ? traced : { ...traced, uncompared };
}

function failedBy(issues: readonly [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): Result<never> {
  const [first, ...more] = issues;
  return failed(problemOf(first), ...more.slice(0, TOLD - 1).map(problemOf));
}

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  const path = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
  return {
    at: path === '' ? {} : { path },
    expected: issue.expected ?? issue.message,
    found: issue.received,
  };
}

/** Returns the place at which the text stops being JSON, if the JSON parser names it. */
function jsonProblem(text: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message : 'invalid JSON';
  const [, digits] = /position (\d+)/.exec(message) ?? [];
  const expected = 'JSON';
  if (text.trim() === '') return { at: {}, expected, found: 'an empty text' };
  if (digits === undefined) return { at: {}, expected, found: message };
  const before = text.slice(0, Number(digits)).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return { at: { line: before.length, column }, expected, found: message };
}
