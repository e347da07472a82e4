// One of the two kernels of a search in lock-step. Many pairs of states contain the same state of one kernel, so the next state and
// the facts of a step are kept by state and line.

import type { Step } from '../kernel/invariants/invariant.ts';
import { historyOf, type Numbering, shownByGlobals, shownByStep, shownByVector } from './asked.ts';
import type { AskedFacts } from './askedPredicate.ts';
import { Cells } from './cells.ts';
import { Effects, NO_HISTORY } from './effects.ts';
import { Ints } from './ints.ts';
import type { Problem, Side } from './problem.ts';
import type { Difference } from './questions.ts';
import { keyParts } from './state.ts';
import { StateStore } from './stateStore.ts';
import { rowOf } from './trail.ts';

/** The asked part of a question about two kernels: a difference, or the predicate's facts of one kernel. */
export type AskedPart =
  | { readonly difference: Difference; readonly shown: Numbering }
  | { readonly difference: null; readonly facts: AskedFacts };

/** Largest number of kept steps (4 bytes each). Steps beyond it are computed for each pair. */
const MOST_KEPT = 2 ** 23;
/** A kept step has the next state + 1 in its low bits and the number of its facts above; larger numbers are not kept. */
const STATE_BITS = 23;
const MOST_STATES = 2 ** STATE_BITS - 1;
const MOST_FACTS = 2 ** (32 - STATE_BITS);

/** The states and steps of one kernel. */
export class Half {
  readonly effects: Effects;
  readonly #store: StateStore;
  readonly cells: Cells;
  readonly #asked: AskedPart;
  readonly #lines: number;
  readonly #shownGlobals = new Ints();
  readonly #shownVectors = new Ints();
  /** By state: the number of its facts that a predicate reads. */
  readonly #facts = new Ints();

  /** By state: index of its first step in `#steps`, or −1 for a state whose steps are not kept. */
  readonly #firstStep = new Ints();
  /** By step: its next state and facts in one number, or 0 for an unknown step. */
  readonly #steps = new Ints();

  /** The present state; its row is loaded for the first unknown step. */
  #state = 0;
  #loaded = false;
  readonly #row: Int32Array;
  readonly #next: Int32Array;
  #hash = 0;

  /** The result of `go`: the next state, and the number of the facts of the step (of a difference, or of a predicate). */
  to = 0;
  noted = 0;

  constructor(problem: Problem, side: Side, asked: AskedPart) {
    const { alphabet, question } = problem;
    this.#asked = asked;
    this.#lines = alphabet.length;
    this.cells = new Cells(side.start, keyParts(side.start, alphabet, question));
    const note = (step: Step) =>
      asked.difference === null
        ? asked.facts.note(step)
        : { bits: 0, seen: asked.shown.of(shownByStep(asked.difference, step)) };
    const plain = asked.difference === null && asked.facts.looksAtSteps ? null : NO_HISTORY;
    const history = asked.difference === null ? plain : historyOf(asked.difference);
    this.effects = new Effects(side, this.cells, alphabet, note, history);
    this.#store = new StateStore(this.cells.count);
    this.#row = rowOf(side.start, this.cells);
    this.#next = this.#row.slice();
    this.#add(this.#row, this.#store.find(this.#row, this.#store.hash(this.#row)));
  }

  /** Makes `state` the present state. */
  enter(state: number): void {
    this.#state = state;
    this.#loaded = false;
    if (this.#firstStep.data[state] === -1 && this.#steps.length < MOST_KEPT) {
      this.#firstStep.data[state] = this.#steps.extend(this.#lines);
    }
  }

  /** Runs a line on the present state and sets `to` and `noted`. */
  go(line: number): void {
    const first = this.#firstStep.data[this.#state] ?? -1;
    const at = first + line;
    const known = first < 0 ? 0 : (this.#steps.data[at] ?? 0);
    if (known !== 0) {
      this.to = (known & MOST_STATES) - 1;
      this.noted = known >>> STATE_BITS;
      return;
    }
    this.#load();
    const leaf = this.effects.leaf(this.#row, line);
    this.to = this.#apply(leaf);
    const facts = this.#asked.difference === null ? this.effects.bits : this.effects.seen;
    this.noted = facts.data[leaf] ?? 0;
    if (first < 0 || this.to >= MOST_STATES || this.noted >= MOST_FACTS) return;
    this.#steps.data[at] = (this.noted << STATE_BITS) | (this.to + 1);
  }

  /** Returns the number of the facts of a state that a predicate reads; 0 without a predicate. */
  facts(state: number): number {
    return this.#facts.data[state] ?? 0;
  }

  /** Returns whether the compared parts of the last `to` and of the other kernel's last `to` differ. */
  differsFrom(other: Half): boolean {
    this.#store.load(this.to, this.#next);
    other.#store.load(other.to, other.#next);
    let differs = false;
    // cell 0 has the globals, the next ones have the vectors
    for (let cell = 0; cell <= this.cells.vectors && !differs; cell++) {
      differs = this.#shown(cell) !== other.#shown(cell);
    }
    if (this.#loaded) this.#next.set(this.#row);
    if (other.#loaded) other.#next.set(other.#row);
    return differs;
  }

  /** Number of cells of a state. */
  get columns(): number {
    return this.cells.count;
  }

  /** Copies the row of a state. */
  copy(state: number, row: Int32Array): void {
    this.#store.load(state, row);
  }

  /** Returns the number of the state with that row, which it adds if it is new. */
  stateOf(row: Int32Array): number {
    const known = this.#store.find(row, this.#store.hash(row));
    return known >= 0 ? known : this.#add(row, known);
  }

  /** Memory in bytes. */
  get bytes(): number {
    const steps = this.#firstStep.bytes + this.#steps.bytes;
    return this.effects.bytes + this.#store.bytes + this.#facts.bytes + steps;
  }

  #load(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    this.#store.load(this.#state, this.#row);
    this.#next.set(this.#row);
    this.#hash = this.#store.hash(this.#row);
  }

  /** Returns the number of the state after a leaf, which it adds if it is new. */
  #apply(leaf: number): number {
    const { effects } = this;
    const store = this.#store;
    const row = this.#row;
    const next = this.#next;
    const first = effects.first.data[leaf] ?? 0;
    const end = first + 2 * (effects.length.data[leaf] ?? 0);
    if (end === first) return this.#state;
    const changes = effects.changes.data;
    let sum = this.#hash;
    for (let at = first; at < end; at += 2) {
      const cell = changes[at] ?? 0;
      const value = changes[at + 1] ?? 0;
      sum = (sum + Math.imul(value - (row[cell] ?? 0), store.factors[cell] ?? 0)) | 0;
      next[cell] = value;
    }
    const known = store.find(next, sum);
    const to = known >= 0 ? known : this.#add(next, known);
    for (let at = first; at < end; at += 2) {
      const cell = changes[at] ?? 0;
      next[cell] = row[cell] ?? 0;
    }
    return to;
  }

  #add(row: Int32Array, missing: number): number {
    const asked = this.#asked;
    const reads = asked.difference === null && asked.facts.looksAtStates;
    this.#facts.push(reads ? asked.facts.state(this.cells.machine(row, null)) : 0);
    this.#firstStep.push(-1);
    return this.#store.add(row, missing);
  }

  /** Returns the compared part of a cell of `#next` as a number. */
  #shown(cell: number): number {
    const asked = this.#asked;
    if (asked.difference === null) return 0;
    const value = this.#next[cell] ?? 0;
    const list = cell === 0 ? this.#shownGlobals : this.#shownVectors;
    while (list.length <= value) {
      const text =
        cell === 0
          ? shownByGlobals(asked.difference, this.cells.globals(list.length))
          : shownByVector(asked.difference, this.cells.vector(list.length));
      list.push(asked.shown.of(text));
    }
    return list.data[value] ?? 0;
  }
}
