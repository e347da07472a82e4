import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NOTHING_NEEDED } from '../../src/explore/needs.ts';
import { naiveSearch } from './naive.ts';
import { answerOf, droppedBy, posed } from './problems.ts';

describe('the search', () => {
  test('agrees with a naive search on verdict, states, transitions and length', () => {
    fc.assert(
      fc.property(posed, (one) => {
        const naive = naiveSearch(one.problem, droppedBy(one));
        // a question without needs is always searched
        const question = { ...one.problem.question, needs: NOTHING_NEEDED };
        const { verdict, states, transitions, script } = answerOf({ ...one.problem, question });
        expect({ verdict, states, transitions, length: script?.length ?? null }).toEqual(naive);
      }),
      { numRuns: 150 },
    );
  });
});
