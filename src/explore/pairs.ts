// Two kernels in lock-step: the same line on both, over exact pairs of states.

import type { Step } from '../kernel/invariants/invariant.ts';
import { historyOf, Numbering, shownByGlobals, shownByStep, shownByVector } from './asked.ts';
import { type AskedFacts, AskedPredicate } from './askedPredicate.ts';
import { Cells } from './cells.ts';
import { foundInPair, foundInSteps } from './describe.ts';
import { Effects, NO_HISTORY } from './effects.ts';
import { Ints } from './ints.ts';
import type { Answer, Problem, Progress, Side } from './problem.ts';
import type { Difference, DifferQuestion, PairQuestion } from './questions.ts';
import { keyParts } from './state.ts';
import { StateStore } from './stateStore.ts';
import { CUT, REPORT_AFTER, RUN_COST, rowOf, Trail } from './trail.ts';

/** The asked part of a question about two kernels: a difference, or the predicate's facts of one kernel. */
type AskedPart =
  | { readonly difference: Difference; readonly shown: Numbering }
  | { readonly difference: null; readonly facts: AskedFacts };

/** One of the two kernels: its states, and the asked part of them. */
class Half {
  readonly effects: Effects;
  readonly store: StateStore;
  /** The present state, and the state after a line. */
  readonly row: Int32Array;
  readonly next: Int32Array;
  #hash = 0;
  #state = 0;
  readonly #cells: Cells;
  readonly #asked: AskedPart;
  readonly #shownGlobals = new Ints();
  readonly #shownVectors = new Ints();
  /** By state: the number of its facts that a predicate reads. */
  readonly #facts = new Ints();

  constructor(problem: Problem, side: Side, asked: AskedPart) {
    const { alphabet, question } = problem;
    this.#asked = asked;
    this.#cells = new Cells(side.start, keyParts(side.start, alphabet, question));
    const note = (step: Step) =>
      asked.difference === null
        ? asked.facts.note(step)
        : { bits: 0, seen: asked.shown.of(shownByStep(asked.difference, step)) };
    const history =
      asked.difference !== null ? historyOf(asked.difference) : asked.facts.looksAtSteps ? null : NO_HISTORY;
    this.effects = new Effects(side, this.#cells, alphabet, note, history);
    this.store = new StateStore(this.#cells.count);
    this.row = rowOf(side.start, this.#cells);
    this.next = this.row.slice();
    this.store.add(this.row, this.store.find(this.row, this.store.hash(this.row)));
    this.#facts.push(this.#factsOf(this.row));
  }

  /** Number of compared cells: the globals and the vectors. */
  get compared(): number {
    return 1 + this.#cells.vectors;
  }

  /** Makes `state` the present state. */
  enter(state: number): void {
    this.#state = state;
    this.store.load(state, this.row);
    this.next.set(this.row);
    this.#hash = this.store.hash(this.row);
  }

  /** Applies the leaf to `next` and returns the number of that state, which it adds if it is new. */
  go(leaf: number): number {
    const { effects, store, row, next } = this;
    const first = effects.first.data[leaf] ?? 0;
    const end = first + 2 * (effects.length.data[leaf] ?? 0);
    if (end === first) return this.#state;
    let sum = this.#hash;
    for (let at = first; at < end; at += 2) {
      const cell = effects.changes.data[at] ?? 0;
      const value = effects.changes.data[at + 1] ?? 0;
      sum = (sum + Math.imul(value - (row[cell] ?? 0), store.factors[cell] ?? 0)) | 0;
      next[cell] = value;
    }
    const known = store.find(next, sum);
    if (known >= 0) return known;
    this.#facts.push(this.#factsOf(next));
    return store.add(next, known);
  }

  /** Returns the number of the facts of a state that a predicate reads; 0 without a predicate. */
  facts(state: number): number {
    return this.#facts.data[state] ?? 0;
  }

  #factsOf(row: Int32Array): number {
    const asked = this.#asked;
    const reads = asked.difference === null && asked.facts.looksAtStates;
    return reads ? asked.facts.state(this.#cells.machine(row, null)) : 0;
  }

  /** Resets `next` to the present state. */
  back(): void {
    this.next.set(this.row);
  }

  /** Returns the compared part of a cell of `next` as a number. */
  shown(cell: number): number {
    const asked = this.#asked;
    if (asked.difference === null) return 0;
    const value = this.next[cell] ?? 0;
    const list = cell === 0 ? this.#shownGlobals : this.#shownVectors;
    while (list.length <= value) {
      const text =
        cell === 0
          ? shownByGlobals(asked.difference, this.#cells.globals(list.length))
          : shownByVector(asked.difference, this.#cells.vector(list.length));
      list.push(asked.shown.of(text));
    }
    return list.data[value] ?? 0;
  }

  get bytes(): number {
    return this.effects.bytes + this.store.bytes + this.#facts.bytes;
  }
}

/** Runs `explore` for two kernels. Its states are pairs of states. */
export function* explorePairs(
  problem: Problem,
  sides: readonly [Side, Side],
  question: DifferQuestion | PairQuestion,
): Generator<Progress, Answer, void> {
  const { alphabet, bounds } = problem;
  const shown = new Numbering();
  const difference = question.differ;
  const predicate = new AskedPredicate(question.differ === null ? question.where : null);
  const part = (facts: AskedFacts): AskedPart =>
    difference === null ? { difference, facts } : { difference, shown };
  const a = new Half(problem, sides[0], part(predicate.a));
  const b = new Half(problem, sides[1], part(predicate.b));
  const store = new StateStore(2, 4);
  const trail = new Trail();
  const pair = new Int32Array(2);
  const inStates = question.differ !== 'client' && question.differ !== 'return';
  const bitsIn = (half: Half, leaf: number) => half.effects.bits.data[leaf] ?? 0;
  /** Returns whether the line that leads to `to` is a find; `pair` has the states after it. */
  const isFind = (inA: number, inB: number, to: number) =>
    difference === null
      ? predicate.holds(bitsIn(a, inA), a.facts(pair[0] ?? 0), bitsIn(b, inB), b.facts(pair[1] ?? 0))
      : a.effects.seen.data[inA] !== b.effects.seen.data[inB] || (to < 0 && inStates && differ(a, b));
  store.add(pair, store.find(pair, store.hash(pair)));
  const bytes = () => a.bytes + b.bytes + store.bytes + trail.bytes;

  let work = 0;
  for (let state = 0; state < store.size; state++) {
    trail.enter(state, store.size);
    if (bounds.maxDepth !== null && trail.depth > bounds.maxDepth) {
      trail.cutAt(state);
      break;
    }
    store.load(state, pair);
    a.enter(pair[0] ?? 0);
    b.enter(pair[1] ?? 0);
    for (let line = 0; line < alphabet.length; line++) {
      const runs = a.effects.runs + b.effects.runs;
      const inA = a.effects.leaf(a.row, line);
      const inB = b.effects.leaf(b.row, line);
      work += 1 + (a.effects.runs + b.effects.runs - runs) * RUN_COST;
      trail.transitions++;
      pair[0] = a.go(inA);
      pair[1] = b.go(inB);
      const to = store.find(pair, store.hash(pair));
      if (isFind(inA, inB, to)) {
        const script = trail.script(alphabet, state, line);
        const found =
          question.differ === null
            ? foundInSteps(sides, script, question)
            : foundInPair(sides, script, question.differ);
        const ending = { verdict: 'found', script, found, missing: null } as const;
        return { ...trail.progress(store.size, state), ...ending, bytes: bytes() };
      }
      if (to < 0) {
        if (store.size >= bounds.maxStates) {
          return { ...trail.progress(store.size, state), ...CUT, bytes: bytes() };
        }
        store.add(pair, to);
        trail.add(state, line);
      }
      a.back();
      b.back();
    }
    if (work >= REPORT_AFTER) {
      work = 0;
      yield trail.progress(store.size, state + 1);
    }
  }
  return trail.nothing(store.size, bytes());
}

function differ(a: Half, b: Half): boolean {
  for (let cell = 0; cell < a.compared; cell++) {
    if (a.shown(cell) !== b.shown(cell)) return true;
  }
  return false;
}
