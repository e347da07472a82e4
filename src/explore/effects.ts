// What a line does in a state, remembered by footprint. A run is a function of what it asks for: the sequence of cells that it
// asks for is decided by the values found so far. So for each line there is a tree that asks for the same cells in the same
// order, and has at its leaf what the run did. A leaf is made by running the model, and nothing else makes one.

import type { Step } from '../kernel/invariants/invariant.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Cells } from './cells.ts';
import { Ints } from './ints.ts';
import type { Side } from './problem.ts';

/** What of a step is remembered beside the change of state: bits for step predicates, numbers for what is compared. */
export interface Noted {
  /** One bit an atom of the question. */
  readonly bits: number;
  /** Equal exactly for steps in which the two kernels of a product do not differ. */
  readonly seen: number;
}

const NO_LEAF = 0;
/** A leaf that is good for the present state only: the run asked for every vector, so no other state can share it. */
const PASSING = 0;

/** The lines of an alphabet on one side of a problem. */
export class Effects {
  readonly #side: Side;
  readonly #cells: Cells;
  readonly #alphabet: readonly Line[];
  readonly #note: (step: Step) => Noted;
  /** How many times the model was run. */
  runs = 0;

  /** By leaf: where its changes begin in `changes`, how many there are, and what was noted. */
  readonly first = new Ints();
  readonly length = new Ints();
  readonly bits = new Ints();
  readonly seen = new Ints();
  /** Pairs of cell and new value. */
  readonly changes = new Ints();

  // trees: a node asks for one cell; children hold −1 − leaf, a node, or 0 for what was not met yet
  readonly #nodeCell = new Ints();
  readonly #nodeChildren = new Ints();
  readonly #nodeRoom = new Ints();
  readonly #children = new Ints();
  readonly #roots: Int32Array;

  // the run that is going on
  readonly #order: number[] = [];
  readonly #touched: Uint8Array;
  #vectorsTouched = 0;
  #watching = false;

  constructor(side: Side, cells: Cells, alphabet: readonly Line[], note: (step: Step) => Noted) {
    this.#side = side;
    this.#cells = cells;
    this.#alphabet = alphabet;
    this.#note = note;
    this.#touched = new Uint8Array(cells.count);
    this.#newNode(0); // node 0 stands for "not met yet"
    this.#roots = Int32Array.from(alphabet, () => this.#newNode(0));
    this.#newLeaf();
    this.changes.extend(cells.count * 2);
  }

  /** The leaf of line `line` in the state `row`. It stays good until the next call. */
  leaf(row: Int32Array, line: number): number {
    const cell = this.#nodeCell.data;
    const first = this.#nodeChildren.data;
    const room = this.#nodeRoom.data;
    const children = this.#children.data;
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

  /** Notes a cell that the present run asks for. */
  touch(cell: number): void {
    if (!this.#watching || this.#touched[cell] === 1) return;
    this.#touched[cell] = 1;
    this.#order.push(cell);
    if (cell >= 1 && cell <= this.#cells.vectors) this.#vectorsTouched++;
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    const tables = [this.first, this.length, this.bits, this.seen, this.changes];
    const trees = [this.#nodeCell, this.#nodeChildren, this.#nodeRoom, this.#children];
    return [...tables, ...trees].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #learn(row: Int32Array, at: number): number {
    const line = this.#alphabet[at];
    if (line === undefined) throw new Error(`no line ${at}`);
    this.runs++;
    this.#order.length = 0;
    this.#touched.fill(0);
    this.#vectorsTouched = 0;
    const before = this.#cells.machine(row, this);
    this.#watching = true;
    this.touch(0);
    const made = run(this.#side.generation, before, line);
    this.#watching = false;
    const { bits, seen } = this.#note({ line, run: made });

    const passing = this.#vectorsTouched === this.#cells.vectors && this.#cells.vectors > 3;
    const leaf = passing ? PASSING : this.#newLeaf();
    let end = passing ? 0 : this.changes.length;
    this.first.data[leaf] = end;
    for (const cell of this.#order) {
      const value = this.#cells.value(made.after, cell);
      if (value === row[cell]) continue;
      if (!passing) this.changes.extend(2);
      this.changes.data[end] = cell;
      this.changes.data[end + 1] = value;
      end += 2;
    }
    this.length.data[leaf] = (end - (this.first.data[leaf] ?? 0)) / 2;
    this.bits.data[leaf] = bits;
    this.seen.data[leaf] = seen;
    if (!passing) this.#remember(row, at, leaf);
    return leaf;
  }

  #remember(row: Int32Array, line: number, leaf: number): void {
    let node = this.#roots[line] ?? 0;
    for (let depth = 0; depth < this.#order.length; depth++) {
      const value = row[this.#order[depth] ?? 0] ?? 0;
      const slot = this.#slot(node, value);
      const next = this.#order[depth + 1];
      if (next === undefined) {
        this.#children.data[slot] = -1 - leaf;
        return;
      }
      let child = this.#children.data[slot] ?? 0;
      if (child === NO_LEAF) {
        child = this.#newNode(next);
        this.#children.data[slot] = child;
      }
      if (child < 0 || this.#nodeCell.data[child] !== next) {
        throw new Error('two runs that found the same asked for different cells');
      }
      node = child;
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
