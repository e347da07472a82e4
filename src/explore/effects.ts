// Remembers the effect of a line by footprint. The values read so far decide which cell a run reads next. So each line has a tree
// whose nodes read the same cells in the same order and whose leaves contain the effect of the run. Only a run of the model
// creates a leaf. Where the model reports that a run has settled (kernel.ts), paths that leave the same values in the cells they
// touched share one node.

import type { Happening } from '../kernel/frame.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import type { Settled } from '../kernel/kernel.ts';
import type { Line } from '../kernel/line.ts';
import { type RunOptions, run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { Cells } from './cells.ts';
import { Ints } from './ints.ts';
import type { Side } from './problem.ts';

/** The facts of a step kept beside the change of state, each as a number: for the predicate and for the comparison. */
export interface Noted {
  /** The number of the facts that the question's predicate reads. */
  readonly bits: number;
  /** Equal for the steps of two kernels exactly if these do not differ. */
  readonly seen: number;
}

/**
 * Returns as text the facts of the happenings before a settled point on which the noted facts of a step depend. Equal texts, and the
 * same course after that point, give the same noted facts.
 */
export type History = (before: readonly Happening[]) => string;

/** Says that the noted facts depend on the result and the states alone. */
export const NO_HISTORY: History = () => '';

/** A leaf for the present state only: the run read every vector, so no other state can share it. */
const PASSING = 0;
/** Number of remembered runs over the whole table before the search checks whether remembering helps. */
const TRIED = 4096;

/** The lines of an alphabet on one side of a problem. */
export class Effects {
  readonly #side: Side;
  readonly #cells: Cells;
  readonly #alphabet: readonly Line[];
  readonly #note: (step: Step) => Noted;
  /** Number of runs of the model. */
  runs = 0;

  /** By leaf: index of its first change in `changes`, number of changes, and the noted facts. */
  readonly first = new Ints();
  readonly length = new Ints();
  readonly bits = new Ints();
  readonly seen = new Ints();
  /** Pairs of cell and new value. */
  readonly changes = new Ints();

  // trees: a node reads one cell; a child is −1 − leaf, a node, or 0 for an unknown value
  readonly #nodeCell = new Ints();
  readonly #nodeChildren = new Ints();
  readonly #nodeRoom = new Ints();
  readonly #children = new Ints();
  readonly #roots: Int32Array;
  /** Node or leaf that several paths share, keyed by what they have in common. */
  readonly #meetings = new Map<string, number>();
  /** By line: number of runs that read every vector and settled. */
  readonly #wideRuns: Int32Array;
  /** Number of states examined. */
  #rounds = 0;
  /** Length of the longest list of changes. */
  readonly #room: number;
  readonly #options: RunOptions;
  readonly #history: History | null;

  // the present run
  readonly #asked: number[] = [];
  /** By number of cells read so far: the place where the run settled, as text. */
  readonly #settled = new Map<number, string>();
  #row: Int32Array = new Int32Array(0);
  #line = 0;
  readonly #touched: Uint8Array;
  #vectorsTouched = 0;
  #watching = false;

  /** `history`: null if the noted facts depend on the course of a step in other ways, so that no paths are merged. */
  constructor(
    side: Side,
    cells: Cells,
    alphabet: readonly Line[],
    note: (step: Step) => Noted,
    history: History | null,
  ) {
    this.#side = side;
    this.#cells = cells;
    this.#alphabet = alphabet;
    this.#note = note;
    this.#touched = new Uint8Array(cells.count);
    this.#newNode(0); // node 0 means "unknown"
    this.#roots = Int32Array.from(alphabet, () => this.#newNode(0));
    this.#newLeaf();
    this.#wideRuns = new Int32Array(alphabet.length);
    this.#room = cells.count * 2;
    this.changes.extend(this.#room);
    this.changes.length -= this.#room;
    this.#history = history;
    const settled: Settled = (machine, vector, before) => this.#settle(machine, vector, before);
    this.#options = { frames: false, settled: history === null ? null : settled };
  }

  /** Returns the leaf of a line in the state `row`, valid until the next call. */
  leaf(row: Int32Array, line: number): number {
    const cell = this.#nodeCell.data;
    const first = this.#nodeChildren.data;
    const room = this.#nodeRoom.data;
    const children = this.#children.data;
    if (line === 0) this.#rounds++;
    let node = this.#roots[line] ?? 0;
    for (;;) {
      const value = row[cell[node] ?? 0] ?? 0;
      if (value >= (room[node] ?? 0)) break;
      const child = children[(first[node] ?? 0) + value] ?? 0;
      if (child < 0) return -1 - child;
      if (child === 0) break;
      node = child;
    }
    return this.#learn(row, line);
  }

  /** Records a cell that the present run reads. */
  touch(cell: number): void {
    if (!this.#watching || this.#touched[cell] === 1) return;
    this.#touched[cell] = 1;
    this.#asked.push(cell);
    if (cell >= 1 && cell <= this.#cells.vectors) this.#vectorsTouched++;
  }

  /** Memory in bytes. */
  get bytes(): number {
    const tables = [this.first, this.length, this.bits, this.seen, this.changes];
    const trees = [this.#nodeCell, this.#nodeChildren, this.#nodeRoom, this.#children];
    return [...tables, ...trees].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #learn(row: Int32Array, at: number): number {
    const line = this.#alphabet[at];
    if (line === undefined) throw new Error(`unknown line ${at}`);
    this.runs++;
    this.#asked.length = 0;
    this.#settled.clear();
    this.#touched.fill(0);
    this.#vectorsTouched = 0;
    this.#row = row;
    this.#line = at;
    const before = this.#cells.machine(row, this);
    this.#watching = true;
    this.touch(0);
    const made = run(this.#side.generation, before, line, this.#options);
    this.#watching = false;
    const { bits, seen } = this.#note({ line, run: made });
    if (!this.#passes(at)) return this.#remember(row, at, made.after, bits, seen);

    this.first.data[PASSING] = this.changes.length;
    let end = this.changes.length;
    for (const cell of this.#asked) {
      const value = this.#cells.value(made.after, cell);
      if (value === row[cell]) continue;
      this.changes.data[end] = cell;
      this.changes.data[end + 1] = value;
      end += 2;
    }
    this.length.data[PASSING] = (end - this.changes.length) / 2;
    this.bits.data[PASSING] = bits;
    this.seen.data[PASSING] = seen;
    return PASSING;
  }

  /** Returns true if the run read every vector and other states are unlikely to share its effect. */
  #passes(line: number): boolean {
    if (this.#vectorsTouched < this.#cells.vectors || this.#cells.vectors <= 3) return false;
    if (this.#settled.size === 0) return true;
    const wide = (this.#wideRuns[line] ?? 0) + 1;
    this.#wideRuns[line] = wide;
    return wide > TRIED && 2 * wide > this.#rounds;
  }

  /** Records a place from which the touched cells alone decide the rest of the run. */
  #settle(machine: Machine, vector: number, before: readonly Happening[]): void {
    this.#watching = false;
    let key = `${this.#line} ${vector} ${this.#row[0]} ${this.#history?.(before) ?? ''}`;
    for (let cell = 0; cell < this.#touched.length; cell++) {
      if (this.#touched[cell] === 1) key += ` ${cell} ${this.#cells.value(machine, cell)}`;
    }
    this.#watching = true;
    this.#settled.set(this.#asked.length, key);
  }

  /** Adds the present run to the tree of its line and returns its leaf, which another run may have created. */
  #remember(row: Int32Array, line: number, after: Machine, bits: number, seen: number): number {
    let node = this.#roots[line] ?? 0;
    for (let depth = 1; ; depth++) {
      const slot = this.#slot(node, row[this.#asked[depth - 1] ?? 0] ?? 0);
      const next = this.#asked[depth];
      const key = this.#settled.get(depth);
      let child = this.#children.data[slot] ?? 0;
      if (child === 0) {
        child = (key === undefined ? undefined : this.#meetings.get(key)) ?? 0;
        if (child === 0) {
          child = next === undefined ? -1 - this.#leafOf(row, after, bits, seen) : this.#newNode(next);
          if (key !== undefined) this.#meetings.set(key, child);
        } else if (child < 0) {
          this.#agree(-1 - child, row, after, seen);
        }
        this.#children.data[slot] = child;
      }
      if (child < 0 ? next !== undefined : this.#nodeCell.data[child] !== next) {
        throw new Error('two runs read the same values and then different cells');
      }
      if (child < 0) return -1 - child;
      node = child;
    }
  }

  #leafOf(row: Int32Array, after: Machine, bits: number, seen: number): number {
    const leaf = this.#newLeaf();
    const first = this.changes.length;
    for (const cell of this.#asked) {
      const value = this.#cells.value(after, cell);
      // a shared leaf contains every cell, because each path changes other cells
      if (value === row[cell] && this.#settled.size === 0) continue;
      const at = this.changes.extend(2);
      this.changes.data[at] = cell;
      this.changes.data[at + 1] = value;
    }
    // room for a passing leaf after the last one
    this.changes.extend(this.#room);
    this.changes.length -= this.#room;
    this.first.data[leaf] = first;
    this.length.data[leaf] = (this.changes.length - first) / 2;
    this.bits.data[leaf] = bits;
    this.seen.data[leaf] = seen;
    return leaf;
  }

  /** Throws unless the leaf of another run has the effect of this run. */
  #agree(leaf: number, row: Int32Array, after: Machine, seen: number): void {
    if (this.seen.data[leaf] !== seen)
      throw new Error('two runs settled alike and differ in what is compared');
    const first = this.first.data[leaf] ?? 0;
    const recorded = new Map<number, number>();
    for (let i = 0; i < (this.length.data[leaf] ?? 0); i++) {
      recorded.set(this.changes.data[first + 2 * i] ?? 0, this.changes.data[first + 2 * i + 1] ?? 0);
    }
    for (const cell of this.#asked) {
      if ((recorded.get(cell) ?? row[cell]) === this.#cells.value(after, cell)) continue;
      throw new Error('two runs settled alike and ended differently');
    }
  }

  #slot(node: number, value: number): number {
    const room = this.#nodeRoom.data[node] ?? 0;
    if (value >= room) {
      const wider = Math.max(8, 2 ** Math.ceil(Math.log2(value + 1)));
      const from = this.#nodeChildren.data[node] ?? 0;
      const to = this.#children.extend(wider);
      this.#children.data.copyWithin(to, from, from + room);
      this.#nodeChildren.data[node] = to;
      this.#nodeRoom.data[node] = wider;
    }
    return (this.#nodeChildren.data[node] ?? 0) + value;
  }

  #newNode(cell: number): number {
    this.#nodeChildren.push(0);
    this.#nodeRoom.push(0);
    return this.#nodeCell.push(cell);
  }

  #newLeaf(): number {
    this.first.push(this.changes.length);
    this.length.push(0);
    this.bits.push(0);
    return this.seen.push(0);
  }
}
