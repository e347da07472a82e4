// One search in several workers, with the answer of one. Each worker has all states, with the same numbers. In a round each one
// tries the lines of its share of the next states; then all of them add the states that any of them found, in the order in which
// one worker would have found them. Learned effects stay with their worker.

import type { Answer, Progress } from './problem.ts';
import type { Search } from './search.ts';
import type { CellValues } from './space.ts';
import { StateStore } from './stateStore.ts';
import type { Levels } from './trail.ts';

/** Lines that a worker tries in a round, about 50 ms of work: more are fewer messages, and fewer need less memory at once. */
const ROUND_LINES = 300_000;

/** New states that one worker has found, in ascending order of their keys. Plain data. */
export interface Batch {
  /** The row of each state, with the sender's numbers of values. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** Each state's predecessor × number of lines + line. */
  readonly keys: Float64Array<ArrayBuffer>;
  /** The values that no earlier batch of the sender has, for each kernel. */
  readonly values: readonly CellValues[];
  /** The key of the first find, or null. */
  readonly find: number | null;
}

/** All states of a search so far, for a worker that joins it. */
export interface SearchHistory {
  readonly batch: Batch;
  /** The next state whose lines are tried. */
  readonly state: number;
  readonly levels: Levels;
}

/** The numbers here of a sender's values of one kernel. */
interface Numbers {
  readonly globals: number[];
  readonly vectors: number[];
}

/** The part of a worker: its place among all. */
interface Part {
  readonly at: number;
  readonly of: number;
  readonly history?: SearchHistory | null;
  readonly round?: number;
}

/** One worker's part of a shared search. */
export class SharedSearch {
  readonly #search: Search;
  /** By sender and kernel. */
  readonly #numbers: readonly (readonly Numbers[])[];
  readonly #row: Int32Array;
  /** The place of this worker, and the number of all. */
  readonly #at: number;
  readonly #of: number;

  readonly #round: number;

  /**
   * Worker 0 continues a search that ran alone; the others join it with its history, which worker 0 has made before. `round` is the
   * number of states per worker and round, the same for all of them.
   */
  constructor(search: Search, { at, of, history = null, round }: Part) {
    this.#search = search;
    this.#at = at;
    this.#of = of;
    this.#round = round ?? Math.max(1, Math.floor(ROUND_LINES / search.problem.alphabet.length));
    this.#row = new Int32Array(search.space.columns);
    this.#numbers = Array.from({ length: of }, () =>
      search.space.cells.map(() => ({ globals: [], vectors: [] })),
    );
    if (history !== null) this.#adopt(history);
  }

  /** Returns the progress of the search. */
  get progress(): Progress {
    const { trail, space, state } = this.#search;
    return trail.progress(space.size, state);
  }

  /** The state after those of the present round. */
  get #end(): number {
    const { state, space } = this.#search;
    return Math.min(space.size, state + this.#round * this.#of);
  }

  /** Tries the lines of this worker's share of the next states, or of as many as the limit of states allows. */
  expand(): Batch {
    const { space, state: from, problem } = this.#search;
    const lines = problem.alphabet.length;
    const end = this.#end;
    const found = new StateStore(space.columns);
    const keys: number[] = [];
    let find: number | null = null;
    // with one more state the search ends at the latest
    const room = problem.bounds.maxStates - space.size;
    for (let state = from + this.#at; state < end && find === null; state += this.#of) {
      if (found.size > room) break;
      space.enter(state);
      for (let line = 0; line < lines; line++) {
        if (space.go(line)) {
          find = state * lines + line;
          break;
        }
        if (space.to >= 0) continue;
        space.copyLast(this.#row);
        const missing = found.find(this.#row, found.hash(this.#row));
        if (missing >= 0) continue;
        found.add(this.#row, missing);
        keys.push(state * lines + line);
      }
    }
    return { ...this.#batchOf(found.size, keys, (at, row) => found.load(at, row)), find };
  }

  /** Adds the states of all workers, in the order of their places. Returns the answer where the search ends. */
  merge(batches: readonly Batch[]): Answer | null {
    const search = this.#search;
    const { space, trail, problem } = search;
    const lines = problem.alphabet.length;
    const from = search.state;
    const end = this.#end;
    for (const [sender, { values }] of batches.entries()) this.#learn(sender, values);
    const next = batches.map(() => 0);
    const find = Math.min(...batches.map((batch) => batch.find ?? Number.POSITIVE_INFINITY));
    for (; search.state < end; search.state++) {
      const { state } = search;
      if (!search.enter(state)) return search.exhausted();
      const sender = (state - from) % this.#of;
      const batch = batches[sender];
      if (batch === undefined) throw new Error(`no batch of worker ${sender}`);
      const last = Math.min((state + 1) * lines, find);
      for (let at = next[sender] ?? 0; ; at++) {
        const key = batch.keys[at];
        next[sender] = at;
        if (key === undefined || key >= last) break;
        this.#translate(sender, batch.rows, at);
        const missing = space.find(this.#row);
        if (missing >= 0) continue;
        trail.transitions = key + 1;
        if (space.size >= problem.bounds.maxStates) return search.cutAt(state);
        space.addRow(this.#row, missing);
        trail.add(state, key - state * lines);
      }
      if (find < (state + 1) * lines) {
        trail.transitions = find + 1;
        return search.foundAt(state, find - state * lines);
      }
      trail.transitions = (state + 1) * lines;
    }
    return search.state < space.size ? null : search.exhausted();
  }

  /** Returns all states so far, for the workers that join. */
  history(): SearchHistory {
    const { space, trail, state, problem } = this.#search;
    const lines = problem.alphabet.length;
    const keys = Array.from({ length: space.size - 1 }, (_, at) => {
      const { parent, line } = trail.stepTo(at + 1);
      return parent * lines + line;
    });
    const batch = this.#batchOf(keys.length, keys, (at, row) => space.copy(at + 1, row));
    // worker 0 reads its own batches like those of the others
    this.#learn(0, batch.values);
    return { batch: { ...batch, find: null }, state, levels: trail.levels };
  }

  #adopt({ batch, state, levels }: SearchHistory): void {
    const { space, trail, problem } = this.#search;
    const lines = problem.alphabet.length;
    this.#learn(0, batch.values);
    for (const [at, key] of batch.keys.entries()) {
      this.#translate(0, batch.rows, at);
      space.addRow(this.#row, space.find(this.#row));
      trail.add(Math.floor(key / lines), key % lines);
    }
    trail.levels = levels;
    this.#search.state = state;
  }

  #batchOf(
    count: number,
    keys: readonly number[],
    load: (at: number, row: Int32Array) => void,
  ): Omit<Batch, 'find'> {
    const { space } = this.#search;
    const { columns } = space;
    const rows = new Int32Array(count * columns);
    for (let at = 0; at < count; at++) load(at, rows.subarray(at * columns, (at + 1) * columns));
    return { rows, keys: Float64Array.from(keys), values: space.newValues() };
  }

  #learn(sender: number, values: readonly CellValues[]): void {
    for (const [kernel, one] of values.entries()) {
      const { globals, vectors } = this.#search.space.numbersOf(kernel, one);
      const known = this.#numbers[sender]?.[kernel];
      for (const number of globals) known?.globals.push(number);
      for (const number of vectors) known?.vectors.push(number);
    }
  }

  /** Sets `#row` to a sender's row, with the numbers of this worker. */
  #translate(sender: number, rows: Int32Array, index: number): void {
    const { columns, cells } = this.#search.space;
    let at = 0;
    for (const [kernel, { vectors, count }] of cells.entries()) {
      const numbers = this.#numbers[sender]?.[kernel];
      for (let cell = 0; cell < count; cell++, at++) {
        const value = rows[index * columns + at] ?? 0;
        const list = cell === 0 ? numbers?.globals : cell <= vectors ? numbers?.vectors : null;
        const number = list === null ? value : list?.[value];
        if (number === undefined) throw new Error(`worker ${sender} sent an unknown value ${value}`);
        this.#row[at] = number;
      }
    }
  }
}
