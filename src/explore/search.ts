// The search: breadth first over exact states, so that what it finds first is a shortest script. A generator, so that a
// worker can tell how far it is and stop it.

import { AskedPredicate } from './asked.ts';
import { Cells } from './cells.ts';
import { foundInStep } from './describe.ts';
import { Effects } from './effects.ts';
import { Ints } from './ints.ts';
import { explorePairs } from './pairs.ts';
import type { Answer, Problem, Progress, Side } from './problem.ts';
import type { StepQuestion } from './questions.ts';
import { keyParts } from './state.ts';
import { StateStore } from './stateStore.ts';
import { REPORT_AFTER, RUN_COST, rowOf, Trail } from './trail.ts';

/**
 * Searches every script over the alphabet, shortest first. Yields how far it is every few milliseconds of work; returns
 * `found` with a shortest script, `exhausted` when every reachable state was looked into and no bound cut anything, and
 * `bounded` otherwise. Throws when the sides are not as many as the question asks for.
 */
export function* explore(problem: Problem): Generator<Progress, Answer, void> {
  const { sides, question } = problem;
  if (question.sides === 1 && sides.length === 1) return yield* exploreOne(problem, sides[0], question);
  if (question.sides === 2 && sides.length === 2) return yield* explorePairs(problem, sides, question);
  throw new Error(`${question.id} asks about ${question.sides} kernels, and ${sides.length} were given`);
}

function* exploreOne(
  { alphabet, bounds }: Problem,
  side: Side,
  question: StepQuestion,
): Generator<Progress, Answer, void> {
  const asked = new AskedPredicate(question.where);
  const cells = new Cells(side.start, keyParts(side.start, alphabet, question));
  const effects = new Effects(side, cells, alphabet, (step) => asked.note(step), asked.looksAtSteps);
  const store = new StateStore(cells.count);
  const trail = new Trail();
  const stateBits = new Ints();
  const bitsOf = (row: Int32Array) => (asked.looksAtStates ? asked.stateBits(cells.machine(row, null)) : 0);

  const row = rowOf(side.start, cells);
  const next = new Int32Array(cells.count);
  const startHash = store.hash(row);
  store.add(row, store.find(row, startHash));
  stateBits.push(bitsOf(row));
  const bytes = () => store.bytes + trail.bytes + effects.bytes + stateBits.bytes;

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
      const runs = effects.runs;
      const leaf = effects.leaf(row, line);
      work += 1 + (effects.runs - runs) * RUN_COST;
      trail.transitions++;

      const changes = effects.changes.data;
      const first = effects.first.data[leaf] ?? 0;
      const end = first + 2 * (effects.length.data[leaf] ?? 0);
      let to = state;
      let bits = stateBits.data[state] ?? 0;
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
        bits = to < 0 ? bitsOf(next) : (stateBits.data[to] ?? 0);
      }
      if (asked.holds(effects.bits.data[leaf] ?? 0, bits)) {
        const script = trail.script(alphabet, state, line);
        const found = foundInStep(side, script, question);
        return { ...trail.progress(store.size, state), verdict: 'found', script, found, bytes: bytes() };
      }
      if (missing < 0) {
        if (store.size >= bounds.maxStates) {
          const none = { verdict: 'bounded' as const, script: null, found: null };
          return { ...trail.progress(store.size, state), ...none, bytes: bytes() };
        }
        store.add(next, missing);
        stateBits.push(bits);
        trail.add(state, line);
      }
      for (let at = first; at < end; at += 2) {
        const cell = changes[at] ?? 0;
        next[cell] = row[cell] ?? 0;
      }
    }
    if (work >= REPORT_AFTER) {
      work = 0;
      yield trail.progress(store.size, state + 1);
    }
  }
  return trail.nothing(store.size, bytes());
}
