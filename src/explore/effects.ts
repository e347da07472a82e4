// Remembers the effect of a line by footprint. The values read so far decide which cell a run reads next. So each line has a tree
// whose nodes read the same cells in the same order and whose leaves contain the effect of the line. A leaf comes from a run of
// the model, or from parts of earlier runs (segments.ts). Where the model reports that a run has settled (kernel.ts), paths that
// leave the same values in the cells they touched share one node.

import type { Happening } from '../kernel/frame.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import type { Settled } from '../kernel/kernel.ts';
import type { Line } from '../kernel/line.ts';
import { type RunOptions, run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { Cells } from './cells.ts';
import { Ints } from './ints.ts';
import type { Side } from './problem.ts';
import { type Composed, composed, type Segment, Segments } from './segments.ts';
import { ValueTree } from './valueTree.ts';

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

/** Work of a run of the model, and of composing an effect of known segments; finding a known leaf counts 1. */
const RUN_WORK = 100;
const COMPOSE_WORK = 10;

/** A settled point of a run, or its end. */
interface Point {
  readonly machine: Machine;
  readonly asked: number[];
  readonly place: string | null;
}

/** The lines of an alphabet on one side of a problem. */
export class Effects {
  readonly #side: Side;
  readonly #cells: Cells;
  readonly #alphabet: readonly Line[];
  readonly #note: (step: Step) => Noted;
  /** Work of finding unknown leaves, in units of a known one. */
  work = 0;

  /** By leaf: index of its first change in `changes`, number of changes, and the noted facts. */
  readonly first = new Ints();
  readonly length = new Ints();
  readonly bits = new Ints();
  readonly seen = new Ints();
  /** Pairs of cell and new value. */
  readonly changes = new Ints();

  readonly #tree = new ValueTree();
  readonly #roots: Int32Array;
  readonly #segments: Segments;
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
  /** The settled points so far, each with the cells read before it and since the preceding one. */
  readonly #points: Point[] = [];
  /** The cells read since the last settled point. */
  #asked: number[] = [];
  #row: Int32Array = new Int32Array(0);
  #line = 0;
  readonly #touched: Uint8Array;
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
    this.#roots = Int32Array.from(alphabet, () => this.#tree.node(0));
    this.#segments = new Segments(alphabet.length);
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
    const cell = this.#tree.cell.data;
    const first = this.#tree.first.data;
    const room = this.#tree.room.data;
    const children = this.#tree.children.data;
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
  }

  /** Memory in bytes. */
  get bytes(): number {
    const tables = [this.first, this.length, this.bits, this.seen, this.changes];
    return [...tables, this.#tree, this.#segments].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #learn(row: Int32Array, line: number): number {
    const known = this.#segments.compose(row, line);
    this.work += known === null ? RUN_WORK : COMPOSE_WORK;
    const made = known ?? this.#run(row, line);
    if (!this.#passes(line, made)) return this.#remember(row, line, made);

    const { after, cells, bits, seen } = made;
    this.first.data[PASSING] = this.changes.length;
    let end = this.changes.length;
    for (const cell of cells) {
      const value = after[cell] ?? 0;
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

  /** Runs the model, and keeps the segments of a run that settled. */
  #run(row: Int32Array, at: number): Composed {
    const line = this.#alphabet[at];
    if (line === undefined) throw new Error(`unknown line ${at}`);
    this.#points.length = 0;
    this.#asked = [];
    this.#touched.fill(0);
    this.#row = row;
    this.#line = at;
    const before = this.#cells.machine(row, this);
    this.#watching = true;
    this.touch(0);
    const made = run(this.#side.generation, before, line, this.#options);
    this.#watching = false;
    const { bits, seen } = this.#note({ line, run: made });
    const ends = [...this.#points, { machine: made.after, asked: this.#asked, place: null }];
    const segments = ends.map(({ machine, asked, place }, index): Segment => {
      const start = ends[index - 1]?.machine;
      const from = asked.map((cell) =>
        start === undefined ? (row[cell] ?? 0) : this.#cells.value(start, cell),
      );
      return { cells: asked, from, to: asked.map((cell) => this.#cells.value(machine, cell)), place };
    });
    // a line that reads every vector before it settles has another first segment in every state
    const wide = this.#cells.vectors > 3 && this.#vectorsIn(segments[0]?.cells ?? []) === this.#cells.vectors;
    if (segments.length > 1 && !wide) this.#segments.add(at, segments, bits, seen);
    return composed(row, segments, bits, seen);
  }

  #vectorsIn(cells: readonly number[]): number {
    return cells.filter((cell) => cell >= 1 && cell <= this.#cells.vectors).length;
  }

  /** Returns true if the line read every vector and other states are unlikely to share its effect. */
  #passes(line: number, { cells, settled }: Composed): boolean {
    if (this.#cells.vectors <= 3 || this.#vectorsIn(cells) < this.#cells.vectors) return false;
    if (settled.size === 0) return true;
    const wide = (this.#wideRuns[line] ?? 0) + 1;
    this.#wideRuns[line] = wide;
    return wide > TRIED && 2 * wide > this.#rounds;
  }

  /** Records a settled point of the present run. The rest of the run begins like a line: it reads the globals first. */
  #settle(machine: Machine, vector: number, before: readonly Happening[]): void {
    const place = `${this.#line} ${vector} ${this.#row[0]} ${this.#history?.(before) ?? ''}`;
    this.#points.push({ machine, asked: this.#asked, place });
    this.#asked = [];
    this.#touched.fill(0);
    this.touch(0);
  }

  /** Adds an effect to the tree of its line and returns its leaf, which another path may have created. */
  #remember(row: Int32Array, line: number, made: Composed): number {
    const { cells, settled } = made;
    const tree = this.#tree;
    let node = this.#roots[line] ?? 0;
    for (let depth = 1; ; depth++) {
      const slot = tree.slot(node, row[cells[depth - 1] ?? 0] ?? 0);
      const next = cells[depth];
      const key = settled.get(depth);
      let child = tree.children.data[slot] ?? 0;
      if (child === 0) {
        child = (key === undefined ? undefined : this.#meetings.get(key)) ?? 0;
        if (child === 0) {
          child = next === undefined ? -1 - this.#leafOf(row, made) : tree.node(next);
          if (key !== undefined) this.#meetings.set(key, child);
        } else if (child < 0) {
          this.#agree(-1 - child, row, made);
        }
        tree.children.data[slot] = child;
      }
      if (child < 0 ? next !== undefined : tree.cell.data[child] !== next) {
        throw new Error('two runs read the same values and then different cells');
      }
      if (child < 0) return -1 - child;
      node = child;
    }
  }

  #leafOf(row: Int32Array, { after, cells, settled, bits, seen }: Composed): number {
    const leaf = this.#newLeaf();
    const first = this.changes.length;
    for (const cell of cells) {
      const value = after[cell] ?? 0;
      // a shared leaf contains every cell, because each path changes other cells
      if (value === row[cell] && settled.size === 0) continue;
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
  #agree(leaf: number, row: Int32Array, { after, cells, seen }: Composed): void {
    if (this.seen.data[leaf] !== seen)
      throw new Error('two runs settled alike and differ in what is compared');
    const first = this.first.data[leaf] ?? 0;
    const recorded = new Map<number, number>();
    for (let i = 0; i < (this.length.data[leaf] ?? 0); i++) {
      recorded.set(this.changes.data[first + 2 * i] ?? 0, this.changes.data[first + 2 * i + 1] ?? 0);
    }
    for (const cell of cells) {
      if ((recorded.get(cell) ?? row[cell]) === after[cell]) continue;
      throw new Error('two runs settled alike and ended differently');
    }
  }

  #newLeaf(): number {
    this.first.push(this.changes.length);
    this.length.push(0);
    this.bits.push(0);
    return this.seen.push(0);
  }
}
