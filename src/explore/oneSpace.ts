// The states of one kernel.

import type { Line } from '../kernel/line.ts';
import { AskedPredicate } from './askedPredicate.ts';
import { Cells } from './cells.ts';
import { foundInStep } from './describe.ts';
import { Effects, NO_HISTORY } from './effects.ts';
import { Ints } from './ints.ts';
import type { Problem, Side } from './problem.ts';
import type { StepQuestion } from './questions.ts';
import type { CellValues, Space } from './space.ts';
import { keyParts } from './state.ts';
import { StateStore } from './stateStore.ts';
import { rowOf } from './trail.ts';

/** The space of a question about one kernel. */
export class OneSpace implements Space {
  readonly #side: Side;
  readonly #question: StepQuestion;
  readonly #asked: AskedPredicate;
  readonly #cells: Cells;
  readonly #effects: Effects;
  readonly #store: StateStore;
  /** By state: the number of its facts that the question reads. */
  readonly #facts = new Ints();

  /** The present state, its row and hash. */
  #state = 0;
  readonly #row: Int32Array;
  #hash = 0;
  /** The row after the last line, with the facts of that state, and the place of its changes in the list of effects. */
  readonly #next: Int32Array;
  #nextFacts = 0;
  #first = 0;
  #end = 0;
  to = 0;

  constructor({ alphabet }: Problem, side: Side, question: StepQuestion) {
    this.#side = side;
    this.#question = question;
    const asked = new AskedPredicate(question.where);
    this.#asked = asked;
    this.#cells = new Cells(side.start, keyParts(side.start, alphabet, question));
    const history = asked.a.looksAtSteps ? null : NO_HISTORY;
    this.#effects = new Effects(side, this.#cells, alphabet, (step) => asked.a.note(step), history);
    this.#store = new StateStore(this.#cells.count);
    this.#row = rowOf(side.start, this.#cells);
    this.#next = this.#row.slice();
    this.addRow(this.#row, this.find(this.#row));
  }

  get size(): number {
    return this.#store.size;
  }

  get bytes(): number {
    return this.#store.bytes + this.#effects.bytes + this.#facts.bytes;
  }

  get work(): number {
    return this.#effects.work;
  }

  set work(work: number) {
    this.#effects.work = work;
  }

  enter(state: number): void {
    this.#state = state;
    this.#store.load(state, this.#row);
    this.#next.set(this.#row);
    this.#hash = this.#store.hash(this.#row);
    this.#end = this.#first;
  }

  go(line: number): boolean {
    const effects = this.#effects;
    const store = this.#store;
    const row = this.#row;
    const next = this.#next;
    let changes = effects.changes.data;
    for (let at = this.#first; at < this.#end; at += 2) {
      const cell = changes[at] ?? 0;
      next[cell] = row[cell] ?? 0;
    }
    const leaf = effects.leaf(row, line);
    changes = effects.changes.data;
    const first = effects.first.data[leaf] ?? 0;
    const end = first + 2 * (effects.length.data[leaf] ?? 0);
    this.#first = first;
    this.#end = end;
    let to = this.#state;
    let facts = this.#facts.data[to] ?? 0;
    if (end > first) {
      let sum = this.#hash;
      for (let at = first; at < end; at += 2) {
        const cell = changes[at] ?? 0;
        const value = changes[at + 1] ?? 0;
        sum = (sum + Math.imul(value - (row[cell] ?? 0), store.factors[cell] ?? 0)) | 0;
        next[cell] = value;
      }
      to = store.find(next, sum);
      facts = to < 0 ? this.#factsOf(next) : (this.#facts.data[to] ?? 0);
    }
    this.to = to;
    this.#nextFacts = facts;
    return this.#asked.holds(effects.bits.data[leaf] ?? 0, facts);
  }

  add(): void {
    this.#store.add(this.#next, this.to);
    this.#facts.push(this.#nextFacts);
  }

  found(script: readonly Line[]): string {
    return foundInStep(this.#side, script, this.#question);
  }

  #factsOf(row: Int32Array): number {
    return this.#asked.a.looksAtStates ? this.#asked.a.state(this.#cells.machine(row, null)) : 0;
  }

  get columns(): number {
    return this.#cells.count;
  }

  get cells() {
    return [this.#cells];
  }

  copy(state: number, row: Int32Array): void {
    this.#store.load(state, row);
  }

  copyLast(row: Int32Array): void {
    row.set(this.#next);
  }

  find(row: Int32Array): number {
    return this.#store.find(row, this.#store.hash(row));
  }

  addRow(row: Int32Array, missing: number): void {
    this.#store.add(row, missing);
    this.#facts.push(this.#factsOf(row));
  }

  newValues(): readonly CellValues[] {
    return [this.#cells.newValues()];
  }

  numbersOf(_kernel: number, values: CellValues) {
    return this.#cells.numbersOf(values);
  }
}
