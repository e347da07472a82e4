// Sums over the lines of a replay, so that the page looks up a place of the script instead of counting again. A short script has
// a sum for every line, and an edit keeps those of the common beginning. A long script has sums as bytes at its checkpoints; the
// lines after a checkpoint are added on demand.

import type { Packer, Unpacker } from '../base/packed.ts';
import type { Run } from '../kernel/frame.ts';
import { BLOCK } from '../session/checkpoints.ts';
import {
  commonRuns,
  isLong,
  knownLines,
  lineCount,
  type Replay,
  runAt,
  sumsBefore,
} from '../session/replay.ts';

/** A sum over lines, with its form in bytes. */
export interface Fold<T> {
  readonly start: T;
  /** Adds a line; never called for a skipped line. */
  readonly add: (sum: T, run: Run, line: number) => T;
  readonly write: (w: Packer, sum: T) => void;
  /** Reads the bytes of `write`; the reader records a failure. */
  readonly read: (r: Unpacker) => T;
}

/** Returns the sum of this fold from the bytes of a checkpoint, which contain the sums of all folds; null if unreadable. */
export type FindSum<T> = (sums: Uint8Array) => T | null;

/** Returns a function for the sum after `line` lines of a replay; past the last known line, the sum of the known lines. */
export function sumAt<T>(fold: Fold<T>, find: FindSum<T>): (replayed: Replay, line: number) => T {
  const short = sumsOfAll(fold);
  const long = sumOfLong(fold, find);
  return (replayed, line) => {
    const to = Math.max(0, Math.min(line, knownLines(replayed)));
    return isLong(replayed) ? long(replayed, to) : (short(replayed)[to] ?? fold.start);
  };
}

function sumsOfAll<T>({ start, add }: Fold<T>): (replayed: Replay) => readonly T[] {
  let last: { readonly replayed: Replay; readonly sums: readonly T[] } | null = null;
  return (replayed) => {
    if (last?.replayed === replayed) return last.sums;
    const common = last === null ? 0 : commonRuns(last.replayed, replayed);
    const sums = last === null ? [start] : last.sums.slice(0, common + 1);
    let sum = sums.at(-1) ?? start;
    for (let line = sums.length; line <= lineCount(replayed); line++) {
      const run = runAt(replayed, line);
      sum = run === null ? sum : add(sum, run, line);
      sums.push(sum);
    }
    last = { replayed, sums };
    return sums;
  };
}

/** Sums kept while counting, by line. */
interface Remembered<T> {
  readonly replayed: Replay;
  readonly sums: Map<number, T>;
}

/** The most kept sums. With them a move to a neighbouring line adds only that line. */
const REMEMBERED = 64;

function sumOfLong<T>({ start, add }: Fold<T>, find: FindSum<T>): (replayed: Replay, line: number) => T {
  let last: Remembered<T> | null = null;
  return (replayed, to) => {
    if (last?.replayed !== replayed) last = { replayed, sums: new Map() };
    const { sums } = last;
    const found = nearest(sums, to);
    const kept = sumsBefore(replayed, to);
    let line = 0;
    let sum = start;
    if (found !== null && found >= (kept?.line ?? 0)) {
      line = found;
      sum = sums.get(found) ?? start;
    } else if (kept?.sums != null) {
      const read = find(kept.sums);
      if (read !== null) {
        line = kept.line;
        sum = read;
      }
    }
    while (line < to) {
      line++;
      const run = runAt(replayed, line);
      if (run !== null) sum = add(sum, run, line);
      if (line % BLOCK === 0) sums.set(line, sum);
    }
    sums.set(to, sum);
    for (const oldest of sums.keys()) {
      if (sums.size <= REMEMBERED) break;
      sums.delete(oldest);
    }
    return sum;
  };
}

/** Returns the last line with a kept sum at or before `line`; null without any. */
function nearest(sums: ReadonlyMap<number, unknown>, line: number): number | null {
  let best: number | null = null;
  for (const at of sums.keys()) if (at <= line && at > (best ?? -1)) best = at;
  return best;
}
