// The find as a sentence. The script is replayed on full machines from the start; a replay that does not show the find is a bug
// of the search and throws.

import { INVARIANTS } from '../kernel/invariants/index.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import { shownByGlobals, shownByStep, shownByVector } from './asked.ts';
import { type AtomUse, atomUses, holdsIn } from './predicate.ts';
import type { Side } from './problem.ts';
import type { Difference, StepQuestion } from './questions.ts';
import { globalsOf, type KeyParts, vectorCode, vectorOfCode } from './state.ts';
import { vectorsOf } from './vectors.ts';

/** The parts of a key without those that only some searches need. */
export const NOTHING_MORE: KeyParts = {
  originals: false,
  messages: false,
  reservations: false,
  pool: false,
  counters: false,
  numbers: false,
};

/** Returns the last step of a script. */
function lastStep({ generation, start }: Side, script: readonly Line[]): Step {
  let machine: Machine = start;
  let step: Step | null = null;
  for (const line of script) {
    const made = run(generation, machine, line);
    machine = made.after;
    step = { line, run: made };
  }
  if (step === null) throw new Error('the found script is empty');
  return step;
}

/** Returns the effect of the last line of the script, for a question about one kernel. */
export function foundInStep(side: Side, script: readonly Line[], question: StepQuestion): string {
  const step = lastStep(side, script);
  const { where } = question;
  if (where === null || !holdsIn(where, step))
    throw new Error(`${question.id}: the replay of the found script does not answer the question`);
  const sentences = atomUses(where).flatMap((use) => sentence(use, step));
  return [...new Set(sentences)].join(' ');
}

function sentence({ atom, arg }: AtomUse, step: Step): readonly string[] {
  const holds = atom.scope === 'step' ? atom.holds(step, arg) : atom.holds(step.run.after, arg);
  if (!holds) return [];
  const invariant = INVARIANTS.find(({ id }) => atom.id === `breaks-${id}`);
  const what = invariant?.broken(step) ?? null;
  if (invariant !== undefined && what !== null)
    return [`“${invariant.name}” (${invariant.id}) is broken: ${what}.`];
  return [arg === null ? atom.about : atom.about.replace('…', String(arg))];
}

/** Returns the differences of two kernels after the last line of the script. */
export function foundInPair(
  sides: readonly [Side, Side],
  script: readonly Line[],
  difference: Difference,
): string {
  const [a, b] = sides;
  const inA = lastStep(a, script);
  const inB = lastStep(b, script);
  const differences: string[] = [];
  const compare = (what: string, ofA: string, ofB: string) => {
    if (ofA !== ofB) differences.push(`${what}${a.generation.label}: ${ofA}; ${b.generation.label}: ${ofB}.`);
  };
  compare('', shownByStep(difference, inA), shownByStep(difference, inB));
  for (let vector = 0; vector < vectorsOf(a.start); vector++) {
    const [shownA, shownB] = [inA, inB].map(({ run: { after } }) =>
      shownByVector(difference, vectorOfCode(vectorCode(after, vector, NOTHING_MORE))),
    );
    compare(`Vector ${vector}: `, shownA ?? '', shownB ?? '');
  }
  const [globalsA, globalsB] = [inA, inB].map(({ run: { after } }) =>
    shownByGlobals(difference, globalsOf(after, NOTHING_MORE)),
  );
  compare('', globalsA ?? '', globalsB ?? '');
  if (differences.length === 0) throw new Error('the replay of the found script shows no difference');
  return differences.join(' ');
}
