// The runs of a long script: a machine every BLOCK lines as bytes; the runs between two of them are recomputed on demand.
// Only some blocks are remembered, so memory grows with the checkpoints and not with the runs; and of very long scripts only every
// second, fourth, … checkpoint is kept, so that all of them stay below a limit.

import type { Run } from '../kernel/frame.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import { decodeMachine, encodeMachine } from '../machine/snapshot.ts';
import type { ScriptLine } from './script.ts';
import type { Setup } from './session.ts';

/** Lines between two checkpoints; running this many again takes some milliseconds. */
export const BLOCK = 128;
/** Blocks whose runs are remembered. */
const REMEMBERED = 24;
/** The most bytes of the checkpoints of one script. */
export const MOST_BYTES = 128 * 2 ** 20;
/** The last checkpoints are kept in any case: edits are mostly made at the end. */
const LAST = 16;

/** The data stored after a block. */
export interface Checkpoint {
  /** The machine (machine/snapshot.ts). */
  readonly machine: Uint8Array<ArrayBuffer>;
  /** Sums over the lines so far, encoded by views/fold.ts; null when they are not counted yet. */
  readonly sums: Uint8Array<ArrayBuffer> | null;
}

/** The inputs of the runs. */
interface Source {
  readonly generation: Generation;
  readonly setup: Setup;
  readonly script: readonly ScriptLine[];
  readonly start: Machine;
}

/** The runs of one block from its first line on, as far as they were needed. */
interface Block {
  readonly start: Machine;
  readonly runs: (Run | null)[];
  last: Machine;
}

/** The runs of a long script. Lines count from 1; the checkpoint `n` is the one after `n` × BLOCK lines. */
export class SparseRuns {
  readonly #source: Source;
  /** Index n − 1 is checkpoint n; null for one that is not kept. */
  readonly #checkpoints: (Checkpoint | null)[] = [];
  readonly #mostBytes: number;
  #bytes = 0;
  /** Before the last checkpoints, those whose number is a multiple of this are kept. */
  #stride = 1;
  #known = 0;
  /** The block used last comes last. */
  readonly #blocks = new Map<number, Block>();

  /** `mostBytes` limits the bytes of the checkpoints. */
  constructor(source: Source, mostBytes = MOST_BYTES) {
    this.#source = source;
    this.#mostBytes = mostBytes;
  }

  /** The bytes of the kept checkpoints. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Lines computed so far. */
  get known(): number {
    return this.#known;
  }

  /** Returns the run of a known line; null for one that is left out. */
  runAt(line: number): Run | null {
    const at = (line - 1) % BLOCK;
    return this.#blockUpTo(Math.floor((line - 1) / BLOCK), at + 1).runs[at] ?? null;
  }

  /** Returns the machine after this many lines, all of them known. */
  machineAfter(line: number): Machine {
    const count = line % BLOCK;
    const block = this.#blockUpTo(Math.floor(line / BLOCK), count);
    return machineIn(block, count);
  }

  /** Computes the lines up to this one. */
  advance(line: number): void {
    while (this.#known < line) {
      const at = Math.floor(this.#known / BLOCK);
      const to = Math.min(line, (at + 1) * BLOCK);
      const { last } = this.#blockUpTo(at, to - at * BLOCK);
      this.#known = to;
      if (to === (at + 1) * BLOCK) this.addMachine(to, last);
    }
  }

  /** Stores the machine after a whole number of blocks, if it is the next checkpoint. */
  addMachine(line: number, machine: Machine): void {
    if (line === (this.#checkpoints.length + 1) * BLOCK)
      this.add(line, { machine: encodeMachine(machine), sums: null });
  }

  /** Stores the next checkpoint, or adds the sums to an existing one. */
  add(line: number, checkpoint: Checkpoint): void {
    const at = line / BLOCK - 1;
    const had = this.#checkpoints[at];
    if (had === undefined && at === this.#checkpoints.length) {
      this.#checkpoints.push(checkpoint);
      this.#bytes += sizeOf(checkpoint);
      this.#known = Math.max(this.#known, line);
      this.#thin();
    } else if (had !== undefined && had !== null && had.sums === null && checkpoint.sums !== null) {
      this.#checkpoints[at] = { machine: had.machine, sums: checkpoint.sums };
      this.#bytes += checkpoint.sums.length;
    }
  }

  /** Drops the checkpoint that is no longer one of the last, and further ones while all of them are too large. */
  #thin(): void {
    this.#dropUnlessKept(this.#checkpoints.length - LAST);
    while (this.#bytes > this.#mostBytes && this.#stride < this.#checkpoints.length) {
      this.#stride *= 2;
      for (let number = 1; number <= this.#checkpoints.length - LAST; number++) this.#dropUnlessKept(number);
    }
  }

  #dropUnlessKept(number: number): void {
    const checkpoint = this.#checkpoints[number - 1];
    if (checkpoint === undefined || checkpoint === null || number % this.#stride === 0) return;
    this.#checkpoints[number - 1] = null;
    this.#bytes -= sizeOf(checkpoint);
  }

  /** Returns the bytes of a checkpoint, or null. */
  machineBytes(line: number): Uint8Array<ArrayBuffer> | null {
    return this.#checkpoints[line / BLOCK - 1]?.machine ?? null;
  }

  /** Marks lines after the last checkpoint as known; their runs are computed on demand. */
  reached(line: number): void {
    if (line - this.#checkpoints.length * BLOCK < BLOCK) this.#known = Math.max(this.#known, line);
  }

  /** Copies the runs of the first `common` lines, which are equal in both scripts. */
  takeOver(before: SparseRuns, common: number): void {
    for (const checkpoint of before.#checkpoints.slice(0, Math.floor(common / BLOCK))) {
      this.#checkpoints.push(checkpoint);
      if (checkpoint !== null) this.#bytes += sizeOf(checkpoint);
    }
    this.#stride = before.#stride;
    this.#known = common;
    for (const [at, block] of before.#blocks) {
      const shared = Math.min(BLOCK, common - at * BLOCK);
      if (shared === BLOCK) this.#blocks.set(at, block);
      else if (shared > 0) this.#blocks.set(at, beginningOf(block, shared));
    }
  }

  /** Returns the last checkpoint with sums at or before a line; line 0 without any. */
  sumsBefore(line: number): { readonly line: number; readonly sums: Uint8Array | null } {
    for (let n = Math.min(this.#checkpoints.length, Math.floor(line / BLOCK)); n > 0; n--) {
      const sums = this.#checkpoints[n - 1]?.sums ?? null;
      if (sums !== null) return { line: n * BLOCK, sums };
    }
    return { line: 0, sums: null };
  }

  /** Returns a block with at least its first `count` runs. */
  #blockUpTo(at: number, count: number): Block {
    const block = this.#block(at);
    const { script, generation } = this.#source;
    while (block.runs.length < count) {
      const entry = script[at * BLOCK + block.runs.length];
      if (entry === undefined) break;
      const result = entry.disabled ? null : run(generation, block.last, entry.line);
      block.runs.push(result);
      block.last = result?.after ?? block.last;
    }
    return block;
  }

  #block(at: number): Block {
    const known = this.#blocks.get(at);
    if (known !== undefined) {
      this.#blocks.delete(at);
      this.#blocks.set(at, known);
      return known;
    }
    const start = this.#startOf(at);
    const made: Block = { start, runs: [], last: start };
    this.#blocks.set(at, made);
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= REMEMBERED) break;
      this.#blocks.delete(oldest);
    }
    return made;
  }

  #startOf(at: number): Machine {
    if (at === 0) return this.#source.start;
    const before = this.#blocks.get(at - 1);
    if (before?.runs.length === BLOCK) return before.last;
    const checkpoint = this.#checkpoints[at - 1];
    const read =
      checkpoint === undefined || checkpoint === null
        ? null
        : decodeMachine(checkpoint.machine, this.#source.setup);
    if (read?.ok === true) return read.value;
    // a dropped checkpoint and unreadable bytes only cost time
    return this.#blockUpTo(at - 1, BLOCK).last;
  }
}

function sizeOf({ machine, sums }: Checkpoint): number {
  return machine.length + (sums?.length ?? 0);
}

/** Returns the machine after the first `count` runs of a block. */
function machineIn({ start, runs, last }: Block, count: number): Machine {
  if (count === runs.length) return last;
  // a line that is left out leaves the machine unchanged
  for (let at = count - 1; at >= 0; at--) {
    const made = runs[at];
    if (made !== null && made !== undefined) return made.after;
  }
  return start;
}

/** Returns a block of its own with at most the first `count` runs, which two scripts share. */
function beginningOf(block: Block, count: number): Block {
  const runs = block.runs.slice(0, count);
  return { start: block.start, runs, last: machineIn(block, runs.length) };
}
