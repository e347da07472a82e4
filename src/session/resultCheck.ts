// A short checksum of the model's results along a script. With it the page shows a person who opens an old link the first lines
// whose results differ from those when the link was created.

import type { Run } from '../kernel/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { observe } from './observe.ts';
import { isLong, lineCount, machineAfter, type Replay, runAt } from './replay.ts';

/** Bytes of a running value at equal distances, and the value after the last line including its state. */
export interface ResultCheck {
  readonly marks: readonly number[];
  readonly end: number;
}

/** The highest number of marks, whatever the length of the script. */
const MARKS = 64;
const SEED = 0x811c9dc5;

function hash(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}

/** Converts values that JSON does not have. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Map ? [...value] : value;
}

const known = new WeakMap<Run | Machine, number>();

function runHash(run: Run | null): number {
  if (run === null) return 1;
  const found = known.get(run);
  if (found !== undefined) return found;
  const { ret, errno, out, happenings } = run;
  const made = hash(JSON.stringify([ret, errno, out, happenings], plain), SEED);
  known.set(run, made);
  return made;
}

function stateHash(machine: Machine): number {
  const found = known.get(machine);
  if (found !== undefined) return found;
  const made = hash(JSON.stringify(observe(machine), plain), SEED);
  known.set(machine, made);
  return made;
}

/** Returns the checksum of a replay; null for a long script, whose runs are not all in memory. */
export function resultCheck(replayed: Replay): ResultCheck | null {
  if (isLong(replayed)) return null;
  const lines = lineCount(replayed);
  const every = stride(lines);
  const marks: number[] = [];
  let value = SEED;
  for (let line = 1; line <= lines; line++) {
    value = Math.imul(value ^ runHash(runAt(replayed, line)), 0x01000193) >>> 0;
    value = (value ^ (value >>> 15)) >>> 0;
    if (line % every === 0 || line === lines) marks.push(value & 0xff);
  }
  return { marks, end: (value ^ stateHash(machineAfter(replayed, lines))) >>> 0 };
}

function stride(lines: number): number {
  return Math.max(1, Math.ceil(lines / MARKS));
}

/** Returns the range of lines with the first different result, counted from 1; null when all results are equal. */
export function firstChange(
  then: ResultCheck,
  replayed: Replay,
): { readonly first: number; readonly last: number } | null {
  const now = resultCheck(replayed);
  if (now === null) return null;
  const lines = lineCount(replayed);
  const every = stride(lines);
  const at = now.marks.findIndex((mark, i) => mark !== then.marks[i]);
  if (at >= 0) return { first: at * every + 1, last: Math.min((at + 1) * every, lines) };
  return now.end === then.end ? null : { first: Math.min(1, lines), last: lines };
}
