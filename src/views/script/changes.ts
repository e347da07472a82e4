// The effect of an edit on later lines: lines in both scripts whose result or state
// differs.

import { grouped } from '../../base/grouped.ts';
import type { Line } from '../../kernel/line.ts';
import type { Machine } from '../../machine/machine.ts';
import { commonRuns, machineAfter, type Replay, runAt } from '../../session/replay.ts';
import {
  counterKey,
  type Difference,
  type Field,
  machineDifferences,
} from '../../session/stateDifferences.ts';
import { answerText } from '../../text/answer.ts';

/** Two replays with their lines matched. */
export interface Changes {
  readonly before: Replay;
  readonly after: Replay;
  /** Line after → the same line before, both from 1, without the common beginning. */
  readonly matched: { readonly get: (line: number) => number | undefined };
  /** Line after → its result before, for lines whose result differs. */
  readonly results: ChangedResults;
}

/** Changed results by line; a `Map` fits. */
export interface ChangedResults {
  readonly size: number;
  has(line: number): boolean;
  get(line: number): string | undefined;
  keys(): Iterable<number>;
}

/** Matches the lines of two replays and compares their results. */
export function changesBetween(before: Replay, after: Replay): Changes {
  const matched = matchLines(before, after);
  const results = new Map<number, string>();
  for (const [line, then] of matched) {
    const was = runAt(before, then);
    const is = runAt(after, line);
    // a line that was skipped or enabled has changed itself; marks are for later lines
    const op = after.script[line - 1]?.line.op;
    if (was === null || is === null || op === undefined) continue;
    const text = answerText(op, was);
    if (text !== answerText(op, is)) results.set(line, text);
  }
  return { before, after, matched, results };
}

/** Matches lines by object identity; queues handle copies, which share one object. */
function matchLines(before: Replay, after: Replay): ReadonlyMap<number, number> {
  const common = commonRuns(before, after);
  const waiting = new Map<Line, number[]>();
  for (let at = before.script.length - 1; at >= common; at--) {
    const line = before.script[at]?.line;
    if (line === undefined) continue;
    const places = waiting.get(line);
    if (places === undefined) waiting.set(line, [at + 1]);
    else places.push(at + 1);
  }
  const matched = new Map<number, number>();
  for (let at = common; at < after.script.length; at++) {
    const line = after.script[at]?.line;
    const then = line === undefined ? undefined : waiting.get(line)?.pop();
    if (then !== undefined) matched.set(at + 1, then);
  }
  return matched;
}

/** Returns the first difference of the state after a line, in words; null if the state is equal. */
export function stateChange({ before, after, matched }: Changes, line: number): string | null {
  const then = matched.get(line);
  if (then === undefined || runAt(after, line) === null) return null;
  const was = machineAfter(before, then);
  const is = machineAfter(after, line);
  return was === is ? null : stateDifference(was, is);
}

/** The fields that the marks name, the most important first. */
const TOLD: readonly (readonly Field[])[] = [
  ['irqType'],
  ['allocated', 'irq', 'requested'],
  ['handler'],
  ['entry'],
  ['file'],
  ['counter'],
  ['intx.requested', 'intx.trigger', 'intx.unmask', 'intx.masked', 'intx.looping'],
  ['openCount', 'command'],
];

function stateDifference(was: Machine, is: Machine): string | null {
  const found = machineDifferences(was, is);
  for (const fields of TOLD) {
    for (const one of found) {
      const text = fields.includes(one.field) ? differenceText(one, was, is) : null;
      if (text !== null) return text;
    }
  }
  return null;
}

/** Returns a difference in words; null for one that no pane shows. */
function differenceText({ field, at }: Difference, was: Machine, is: Machine): string | null {
  const say = (noun: string, words: (machine: Machine) => string): string =>
    `${noun} ${at} ${words(is)}, was ${words(was)}`;
  const place = at ?? 0;
  switch (field) {
    case 'irqType':
      return 'a different interrupt mode';
    case 'allocated':
    case 'irq':
    case 'requested':
      return say('vector', (machine) => irqWords(machine, place));
    case 'handler':
      return `ctx ${at}`;
    case 'entry': {
      const [then, now] = [was, is].map((machine) => entryWords(machine, place));
      return then === now ? null : `entry ${at} ${now}, was ${then}`;
    }
    case 'file':
      return was.fds.has(place) === is.fds.has(place)
        ? null
        : say('fd', (machine) => (machine.fds.has(place) ? 'open' : 'closed'));
    case 'counter':
      return is.fds.has(place)
        ? `counter of fd ${at} ${counterText(is, place)}, was ${counterText(was, place)}`
        : null;
    case 'openCount':
    case 'command':
      return 'the command register';
    default:
      return 'INTx';
  }
}

function irqWords({ domain }: Machine, vector: number): string {
  const desc = domain.descs.get(vector);
  return desc === undefined
    ? 'not allocated'
    : `irq ${desc.irq}, ${desc.handler === null ? 'cached' : 'attached'}`;
}

function entryWords({ pci }: Machine, vector: number): string {
  const entry = pci.entries.get(vector);
  return `${entry?.masked === false ? 'unmasked' : 'masked'}${entry?.pending === true ? ', pending' : ''}`;
}

function counterText(machine: Machine, fd: number): string {
  return String(counterKey(machine, fd) ?? 'undefined');
}

/** Returns the number of changes, for instance `2 results changed`; null without changes. */
export function changesSentence({ results }: Changes): string | null {
  if (results.size === 0) return null;
  return results.size === 1 ? '1 result changed' : `${grouped(results.size)} results changed`;
}
