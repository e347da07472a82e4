// When each vector got or lost an irq, or changed its state: an index over the whole script, so that a window of it is
// drawn at the cost of the window. One index is kept; asked for another replay it is wound back to where the two part
// and forward again, so that a line added at the end costs that line.

import type { Run } from '../../kernel/frame.ts';
import type { MsiDesc } from '../../machine/machine.ts';
import { commonRuns, knownLines, type Replay, runAt } from '../../session/replay.ts';

/** A stretch of time in which a vector has one irq in one state. */
export interface Segment {
  readonly vector: number;
  readonly state: 'cached' | 'attached';
  readonly irq: number;
  /** Lines: from after line `from` to before line `to`. */
  readonly from: number;
  readonly to: number;
}

/** From this line on the vector has this irq in this state, or none. */
interface Turn {
  readonly line: number;
  readonly state: Segment['state'] | null;
  readonly irq: number;
}

/** What is kept of a replay. */
interface LaneIndex {
  replayed: Replay | null;
  /** By vector, in the order of lines. */
  readonly turns: Map<number, Turn[]>;
  /** By vector: at how many lines the device raised it; such a vector has a lane also without an irq. */
  readonly raised: Map<number, number>;
  /** What to take back when the index is wound back: a vector of `turns` or of `raised`, by line. */
  readonly log: { readonly line: number; readonly vector: number; readonly turn: boolean }[];
  /** The vectors that have a lane, in ascending order; null when a lane came or went. */
  vectors: readonly number[] | null;
}

const index: LaneIndex = { replayed: null, turns: new Map(), raised: new Map(), log: [], vectors: null };

/** The index of a replay. It holds until it is asked for another. */
export function laneIndex(replayed: Replay): LaneIndex {
  if (index.replayed === replayed) return index;
  const common = index.replayed === null ? 0 : commonRuns(index.replayed, replayed);
  windBack(common);
  for (let line = common + 1; line <= knownLines(replayed); line++) {
    const run = runAt(replayed, line);
    if (run !== null) note(run, line);
  }
  index.replayed = replayed;
  return index;
}

function windBack(line: number): void {
  for (let last = index.log.at(-1); last !== undefined && last.line > line; last = index.log.at(-1)) {
    index.log.pop();
    const { vector, turn } = last;
    if (turn) {
      const turns = index.turns.get(vector);
      turns?.pop();
      if (turns?.length === 0) index.turns.delete(vector);
    } else {
      const times = (index.raised.get(vector) ?? 1) - 1;
      if (times === 0) index.raised.delete(vector);
      else index.raised.set(vector, times);
    }
    index.vectors = null;
  }
}

function note(run: Run, line: number): void {
  run.after.domain.descs.changesSince(run.before.domain.descs, (vector, now, then) => {
    if (stateOf(now) === stateOf(then) && now?.irq === then?.irq) return;
    const turn = { line, state: stateOf(now), irq: now?.irq ?? 0 };
    const turns = index.turns.get(vector);
    if (turns === undefined) {
      index.turns.set(vector, [turn]);
      index.vectors = null;
    } else turns.push(turn);
    index.log.push({ line, vector, turn: true });
  });
  for (const happening of run.happenings) {
    if (happening.kind !== 'raised' && happening.kind !== 'freed') continue;
    const { vector } = happening;
    const times = index.raised.get(vector) ?? 0;
    if (times === 0) index.vectors = null;
    index.raised.set(vector, times + 1);
    index.log.push({ line, vector, turn: false });
  }
}

function stateOf(desc: MsiDesc | undefined): Segment['state'] | null {
  if (desc === undefined) return null;
  return desc.handler === null ? 'cached' : 'attached';
}

/** The vectors that have a lane, in ascending order. */
export function vectorsOf(of: LaneIndex): readonly number[] {
  of.vectors ??= [...new Set([...of.turns.keys(), ...of.raised.keys()])].sort((a, b) => a - b);
  return of.vectors;
}

/** The segments of a vector that reach into lines `from` to `to`, of `last` lines in all. */
export function segmentsOf(
  of: LaneIndex,
  vector: number,
  from: number,
  to: number,
  last: number,
): readonly Segment[] {
  const turns = of.turns.get(vector) ?? [];
  const segments: Segment[] = [];
  for (let at = turnAt(turns, from); at < turns.length; at++) {
    const turn = turns[at];
    if (turn === undefined || turn.line > to) break;
    const { state, irq, line } = turn;
    if (state !== null)
      segments.push({ vector, state, irq, from: line, to: turns[at + 1]?.line ?? last + 1 });
  }
  return segments;
}

/** The turn that is in force at a line, or the first. */
function turnAt(turns: readonly Turn[], line: number): number {
  let low = 0;
  let high = turns.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((turns[middle]?.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low;
}
