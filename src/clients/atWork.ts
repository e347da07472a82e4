// Finds the client at work in a script. A client's state is not stored: the action texts of the lines name the events, and
// the same client is run over them again with the results of the lines. So undo, reload and links restore the client, and a
// line that the client would not have sent is found.

import type { Line, Op } from '../kernel/line.ts';
import type { Device } from '../machine/device.ts';
import type { Action, Answer } from './client.ts';
import type { ListedClient } from './index.ts';
import type { ClientAt, Perform } from './play.ts';
import { parseSaid } from './words.ts';

/** The relevant part of a script line. */
export interface WrittenLine {
  readonly line: Line;
  readonly action: string;
  readonly disabled: boolean;
}

/** The lines that a client sent after one event, with the actions of the device and others between them. Lines count from 1. */
export interface Block {
  readonly from: number;
  readonly to: number;
  /** Empty when the client only opened the device. */
  readonly actions: readonly Action[];
  /** Vectors from which the guest expects interrupts after it. */
  readonly wants: readonly number[];
}

/** The first place where a script differs from the client's operations. */
export interface Break {
  /** The line; one past the end when lines are missing. */
  readonly line: number;
  /** The operation that the client would have sent there. */
  readonly expected: Op;
}

/** A client at work. */
export interface AtWork {
  readonly client: ListedClient;
  /** The line with which it opens the device. */
  readonly from: number;
  /** Null when the script matches the client. */
  readonly now: ClientAt | null;
  readonly broken: Break | null;
  readonly blocks: readonly Block[];
  /** Lines after it opened the device that act on the device and are not its own. */
  readonly foreign: readonly number[];
  /** The device was unplugged, or the program has ended. */
  readonly gone: boolean;
}

/** Operations that may come between a client's own lines: actions of the device and of readers of eventfds. */
const BESIDE: ReadonlySet<Op['op']> = new Set(['raise', 'lower', 'read', 'write']);
/** Operations of a previous owner of the device before a client opens it. */
const BEFORE: ReadonlySet<Op['op']> = new Set(['release', 'reopen']);

/** Returns the last line with which a client opens the device, from 1, or null. */
function openingLine(script: readonly WrittenLine[]): number | null {
  for (let at = script.length; at >= 1; at--) if (clientAt(script[at - 1]) !== null) return at;
  return null;
}

function clientAt(written: WrittenLine | undefined): ListedClient | null {
  if (written === undefined || written.action === '' || written.disabled) return null;
  return parseSaid(written.action)?.client ?? null;
}

/** Returns the client at work at the end of a script, or null. `answerAt` returns the result of a line. */
export function clientAtWork(
  script: readonly WrittenLine[],
  device: Device,
  answerAt: (line: number) => Answer | null,
): AtWork | null {
  const from = openingLine(script);
  const client = from === null ? null : clientAt(script[from - 1]);
  if (from === null || client === null) return null;
  const blocks: Block[] = [];
  const foreign: number[] = [];
  let at = from;
  let broken: Break | null = null;
  let opening = true;
  const take: Perform = (op) => {
    for (; at <= script.length; at++) {
      const written = script[at - 1];
      if (written === undefined) break;
      if (written.disabled) continue;
      if (same(written.line.op, op)) {
        opening = false;
        const answer = answerAt(at++);
        if (answer === null) break;
        return answer;
      }
      const beside = BESIDE.has(written.line.op.op) || (opening && BEFORE.has(written.line.op.op));
      if (!beside) break;
    }
    broken ??= { line: at, expected: op };
    return null;
  };
  let now: ClientAt | null = null;
  let gone = false;
  while (at <= script.length && broken === null) {
    const written = script[at - 1];
    const said = written === undefined || written.disabled ? null : parseSaid(written.action);
    if (written === undefined || said === null || (blocks.length > 0 && said.client !== null)) {
      if (written !== undefined && !written.disabled && reachesDevice(written.line.op)) foreign.push(at);
      at++;
      continue;
    }
    const start = at;
    if (now === null) now = client.start(device, take);
    for (const action of said.actions) {
      if (now === null) break;
      now = now.act(action, take);
      gone ||= action.kind === 'unplug' || action.kind === 'end';
    }
    // with other results than before, an action may have sent no line
    if (at === start) at++;
    blocks.push({ from: start, to: at - 1, actions: said.actions, wants: now?.kept.wants ?? [] });
  }
  return { client, from, now, broken, blocks, foreign, gone };
}

/** True for an operation that changes the interrupts of the device without the client's knowledge. */
function reachesDevice({ op }: Op): boolean {
  return op === 'set_irqs' || op === 'reset' || op === 'hot_reset' || op === 'release' || op === 'cfg_write';
}

/** Compares two operations field by field; an operation is plain data. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const one = Object.entries(a);
  const other = new Map(Object.entries(b));
  return one.length === other.size && one.every(([key, value]) => same(value, other.get(key)));
}
