// What the model answers to a session: one run a line. A replay made after an edit takes over what it has in common with
// the one before; the kernel calls inside a line are made on demand by running that line once more. A short script is run
// at once and every run is kept. A long one is worked out a piece at a time, keeps a machine every BLOCK lines as bytes,
// and makes the runs between two of them again when they are asked for.

import type { Frame, Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import type { Line, Op } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import { BLOCK, type Checkpoint, SparseRuns } from './checkpoints.ts';
import type { ScriptLine } from './script.ts';
import { type Session, type Setup, scriptLine, startingMachine } from './session.ts';

/**
 * Scripts that cost more are worked out a piece at a time: a common line takes some 20 µs in the model and as much in what
 * is drawn from its run. A line costs 1, and as much again for every VECTORS_A_LINE vectors that it names. That is less
 * than they take, because a link has the check of its results only while its script is not long.
 */
const LONG = 400;
const VECTORS_A_LINE = 64;
/** A place so many lines behind the last known one is reached at once. */
const REACH = 1000;
/** No table has more entries (PCI 3.0, 6.8.2.3): of a greater count nothing is done. */
const MOST_VECTORS = 2048;

/** What there is of a script's runs; only the functions of this module look inside. */
interface Runs {
  /** Lines worked out so far, from the first on. */
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

/** Runs of a short script: all of them. */
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
 * The replay of a session, with what `previous` has of the same beginning. Where the script costs up to `long` it is complete;
 * of a longer script only that beginning is known until somebody works out the rest (`workOut`, `addCheckpoint`).
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

/** The replay with every run at hand, however long the script is: for what has to see all of them. */
export function replayWhole(session: Session): Replay {
  return replay(session, null, Number.POSITIVE_INFINITY);
}

/** True for a script that is worked out a piece at a time (`isLong` says it of its replay). */
export function isLongScript(script: readonly ScriptLine[]): boolean {
  return costsMore(script, LONG);
}

/** Vectors that a line can touch; a count that its data does not bear out is refused before any is. */
function vectorsOf(op: Op): number {
  if (op.op !== 'set_irqs') return 0;
  const most = op.data.kind === 'none' ? MOST_VECTORS : Math.min(op.data.values.length, MOST_VECTORS);
  return op.data.kind === 'none' && op.count > MOST_VECTORS ? 0 : Math.min(op.count, most);
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

/** The replay of one line alone, of which there is a run already. */
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

/** How many lines at their beginning two scripts run in common. */
function commonLines(a: readonly ScriptLine[], b: readonly ScriptLine[]): number {
  let length = 0;
  while (length < a.length && sameRun(a[length], b[length])) length++;
  return length;
}

/** A note does not change what a line does. */
function sameRun(a: ScriptLine | undefined, b: ScriptLine | undefined): boolean {
  if (a === b) return a !== undefined;
  return a !== undefined && b !== undefined && a.line === b.line && a.disabled === b.disabled;
}

/** How many lines at the beginning two replays answer alike, because they are the same lines on the same machine. */
export function commonRuns(a: Replay, b: Replay): number {
  if (a === b) return lineCount(a);
  return a.setup === b.setup && a.generation === b.generation ? commonLines(a.script, b.script) : 0;
}

/** The machine after `line` lines; past the last known line it is the last known one. */
export function machineAfter(replayed: Replay, line: number): Machine {
  return replayed.made.machineAfter(Math.max(0, Math.min(line, replayed.made.known)));
}

/** How many lines the script has. */
export function lineCount(replayed: Replay): number {
  return replayed.script.length;
}

/** How many lines from the first on are worked out; it grows while a long script is being worked out. */
export function knownLines(replayed: Replay): number {
  return replayed.made.known;
}

/** True once every line up to this one (counted from 1) is worked out. */
export function isKnown(replayed: Replay, line: number): boolean {
  return line <= replayed.made.known;
}

/** True for a script that is worked out a piece at a time. */
export function isLong(replayed: Replay): boolean {
  return replayed.made instanceof SparseRuns;
}

/** The run of the `line`th line (counted from 1), or null: it is left out, not known yet, or there is no such line. */
export function runAt(replayed: Replay, line: number): Run | null {
  return line < 1 || !isKnown(replayed, line) ? null : replayed.made.runAt(line);
}

/** Works out a place that is near what is known, at once. What is farther is left to who works out the rest. */
export function reach(replayed: Replay, line: number): void {
  if (line - replayed.made.known <= REACH) workOut(replayed, line);
}

/** Works out everything up to `line`, however long that takes. */
export function workOut(replayed: Replay, line: number = lineCount(replayed)): void {
  if (replayed.made instanceof SparseRuns) replayed.made.advance(Math.min(line, lineCount(replayed)));
}

/** Takes over a machine that was worked out elsewhere, after a whole number of blocks. */
export function addCheckpoint(replayed: Replay, line: number, checkpoint: Checkpoint): void {
  if (replayed.made instanceof SparseRuns) replayed.made.add(line, checkpoint);
}

/** The bytes of the machine that is kept after a whole number of blocks, or null. */
export function checkpointAfter(replayed: Replay, line: number): Uint8Array<ArrayBuffer> | null {
  return replayed.made instanceof SparseRuns ? replayed.made.machineBytes(line) : null;
}

/** The lines behind the last checkpoint were worked out elsewhere too. */
export function setKnown(replayed: Replay, line: number): void {
  if (replayed.made instanceof SparseRuns) replayed.made.reached(line);
}

/** Of a long script: up to which line there are checkpoints with sums, and what they are; null for a short one. */
export function sumsBefore(
  replayed: Replay,
  line: number,
): { readonly line: number; readonly sums: Uint8Array | null } | null {
  return replayed.made instanceof SparseRuns ? replayed.made.sumsBefore(line) : null;
}

const traced = new WeakMap<Run, readonly Frame[]>();
const NO_FRAMES: readonly Frame[] = [];

/** The kernel calls of the `line`th line (counted from 1), made again and remembered. */
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
