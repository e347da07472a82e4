// Two kernels in lock-step: the same line on both, over exact pairs of states.

import { Numbering } from './asked.ts';
import { type AskedFacts, AskedPredicate } from './askedPredicate.ts';
import { foundInPair, foundInSteps } from './describe.ts';
import { type AskedPart, Half } from './half.ts';
import type { Answer, Problem, Progress, Side } from './problem.ts';
import type { DifferQuestion, PairQuestion } from './questions.ts';
import { StateStore } from './stateStore.ts';
import { CUT, REPORT_AFTER, Trail } from './trail.ts';

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
  /** Returns whether the last line on both kernels is a find; `to` is negative for a new pair of states. */
  const isFind = (to: number) =>
    difference === null
      ? predicate.holds(a.noted, a.facts(a.to), b.noted, b.facts(b.to))
      : a.noted !== b.noted || (to < 0 && inStates && a.differsFrom(b));
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
      a.go(line);
      b.go(line);
      work++;
      trail.transitions++;
      pair[0] = a.to;
      pair[1] = b.to;
      const to = store.find(pair, store.hash(pair));
      if (isFind(to)) {
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
    }
    if (work + a.effects.work + b.effects.work >= REPORT_AFTER) {
      work = 0;
      a.effects.work = 0;
      b.effects.work = 0;
      yield trail.progress(store.size, state + 1);
    }
  }
  return trail.nothing(store.size, bytes());
}
