// The states of two kernels in lock-step: the same line on both, over exact pairs of states.

import type { Line } from '../kernel/line.ts';
import { Numbering } from './asked.ts';
import { type AskedFacts, AskedPredicate } from './askedPredicate.ts';
import { foundInPair, foundInSteps } from './describe.ts';
import { type AskedPart, Half } from './half.ts';
import type { Problem, Side } from './problem.ts';
import type { DifferQuestion, PairQuestion } from './questions.ts';
import type { CellValues, Space } from './space.ts';
import { StateStore } from './stateStore.ts';

/** The space of a question about two kernels. Its states are pairs of states. */
export class PairSpace implements Space {
  readonly #sides: readonly [Side, Side];
  readonly #question: DifferQuestion | PairQuestion;
  readonly #predicate: AskedPredicate;
  readonly #a: Half;
  readonly #b: Half;
  readonly #store = new StateStore(2, 4);
  readonly #pair = new Int32Array(2);
  readonly #rows: readonly [Int32Array, Int32Array];
  /** A difference of states is a difference as soon as the pair is new. */
  readonly #inStates: boolean;
  to = 0;

  constructor(problem: Problem, sides: readonly [Side, Side], question: DifferQuestion | PairQuestion) {
    this.#sides = sides;
    this.#question = question;
    const shown = new Numbering();
    const difference = question.differ;
    this.#predicate = new AskedPredicate(question.differ === null ? question.where : null);
    const part = (facts: AskedFacts): AskedPart =>
      difference === null ? { difference, facts } : { difference, shown };
    this.#a = new Half(problem, sides[0], part(this.#predicate.a));
    this.#b = new Half(problem, sides[1], part(this.#predicate.b));
    this.#inStates = difference !== 'client' && difference !== 'return';
    this.#rows = [new Int32Array(this.#a.columns), new Int32Array(this.#b.columns)];
    this.#store.add(this.#pair, this.#found());
  }

  get size(): number {
    return this.#store.size;
  }

  get bytes(): number {
    return this.#a.bytes + this.#b.bytes + this.#store.bytes;
  }

  get work(): number {
    return this.#a.effects.work + this.#b.effects.work;
  }

  set work(work: number) {
    this.#a.effects.work = work;
    this.#b.effects.work = 0;
  }

  enter(state: number): void {
    this.#store.load(state, this.#pair);
    this.#a.enter(this.#pair[0] ?? 0);
    this.#b.enter(this.#pair[1] ?? 0);
  }

  go(line: number): boolean {
    const a = this.#a;
    const b = this.#b;
    a.go(line);
    b.go(line);
    this.#pair[0] = a.to;
    this.#pair[1] = b.to;
    this.to = this.#found();
    return this.#question.differ === null
      ? this.#predicate.holds(a.noted, a.facts(a.to), b.noted, b.facts(b.to))
      : a.noted !== b.noted || (this.to < 0 && this.#inStates && a.differsFrom(b));
  }

  add(): void {
    this.#store.add(this.#pair, this.to);
  }

  found(script: readonly Line[]): string {
    return this.#question.differ === null
      ? foundInSteps(this.#sides, script, this.#question)
      : foundInPair(this.#sides, script, this.#question.differ);
  }

  #found(): number {
    return this.#store.find(this.#pair, this.#store.hash(this.#pair));
  }

  get columns(): number {
    return this.#a.columns + this.#b.columns;
  }

  get cells() {
    return [this.#a.cells, this.#b.cells];
  }

  copy(state: number, row: Int32Array): void {
    const pair = new Int32Array(2);
    this.#store.load(state, pair);
    this.#join(pair[0] ?? 0, pair[1] ?? 0, row);
  }

  copyLast(row: Int32Array): void {
    this.#join(this.#a.to, this.#b.to, row);
  }

  #join(a: number, b: number, row: Int32Array): void {
    const [one, other] = this.#rows;
    this.#a.copy(a, one);
    this.#b.copy(b, other);
    row.set(one);
    row.set(other, one.length);
  }

  find(row: Int32Array): number {
    const [one, other] = this.#rows;
    one.set(row.subarray(0, one.length));
    other.set(row.subarray(one.length));
    this.#pair[0] = this.#a.stateOf(one);
    this.#pair[1] = this.#b.stateOf(other);
    return this.#found();
  }

  addRow(_row: Int32Array, missing: number): void {
    // `find` has set the pair
    this.#store.add(this.#pair, missing);
  }

  newValues(): readonly CellValues[] {
    return [this.#a.cells.newValues(), this.#b.cells.newValues()];
  }

  numbersOf(kernel: number, values: CellValues) {
    return (kernel === 0 ? this.#a : this.#b).cells.numbersOf(values);
  }
}
