// One search in several processes has the answer of one process, whenever the others join.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NOTHING_NEEDED } from '../../src/explore/needs.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { questionById } from '../../src/explore/questions.ts';
import { Search } from '../../src/explore/search.ts';
import { SharedSearch } from '../../src/explore/shared.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { answerOf, posed } from './problems.ts';

/** How a search is shared: by so many processes, after so many states, in rounds of so many states each. */
interface How {
  readonly of: number;
  readonly alone: number;
  readonly round: number;
}

const how: fc.Arbitrary<How> = fc.record({
  of: fc.integer({ min: 1, max: 4 }),
  alone: fc.nat(60),
  round: fc.integer({ min: 1, max: 20 }),
});

/** Runs a search alone for some states, and then in several processes, which exchange copies. */
function sharedAnswer(problem: Problem, { of, alone, round }: How): Answer | null {
  const first = new Search(problem);
  const steps = first.run(0);
  for (let tried = 0; tried < alone; tried++) if (steps.next().done === true) return null;
  const begun = new SharedSearch(first, { at: 0, of, round });
  const history = structuredClone(begun.history());
  const all = [
    begun,
    ...Array.from(
      { length: of - 1 },
      (_, at) => new SharedSearch(new Search(problem), { at: at + 1, of, history, round }),
    ),
  ];
  for (;;) {
    const batches = all.map((one) => structuredClone(one.expand()));
    const answers = all.map((one) => one.merge(batches));
    for (const answer of answers) expect(plain(answer)).toEqual(plain(answers[0] ?? null));
    if (answers[0] !== null) return answers[0] ?? null;
  }
}

/** An answer without its memory, which depends on the number of processes. */
function plain(answer: Answer | null) {
  if (answer === null) return null;
  const { bytes: _, ...rest } = answer;
  return rest;
}

function expectSame(problem: Problem, one: How): boolean {
  const shared = sharedAnswer(problem, one);
  if (shared === null) return false;
  expect(plain(shared)).toEqual(plain(answerOf(problem)));
  return true;
}

test('a question about one kernel', () => {
  let shared = 0;
  fc.assert(
    fc.property(posed, how, ({ problem }, one) => {
      const question = { ...problem.question, needs: NOTHING_NEEDED };
      if (expectSame({ ...problem, question }, one)) shared++;
    }),
    { numRuns: 150 },
  );
  expect(shared).toBeGreaterThan(10);
});

test.each(['client', 'state', 'host', 'return', 'attached'])('a difference of two kernels: %s', (respect) => {
  const asked = questionById(`differ-${respect}`);
  if (!asked.ok) throw new Error('no such question');
  let shared = 0;
  fc.assert(
    fc.property(posed, fc.constantFrom(...GENERATIONS), how, ({ problem }, other, one) => {
      const [first] = problem.sides;
      const sides = [first, { generation: other, start: first.start }] as const;
      const question = { ...asked.value, needs: NOTHING_NEEDED };
      if (expectSame({ ...problem, sides, question }, one)) shared++;
    }),
    { numRuns: 60 },
  );
  expect(shared).toBeGreaterThan(3);
});
