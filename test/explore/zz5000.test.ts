import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atomUses } from '../../src/explore/predicate.ts';
import { type Dropped, naiveSearch } from './naive.ts';
import { answerOf, type Posed, posed } from './problems.ts';

/** What may be left out, from the words of the problem alone. */
function droppedBy({ problem, spec, host }: Posed): Dropped {
  const { question } = problem;
  const atoms = question.sides === 1 && question.where !== null ? atomUses(question.where) : [];
  const asks = (...ids: string[]) => atoms.some(({ atom }) => ids.includes(atom.id));
  const messages = !problem.alphabet.some(({ op }) => op.op === 'reset') && !asks('breaks-I10');
  return {
    originals: !asks('original-irq-freed', 'breaks-I4', 'breaks-I6', 'breaks-I21'),
    messages,
    numbers: !asks('breaks-I11'),
    fixed: messages && (host.cpuVectors ?? 194) >= spec.vectors,
    descriptors: !problem.alphabet.some(({ op }) => op.op === 'close'),
  };
}

describe('the search', () => {
  test('agrees with a naive one: verdict, states, transitions, length', () => {
    fc.assert(
      fc.property(posed, (one) => {
        const naive = naiveSearch(one.problem, droppedBy(one));
        const { verdict, states, transitions, script } = answerOf(one.problem);
        expect({ verdict, states, transitions, length: script?.length ?? null }).toEqual(naive);
      }),
      { numRuns: 5000 },
    );
  }, 580_000);
});
