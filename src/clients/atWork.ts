// The client at work in a script. Its state is kept nowhere: the text above the lines says what happened, and the client
// goes through it again with the answers that the lines have got. So undo, reload and links bring it back, and lines that
// were edited so that the client would not have sent them are found.

import type { Line, Op } from '../kernel/line.ts';
import type { Action, Answer } from './client.ts';
import { CLIENTS, type ListedClient } from './index.ts';
import type { ClientAt, Perform } from './play.ts';
import { parseSaid } from './words.ts';

/** A line of a script as far as it matters here. */
export interface WrittenLine {
  readonly line: Line;
  readonly action: string;
  readonly disabled: boolean;
}

/** Lines that one thing made the client send, with what the device and others did between them. Lines count from 1. */
export interface Block {
  readonly from: number;
  readonly to: number;
  /** Empty where the client opened the device and nothing else happened. */
  readonly actions: readonly Action[];
  /** Vectors that the guest waits for after it. */
  readonly wants: readonly number[];
}

/** Where a script stops being what the client sent. */
export interface Break {
  /** The line; one past the end where lines are missing. */
  readonly line: number;
  /** What the client would have sent there. */
  readonly expected: Op;
}

/** A client at work. */
export interface AtWork {
  readonly client: ListedClient;
  /** The line with which it opens the device. */
  readonly from: number;
  /** Null where the script is not what it sent. */
  readonly now: ClientAt | null;
  readonly broken: Break | null;
  readonly blocks: readonly Block[];
  /** Lines after it opened the device that reach the device and are not its own. */
  readonly foreign: readonly number[];
  /** The device was taken from it. */
  readonly gone: boolean;
}

/** What may stand between a client's own lines: the device and readers of eventfds act by themselves. */
const BESIDE: ReadonlySet<Op['op']> = new Set(['raise', 'lower', 'read', 'write']);
/** What another owner of the device leaves before a client opens it. */
const BEFORE: ReadonlySet<Op['op']> = new Set(['release', 'reopen']);

/** The last line with which a client opens the device, from 1, or null. */
function openingLine(script: readonly WrittenLine[]): number | null {
  for (let at = script.length; at >= 1; at--) if (clientAt(script[at - 1]) !== null) return at;
  return null;
}

function clientAt(written: WrittenLine | undefined): ListedClient | null {
  if (written === undefined || written.action === '' || written.disabled) return null;
  const label = parseSaid(written.action)?.client ?? null;
  return CLIENTS.find((one) => one.label === label) ?? null;
}

/** The client at work at the end of a script; null where there is none. `answerAt` tells what a line was answered. */
export function clientAtWork(
  script: readonly WrittenLine[],
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
    if (now === null) now = client.start(take);
    for (const action of said.actions) {
      if (now === null) break;
      now = now.act(action, take);
      gone ||= action.kind === 'unplug';
    }
    // an action that was answered by other lines than before may have taken none of them
    if (at === start) at++;
    blocks.push({ from: start, to: at - 1, actions: said.actions, wants: now?.kept.wants ?? [] });
  }
  return { client, from, now, broken, blocks, foreign, gone };
}

/** An operation that changes the interrupts of the device behind the client's back. */
function reachesDevice({ op }: Op): boolean {
  return op === 'set_irqs' || op === 'reset' || op === 'release' || op === 'cfg_write';
}

/** Two operations with the same fields; an operation is plain data. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const one = Object.entries(a);
  const other = new Map(Object.entries(b));
  return one.length === other.size && one.every(([key, value]) => same(value, other.get(key)));
}
