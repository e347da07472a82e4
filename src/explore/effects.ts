// What a line does in a state, remembered by footprint. A run is a function of what it asks for: the sequence of cells that it
// asks for is decided by the values found so far. So for each line there is a tree that asks for the same cells in the same
// order, and has at its leaf what the run did. A leaf is made by running the model, and nothing else makes one. Where the
// model says that a run has settled (Kernel.settled), ways that leave the same in the cells they touched meet in one node.

import type { Step } from '../kernel/invariants/invariant.ts';
import type { Settled } from '../kernel/kernel.ts';
import type { Line } from '../kernel/line.ts';
import { type RunOptions, run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
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

/** A leaf that is good for the present state only: the run asked for every vector, so no other state can share it. */
const PASSING = 0;
/** So many runs over the whole table are remembered before it is asked whether that helped. */
const TRIED = 4096;

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
  /** Node or leaf at which ways meet, by what they have in common there. */
  readonly #meetings = new Map<string, number>();
  /** By line: runs that asked for every vector and settled. */
  readonly #wideRuns: Int32Array;
  /** How many states were looked into. */
  #rounds = 0;
  /** Length of the longest list of changes. */
  readonly #room: number;
  readonly #options: RunOptions;

  // the run that is going on
  readonly #asked: number[] = [];
  /** By number of cells asked for until then: where the run settled, as text. */
  readonly #settled = new Map<number, string>();
  #row: Int32Array = new Int32Array(0);
  #line = 0;
  readonly #touched: Uint8Array;
  #vectorsTouched = 0;
  #watching = false;

  /** `history`: what `note` says depends on what happened within a step, not only on its result and the states. */
  constructor(
    side: Side,
    cells: Cells,
    alphabet: readonly Line[],
    note: (step: Step) => Noted,
    history: boolean,
  ) {
    this.#side = side;
    this.#cells = cells;
    this.#alphabet = alphabet;
    this.#note = note;
    this.#touched = new Uint8Array(cells.count);
    this.#newNode(0); // node 0 stands for "not met yet"
    this.#roots = Int32Array.from(alphabet, () => this.#newNode(0));
    this.#newLeaf();
    this.#wideRuns = new Int32Array(alphabet.length);
    this.#room = cells.count * 2;
    this.changes.extend(this.#room);
    this.changes.length -= this.#room;
    const settled: Settled = (machine, fn, at, ret) => this.#settle(machine, fn, at, ret);
    this.#options = { frames: false, settled: history ? null : settled };
  }

  /** The leaf of line `line` in the state `row`. It stays good until the next call. */
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

  /** Notes a cell that the present run asks for. */
  touch(cell: number): void {
    if (!this.#watching || this.#touched[cell] === 1) return;
    this.#touched[cell] = 1;
    this.#asked.push(cell);
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

  /** The run asked for every vector, and nothing says that another state will share what it did. */
  #passes(line: number): boolean {
    if (this.#vectorsTouched < this.#cells.vectors || this.#cells.vectors <= 3) return false;
    if (this.#settled.size === 0) return true;
    const wide = (this.#wideRuns[line] ?? 0) + 1;
    this.#wideRuns[line] = wide;
    return wide > TRIED && 2 * wide > this.#rounds;
  }

  /** Notes where the rest of the present run is decided by what the cells that were touched hold now. */
  #settle(machine: Machine, fn: string, at: number, ret: number): void {
    this.#watching = false;
    let key = `${this.#line} ${fn} ${at} ${ret} ${this.#row[0]}`;
    for (let cell = 0; cell < this.#touched.length; cell++) {
      if (this.#touched[cell] === 1) key += ` ${cell} ${this.#cells.value(machine, cell)}`;
    }
    this.#watching = true;
    this.#settled.set(this.#asked.length, key);
  }

  /** Puts the present run into the tree of its line; the leaf it ends at, which may be one that another run made. */
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
          this.#agree(-1 - child, row, after);
        }
        this.#children.data[slot] = child;
      }
      if (child < 0 ? next !== undefined : this.#nodeCell.data[child] !== next) {
        throw new Error('two runs that found the same asked for different cells');
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
      // a leaf where several ways meet says of every cell what it holds: each way changed others
      if (value === row[cell] && this.#settled.size === 0) continue;
      const at = this.changes.extend(2);
      this.changes.data[at] = cell;
      this.changes.data[at + 1] = value;
    }
    // room for a passing leaf behind the last one
    this.changes.extend(this.#room);
    this.changes.length -= this.#room;
    this.first.data[leaf] = first;
    this.length.data[leaf] = (this.changes.length - first) / 2;
    this.bits.data[leaf] = bits;
    this.seen.data[leaf] = seen;
    return leaf;
  }

  /** A leaf that another run made has to say what this run did. */
  #agree(leaf: number, row: Int32Array, after: Machine): void {
    const first = this.first.data[leaf] ?? 0;
    const said = new Map<number, number>();
    for (let i = 0; i < (this.length.data[leaf] ?? 0); i++) {
      said.set(this.changes.data[first + 2 * i] ?? 0, this.changes.data[first + 2 * i + 1] ?? 0);
    }
    for (const cell of this.#asked) {
      if ((said.get(cell) ?? row[cell]) === this.#cells.value(after, cell)) continue;
      throw new Error('two runs that settled alike did not end alike');
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
