// Replays a session: computes one run per line. A replay made after an edit reuses the runs of the common beginning; the
// kernel calls inside a line are computed on demand by running that line again. A short script is run at once and keeps every
// run. A long one is computed in pieces, keeps a machine every BLOCK lines as bytes, and recomputes the runs between two of
// them on demand.

import type { Frame, Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import type { Line, Op } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import { MSIX_VECTORS_MAX } from '../machine/device.ts';
import type { Machine } from '../machine/machine.ts';
import { BLOCK, type Checkpoint, SparseRuns } from './checkpoints.ts';
import type { ScriptLine } from './script.ts';
import { type Session, type Setup, scriptLine, startingMachine } from './session.ts';

/**
 * Scripts above this cost are computed in pieces: a common line takes about 20 µs in the model and as much again to draw.
 * A line costs 1, plus 1 for every VECTORS_A_LINE vectors that it names. Such a line really costs more; it counts less so that
 * more scripts are short, because only the link of a short script contains a checksum of its results.
 */
const LONG = 400;
const VECTORS_A_LINE = 64;
/** A place at most this many lines after the last known one is computed at once. */
const REACH = 1000;

/** The known runs of a script; only the functions of this module read it. */
interface Runs {
  /** Lines computed so far, from the first on. */
  readonly known: number;
  runAt(line: number): Run | null;
  machineAfter(line: number): Machine;
}

/** The runs of a session's script. */
export interface Replay {
  readonly generation: Generation;
  readonly setup: Setup;
  readonly script: readonly ScriptLine[];
  readonly start: Machine;
  readonly made: Runs;
}

/** All runs of a short script. */
class AllRuns implements Runs {
  readonly runs: readonly (Run | null)[];
  /** The machine after n lines. */
  readonly machines: readonly Machine[];

  constructor(runs: readonly (Run | null)[], machines: readonly Machine[]) {
    this.runs = runs;
    this.machines = machines;
  }

  get known(): number {
    return this.runs.length;
  }

  runAt(line: number): Run | null {
    return this.runs[line - 1] ?? null;
  }

  machineAfter(line: number): Machine {
    const found = this.machines[line] ?? this.machines.at(-1);
    if (found === undefined) throw new Error('a replay without a start');
    return found;
  }
}

/**
 * Returns the replay of a session and reuses the runs of `previous` for the same beginning. It is complete when the script
 * costs at most `long`; of a longer script only that beginning is known until the rest is computed (`workOut`,
 * `addCheckpoint`).
 */
export function replay(session: Session, previous: Replay | null = null, long: number = LONG): Replay {
  const { setup, script } = session;
  const made = generation(session.generation);
  const kept =
    previous !== null && previous.setup === setup && previous.generation === made ? previous : null;
  if (kept !== null && kept.script === script) return kept;
  const start = kept?.start ?? startingMachine(setup);
  const common = kept === null ? 0 : Math.min(commonLines(kept.script, script), kept.made.known);
  const head = { generation: made, setup, script, start };
  const before = kept?.made;
  if (costsMore(script, long)) {
    const runs = new SparseRuns(head);
    if (before instanceof SparseRuns) runs.takeOver(before, common);
    else if (before !== undefined)
      for (let line = BLOCK; line <= common; line += BLOCK) runs.addMachine(line, before.machineAfter(line));
    return { ...head, made: runs };
  }
  const runs: (Run | null)[] = [];
  const machines = [start];
  let machine = start;
  for (const [at, { line, disabled }] of script.entries()) {
    const result = at < common ? (before?.runAt(at + 1) ?? null) : disabled ? null : run(made, machine, line);
    machine = result?.after ?? machine;
    runs.push(result);
    machines.push(machine);
  }
  return { ...head, made: new AllRuns(runs, machines) };
}

/** Returns the replay with every run in memory, however long the script is. */
export function replayWhole(session: Session): Replay {
  return replay(session, null, Number.POSITIVE_INFINITY);
}

/** True for a script that is computed in pieces (`isLong` is the same for its replay). */
export function isLongScript(script: readonly ScriptLine[]): boolean {
  return costsMore(script, LONG);
}

/** Returns the number of vectors that a line can touch; a count larger than its data is refused before any vector. */
function vectorsOf(op: Op): number {
  if (op.op !== 'set_irqs') return 0;
  const most = op.data.kind === 'none' ? MSIX_VECTORS_MAX : Math.min(op.data.values.length, MSIX_VECTORS_MAX);
  return op.data.kind === 'none' && op.count > MSIX_VECTORS_MAX ? 0 : Math.min(op.count, most);
}

function costsMore(script: readonly ScriptLine[], most: number): boolean {
  if (script.length > most) return true;
  let cost = 0;
  for (const { line, disabled } of script) {
    if (disabled) continue;
    cost += 1 + vectorsOf(line.op) / VECTORS_A_LINE;
    if (cost > most) return true;
  }
  return false;
}

/** Returns the replay of one line whose run is already known. */
export function replayOfRun({ generation: made, setup }: Replay, line: Line, result: Run): Replay {
  const { before, after } = result;
  return {
    generation: made,
    setup,
    script: [scriptLine(line)],
    start: before,
    made: new AllRuns([result], [before, after]),
  };
}

/** Returns the number of lines at the beginning that two scripts have in common. */
function commonLines(a: readonly ScriptLine[], b: readonly ScriptLine[]): number {
  let length = 0;
  while (length < a.length && sameRun(a[length], b[length])) length++;
  return length;
}

/** A note does not change a line's effect. */
function sameRun(a: ScriptLine | undefined, b: ScriptLine | undefined): boolean {
  if (a === b) return a !== undefined;
  return a !== undefined && b !== undefined && a.line === b.line && a.disabled === b.disabled;
}

/** Returns the number of lines at the beginning with equal runs: the same lines on the same machine. */
export function commonRuns(a: Replay, b: Replay): number {
  if (a === b) return lineCount(a);
  return a.setup === b.setup && a.generation === b.generation ? commonLines(a.script, b.script) : 0;
}

/** Returns the machine after `line` lines; past the last known line, the last known machine. */
export function machineAfter(replayed: Replay, line: number): Machine {
  return replayed.made.machineAfter(Math.max(0, Math.min(line, replayed.made.known)));
}

/** Returns the number of lines of the script. */
export function lineCount(replayed: Replay): number {
  return replayed.script.length;
}

/** Returns the number of computed lines, from the first on; it grows while a long script is computed. */
export function knownLines(replayed: Replay): number {
  return replayed.made.known;
}

/** True once every line up to this one (counted from 1) is computed. */
export function isKnown(replayed: Replay, line: number): boolean {
  return line <= replayed.made.known;
}

/** True for a script that is computed in pieces. */
export function isLong(replayed: Replay): boolean {
  return replayed.made instanceof SparseRuns;
}

/** Returns the run of the `line`th line (counted from 1), or null when it is left out, not computed yet or absent. */
export function runAt(replayed: Replay, line: number): Run | null {
  return line < 1 || !isKnown(replayed, line) ? null : replayed.made.runAt(line);
}

/** Computes a place near the last known one at once; a farther place is left to the worker. */
export function reach(replayed: Replay, line: number): void {
  if (line - replayed.made.known <= REACH) workOut(replayed, line);
}

/** Computes everything up to `line`, however long it takes. */
export function workOut(replayed: Replay, line: number = lineCount(replayed)): void {
  if (replayed.made instanceof SparseRuns) replayed.made.advance(Math.min(line, lineCount(replayed)));
}

/** Adds a machine that was computed elsewhere, after a whole number of blocks. */
export function addCheckpoint(replayed: Replay, line: number, checkpoint: Checkpoint): void {
  if (replayed.made instanceof SparseRuns) replayed.made.add(line, checkpoint);
}

/** Returns the bytes of the machine after a whole number of blocks, or null. */
export function checkpointAfter(replayed: Replay, line: number): Uint8Array<ArrayBuffer> | null {
  return replayed.made instanceof SparseRuns ? replayed.made.machineBytes(line) : null;
}

/** Returns the bytes of all kept checkpoints; 0 for a short script. */
export function checkpointBytes(replayed: Replay): number {
  return replayed.made instanceof SparseRuns ? replayed.made.bytes : 0;
}

/** Marks the lines after the last checkpoint as computed elsewhere. */
export function setKnown(replayed: Replay, line: number): void {
  if (replayed.made instanceof SparseRuns) replayed.made.reached(line);
}

/** Returns the checkpoints with sums of a long script and the line up to which they reach; null for a short one. */
export function sumsBefore(
  replayed: Replay,
  line: number,
): { readonly line: number; readonly sums: Uint8Array | null } | null {
  return replayed.made instanceof SparseRuns ? replayed.made.sumsBefore(line) : null;
}

const traced = new WeakMap<Run, readonly Frame[]>();
const NO_FRAMES: readonly Frame[] = [];

/** Returns the kernel calls of the `line`th line (counted from 1); recomputed and remembered. */
export function framesOf(replayed: Replay, line: number): readonly Frame[] {
  const result = runAt(replayed, line);
  const entry = replayed.script[line - 1];
  if (result === null || entry === undefined) return NO_FRAMES;
  const known = traced.get(result);
  if (known !== undefined) return known;
  const { frames } = run(replayed.generation, result.before, entry.line, { frames: true });
  traced.set(result, frames);
  return frames;
}
