// The search: breadth first over exact states, so that its first find is a shortest script. It is a generator, so that a worker
// can report progress and stop it.

import { AskedPredicate } from './askedPredicate.ts';
import { Cells } from './cells.ts';
import { foundInStep } from './describe.ts';
import { Effects, NO_HISTORY } from './effects.ts';
import { Ints } from './ints.ts';
import { cannotHappen } from './needs.ts';
import { explorePairs } from './pairs.ts';
import type { Answer, Problem, Progress, Side } from './problem.ts';
import type { StepQuestion } from './questions.ts';
import { keyParts } from './state.ts';
import { StateStore } from './stateStore.ts';
import { CUT, REPORT_AFTER, rowOf, Trail } from './trail.ts';

const NO_SEARCH = {
  verdict: 'cannot-happen',
  states: 0,
  transitions: 0,
  depth: 0,
  frontier: 0,
  script: null,
  found: null,
  bytes: 0,
} as const;

/**
 * Searches every script over the alphabet, shortest first. Yields progress every few milliseconds of work. Returns `found`
 * with a shortest script, `exhausted` when it has examined every reachable state, `bounded` when a limit ended it, and
 * `cannot-happen` without a search when the problem lacks something that the question needs. Throws when the number of sides
 * differs from that of the question.
 */
export function* explore(problem: Problem): Generator<Progress, Answer, void> {
  const { sides, question } = problem;
  const missing = cannotHappen(question.needs, problem);
  if (missing !== null) return { ...NO_SEARCH, missing };
  if (question.sides === 1 && sides.length === 1) return yield* exploreOne(problem, sides[0], question);
  if (question.sides === 2 && sides.length === 2) return yield* explorePairs(problem, sides, question);
  throw new Error(`${question.id} needs ${question.sides} kernels, and the problem has ${sides.length}`);
}

function* exploreOne(
  { alphabet, bounds }: Problem,
  side: Side,
  question: StepQuestion,
): Generator<Progress, Answer, void> {
  const asked = new AskedPredicate(question.where);
  const cells = new Cells(side.start, keyParts(side.start, alphabet, question));
  const history = asked.a.looksAtSteps ? null : NO_HISTORY;
  const effects = new Effects(side, cells, alphabet, (step) => asked.a.note(step), history);
  const store = new StateStore(cells.count);
  const trail = new Trail();
  /** By state: the number of its facts that the question reads. */
  const stateFacts = new Ints();
  const factsOf = (row: Int32Array) => (asked.a.looksAtStates ? asked.a.state(cells.machine(row, null)) : 0);

  const row = rowOf(side.start, cells);
  const next = new Int32Array(cells.count);
  const startHash = store.hash(row);
  store.add(row, store.find(row, startHash));
  stateFacts.push(factsOf(row));
  const bytes = () => store.bytes + trail.bytes + effects.bytes + stateFacts.bytes;

  let work = 0;
  for (let state = 0; state < store.size; state++) {
    trail.enter(state, store.size);
    if (bounds.maxDepth !== null && trail.depth > bounds.maxDepth) {
      trail.cutAt(state);
      break;
    }
    store.load(state, row);
    next.set(row);
    const hash = store.hash(row);
    for (let line = 0; line < alphabet.length; line++) {
      const leaf = effects.leaf(row, line);
      work++;
      trail.transitions++;

      const changes = effects.changes.data;
      const first = effects.first.data[leaf] ?? 0;
      const end = first + 2 * (effects.length.data[leaf] ?? 0);
      let to = state;
      let facts = stateFacts.data[state] ?? 0;
      let missing = 0;
      if (end > first) {
        let sum = hash;
        for (let at = first; at < end; at += 2) {
          const cell = changes[at] ?? 0;
          const value = changes[at + 1] ?? 0;
          sum = (sum + Math.imul(value - (row[cell] ?? 0), store.factors[cell] ?? 0)) | 0;
          next[cell] = value;
        }
        to = store.find(next, sum);
        if (to < 0) missing = to;
        facts = to < 0 ? factsOf(next) : (stateFacts.data[to] ?? 0);
      }
      if (asked.holds(effects.bits.data[leaf] ?? 0, facts)) {
        const script = trail.script(alphabet, state, line);
        const found = foundInStep(side, script, question);
        const ending = { verdict: 'found', script, found, missing: null } as const;
        return { ...trail.progress(store.size, state), ...ending, bytes: bytes() };
      }
      if (missing < 0) {
        if (store.size >= bounds.maxStates) {
          return { ...trail.progress(store.size, state), ...CUT, bytes: bytes() };
        }
        store.add(next, missing);
        stateFacts.push(facts);
        trail.add(state, line);
      }
      for (let at = first; at < end; at += 2) {
        const cell = changes[at] ?? 0;
        next[cell] = row[cell] ?? 0;
      }
    }
    if (work + effects.work >= REPORT_AFTER) {
      work = 0;
      effects.work = 0;
      yield trail.progress(store.size, state + 1);
    }
  }
  return trail.nothing(store.size, bytes());
}
