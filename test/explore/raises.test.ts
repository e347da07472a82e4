// Lines with an interrupt inside: the search agrees with the naive one, and an export rejects them by name.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportFacts } from '../../src/explore/export/facts.ts';
import type { Line, RaiseAt } from '../../src/kernel/line.ts';
import { inNotation } from './exported.ts';
import { naiveSearch } from './naive.ts';
import { answerOf, mostVectors, posed, readsDescriptors } from './problems.ts';

const raise: fc.Arbitrary<RaiseAt> = fc.record({
  vector: fc.nat({ max: 3 }),
  when: fc.constantFrom('before', 'after'),
  fn: fc.constantFrom(
    'free_irq',
    'request_irq',
    'pci_free_irq_vectors',
    'pci_alloc_irq_vectors',
    'eventfd_ctx_fdget',
  ),
  nth: fc.constantFrom(1, 2),
});

/** Adds an interrupt to every other SET_IRQS of the alphabet. */
const problems = fc.tuple(posed, fc.array(raise, { minLength: 1, maxLength: 2 })).map(([one, raises]) => {
  const alphabet = one.problem.alphabet.map(
    (line, at): Line => (line.op.op === 'set_irqs' && at % 2 === 0 ? { ...line, raises } : line),
  );
  return { ...one, problem: { ...one.problem, alphabet } };
});

test('agrees with the naive search', () => {
  let fired = 0;
  fc.assert(
    fc.property(problems, ({ problem, spec, host }) => {
      // the naive key leaves out only names of objects and irq numbers, which no line can distinguish
      const messages = !problem.alphabet.some(({ op }) => op.op === 'reset');
      fc.pre(problem.question.sides === 2 && problem.question.differ !== null);
      fired += problem.alphabet.filter(({ raises }) => raises !== undefined).length;
      const naive = naiveSearch(problem, {
        originals: true,
        messages,
        numbers: true,
        fixed: messages && (host.cpuVectors ?? 194) >= mostVectors(spec),
        descriptors: !readsDescriptors(problem),
        amounts: true,
      });
      const { verdict, states, transitions, script } = answerOf(problem);
      expect({ verdict, states, transitions, length: script?.length ?? null }).toEqual(naive);
    }),
    { numRuns: 80 },
  );
  expect(fired).toBeGreaterThan(20);
});

test('an export rejects interrupts inside a line', () => {
  fc.assert(
    fc.property(problems, ({ problem }) => {
      fc.pre(problem.alphabet.some(({ raises }) => raises !== undefined));
      const facts = exportFacts(problem, new Set(), inNotation);
      expect(facts.ok).toBe(false);
      if (!facts.ok) expect(facts.problems.map(({ found }) => found)).toContain('an interrupt inside a line');
    }),
    { numRuns: 60 },
  );
});
