// What an edit changed downstream: the lines that are in the script before and after it, and whose result or whose state
// behind them is another.

import type { IntMap } from '../../base/intMap.ts';
import type { Line } from '../../kernel/line.ts';
import type { Eventfd, Machine } from '../../machine/machine.ts';
import { commonRuns, machineAfter, type Replay, runAt } from '../../session/replay.ts';
import { eventfdName } from '../wiring/eventfds.ts';
import { answerText } from './answers.ts';

/** Two replays with their lines matched. */
export interface Changes {
  readonly before: Replay;
  readonly after: Replay;
  /** Line after → the same line before, both from 1; lines of the common beginning are left out. */
  readonly matched: { readonly get: (line: number) => number | undefined };
  /** Line after → its result before in words, where the result is another. */
  readonly results: ChangedResults;
}

/** Changed results by line; a map is one. */
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
    // a line that is taken in or left out has changed itself; the mark is for what followed from it
    if (was === null || is === null) continue;
    const text = answerText(was);
    if (text !== answerText(is)) results.set(line, text);
  }
  return { before, after, matched, results };
}

/** A line object stands for the line wherever it goes; a copy of a line is the same object again, hence the queues. */
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

/** The first thing in which the state behind a line differs from before the edit, in words; null where nothing does. */
export function stateChange({ before, after, matched }: Changes, line: number): string | null {
  const then = matched.get(line);
  if (then === undefined || runAt(after, line) === null) return null;
  const was = machineAfter(before, then);
  const is = machineAfter(after, line);
  return was === is ? null : stateDifference(was, is);
}

function stateDifference(was: Machine, is: Machine): string | null {
  const comparisons = [
    () => (was.vdev.irq_type === is.vdev.irq_type ? null : 'another interrupt mode'),
    () =>
      firstDifference(
        was.domain.descs,
        is.domain.descs,
        'vector',
        (desc) => {
          if (desc === undefined) return 'not allocated';
          return `irq ${desc.irq}, ${desc.handler === null ? 'cached' : 'attached'}`;
        },
        (a, b) => a?.irq === b?.irq && (a?.handler == null) === (b?.handler == null),
      ),
    () =>
      firstDifference(
        was.vdev.ctx,
        is.vdev.ctx,
        'ctx',
        () => 'changed',
        (a, b) => nameOf(was, a?.trigger ?? null) === nameOf(is, b?.trigger ?? null),
      ),
    () =>
      firstDifference(
        was.pci.entries,
        is.pci.entries,
        'entry',
        (entry) => {
          const words = [
            entry?.masked === false ? 'unmasked' : 'masked',
            ...(entry?.pending === true ? ['pending'] : []),
          ];
          return words.join(', ');
        },
        (a, b) =>
          (a?.masked ?? true) === (b?.masked ?? true) && (a?.pending ?? false) === (b?.pending ?? false),
      ),
    () =>
      firstDifference(
        was.fds,
        is.fds,
        'fd',
        (file) => (file === undefined ? 'closed' : 'open'),
        (a, b) => (a === undefined) === (b === undefined),
      ),
    () => counterDifference(was, is),
    () =>
      was.vdev.intx === is.vdev.intx || JSON.stringify(was.vdev.intx) === JSON.stringify(is.vdev.intx)
        ? null
        : 'INTx',
    () => (was.opened === is.opened && was.pci.command === is.pci.command ? null : 'the command register'),
  ];
  for (const compare of comparisons) {
    const found = compare();
    if (found !== null) return found;
  }
  return null;
}

/** The first key at which two maps say something else. */
function firstDifference<V>(
  was: IntMap<V>,
  is: IntMap<V>,
  noun: string,
  say: (value: V | undefined) => string,
  same: (a: V | undefined, b: V | undefined) => boolean,
): string | null {
  let found: string | null = null;
  is.changesSince(was, (key, now, then) => {
    if (found !== null || same(then, now)) return;
    const [a, b] = [say(then), say(now)];
    found = a === b ? `${noun} ${key}` : `${noun} ${key} ${b}, was ${a}`;
  });
  return found;
}

function counterDifference(was: Machine, is: Machine): string | null {
  const counter = (machine: Machine, fd: number): Eventfd | undefined => {
    const file = machine.fds.get(fd);
    return file?.kind === 'eventfd' ? machine.eventfds.get(file.ev) : undefined;
  };
  for (const fd of is.fds.keys()) {
    const [a, b] = [counter(was, fd)?.count, counter(is, fd)?.count];
    if (a !== b) return `counter of fd ${fd} ${b}, was ${a}`;
  }
  return null;
}

/** An eventfd by its descriptors; object numbers shift when an eventfd is made earlier. */
function nameOf(machine: Machine, ev: number | null): string {
  return ev === null ? 'none' : eventfdName(machine, ev);
}

/** How much has changed, for instance `2 results changed`; null where none has. */
export function changesSentence({ results }: Changes): string | null {
  if (results.size === 0) return null;
  return results.size === 1 ? '1 result changed' : `${results.size.toLocaleString('en')} results changed`;
}
