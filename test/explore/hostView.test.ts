// The difference that root sees: it agrees with a naive search, with the lists of the lab, and no exported model has it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exported } from '../../src/explore/export/index.ts';
import { rootSeesStep, rootSeesVector, rootStep } from '../../src/explore/hostView.ts';
import { questionById } from '../../src/explore/questions.ts';
import { vectorOfCode } from '../../src/explore/state.ts';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import { problemOf } from './exported.ts';
import { naiveSearch } from './naive.ts';
import { answerOf, droppedBy, posed } from './problems.ts';

const host = questionById('differ-host');
if (!host.ok) throw new Error('no question differ-host');

test('agrees with the naive search', () => {
  const seen = { found: 0, exhausted: 0, bounded: 0, 'cannot-happen': 0 };
  fc.assert(
    fc.property(posed, fc.constantFrom(...GENERATIONS), ({ problem, ...more }, other) => {
      const [first] = problem.sides;
      const second = { generation: other, start: first.start };
      const asked = { ...problem, sides: [first, second] as const, question: host.value };
      const { verdict, states, transitions, script } = answerOf(asked);
      seen[verdict]++;
      expect({ verdict, states, transitions, length: script?.length ?? null }).toEqual(
        naiveSearch(asked, droppedBy({ ...more, problem: asked })),
      );
    }),
    { numRuns: 150 },
  );
  expect(seen.found).toBeGreaterThan(5);
  expect(seen.exhausted).toBeGreaterThan(5);
});

test('a swap in V2 frees the irq and allocates it again, which root sees; the merged driver keeps it', () => {
  const seen = (['v2', 'dynamic'] as const).map((id) => {
    const { sides, alphabet } = problemOf(id, {
      vectors: 1,
      maxBlock: 1,
      minusOne: false,
      badFd: false,
      raise: true,
    });
    const [attach, raise] = alphabet;
    if (attach === undefined || raise === undefined) throw new Error('no lines');
    let made = run(generation(id), sides[0].start, attach);
    made = run(generation(id), made.after, raise);
    const counting = rootStep(made);
    made = run(generation(id), made.after, attach);
    return [counting, rootStep(made), rootSeesStep(made)];
  });
  expect(seen).toEqual([
    [{ counted: [0], renewed: [] }, { counted: [], renewed: [0] }, 'renews the irq of vector 0'],
    [{ counted: [0], renewed: [] }, { counted: [], renewed: [] }, ''],
  ]);
});

test('the eventfd of a handler is invisible to root, and a cached irq is a file without a row', () => {
  const vector = vectorOfCode(1);
  expect(vector).toMatchObject({ allocated: true, handler: null, msi: false });
  expect(rootSeesVector({ ...vector, handler: 0 })).toBe(rootSeesVector({ ...vector, handler: 1 }));
  expect(rootSeesVector({ ...vector, handler: null })).toBe(
    'msix in msi_irqs, no handler in /proc/interrupts',
  );
  expect(rootSeesVector({ ...vector, handler: null, allocated: false })).toBe('no file in msi_irqs');
});

test('an export rejects the question by name', () => {
  for (const format of ['promela', 'tla'] as const) {
    const made = exported(format, problemOf(['v3', 'dynamic'], {}, {}, 'differ-host'), () => '');
    expect(made).toMatchObject({ ok: false, problems: [{ found: 'differ-host' }] });
  }
});
