import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import { NOTHING_NEEDED } from '../../src/explore/needs.ts';
import { questionById } from '../../src/explore/questions.ts';
import type { Generation } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import { problemOf } from './exported.ts';
import { naiveSearch } from './naive.ts';
import { answerOf, droppedBy, posed, sideOf } from './problems.ts';

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
      { numRuns: 250 },
    );
  });

  test('merges only paths with the same signals, where it compares what a client sees', () => {
    const client = questionById('differ-client');
    if (!client.ok) throw new Error('no question differ-client');
    fc.assert(
      fc.property(posed, fc.constantFrom(...GENERATIONS), ({ problem, ...more }, other) => {
        const [first] = problem.sides;
        const sides = [first, { generation: other, start: first.start }] as const;
        const question = { ...client.value, needs: NOTHING_NEEDED };
        const asked = { ...problem, sides, question };
        const { verdict, states, transitions, script } = answerOf(asked);
        expect({ verdict, states, transitions, length: script?.length ?? null }).toEqual(
          naiveSearch(asked, droppedBy({ ...more, problem: asked })),
        );
      }),
      { numRuns: 80 },
    );
  });

  test('runs the model for a small part of the states and lines', () => {
    const problem = problemOf('dynamic', { vectors: 3, goodFds: 2, raise: true, disable: true });
    const [{ generation: dynamic, start }] = problem.sides;
    let calls = 0;
    const counting: Generation = {
      ...dynamic,
      vfio_pci_set_msi_trigger: (...args) => {
        calls++;
        return dynamic.vfio_pci_set_msi_trigger(...args);
      },
    };
    const { transitions } = answerOf({ ...problem, sides: [{ generation: counting, start }] });
    // lines without remembered parts would need a sixth
    expect(transitions / calls).toBeGreaterThan(8);
  });

  test('needs no exact counter where no line reads or writes one', () => {
    fc.assert(
      fc.property(posed, (one) => {
        const bounds = { maxDepth: 3, maxStates: 100_000 };
        const problem = { ...one.problem, alphabet: one.problem.alphabet.slice(0, 8), bounds };
        const dropped = droppedBy({ ...one, problem });
        const exact = naiveSearch(problem, { ...dropped, amounts: false });
        const short = naiveSearch(problem, dropped);
        expect([short.verdict === 'found', short.length]).toEqual([exact.verdict === 'found', exact.length]);
        expect(short.states).toBeLessThanOrEqual(exact.states);
      }),
      { numRuns: 40 },
    );
  });

  test('ends with INTx: counters that only grow make no new state', () => {
    const spec: AlphabetSpec = {
      ...USUAL_ALPHABET,
      ...{ mode: 'msix', vectors: 2, maxBlock: 1, disable: true, loopback: true, raise: true },
      ...{
        mask: true,
        unmaskFd: true,
        also: [
          { mode: 'intx', vectors: 1 },
          { mode: 'msi', vectors: 2 },
        ],
      },
    };
    const { setUp, lines } = alphabetOf(spec);
    const side = sideOf(generation('dynamic'), spec, {}, setUp);
    const counting = questionById('count-states');
    if (!counting.ok) throw new Error('no count');
    const bounds = { maxDepth: null, maxStates: 20_000 };
    const problem = { sides: [side], alphabet: lines, question: counting.value, bounds } as const;
    const { verdict, states, transitions } = answerOf(problem);
    expect(verdict).toBe('exhausted');
    expect(states).toBeGreaterThan(50);
    expect(naiveSearch(problem, droppedBy({ problem, spec, host: {} }))).toMatchObject({
      states,
      transitions,
    });
  });
});
