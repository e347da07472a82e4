// The sentences of a review for endings that the usual kernels do not have.
import { expect, test } from 'vitest';
import type { Review, ReviewAnswer, ReviewEnding } from '../../src/explore/review/review.ts';
import { answerRows, headline, reviewText, secondLine } from '../../src/views/review/review.ts';
import { differenceText } from '../../src/views/review/words.ts';

function answer(
  condition: ReviewAnswer['condition'],
  respect: ReviewAnswer['respect'],
  ending: ReviewEnding,
): ReviewAnswer {
  const operations = { mode: 'msix', vectors: 3, goodFds: 1, maxBlock: 2, lines: 38 } as const;
  return { condition, respect, operations, states: 20_000, depth: 5, ending };
}

const NAMES = ['A', 'B'] as const;
const bounded = { verdict: 'bounded' } as const;
const none = { verdict: 'none' } as const;
const review = (answers: readonly ReviewAnswer[]): Review => ({
  names: NAMES,
  answers,
  costs: [],
  unasked: ['intx'],
});

test('a limit is never told as “none”', () => {
  const cut = review([
    answer({ kind: 'usual' }, 'client', bounded),
    answer({ kind: 'usual' }, 'host', bounded),
    answer({ kind: 'msi' }, 'client', none),
    answer({ kind: 'msi' }, 'host', bounded),
    answer({ kind: 'no-dynamic' }, 'client', none),
    answer({ kind: 'no-dynamic' }, 'host', none),
    answer({ kind: 'irqs', irqs: 1 }, 'client', bounded),
    answer({ kind: 'fault', site: 'kasprintf' }, 'client', bounded),
  ]);
  expect(headline(cut)).toBe(
    'no ioctl result or signal differs (the first 20,000 states); msi_irqs and /proc/interrupts: none in 20,000 states; MSI: none in 20,000 states; no dynamic allocation: none; host short of irqs: none in 20,000 states',
  );
  expect(secondLine(cut)).toMatch(/^an injected failure: none in 20,000 states/);
  const [first] = answerRows(cut);
  expect(first?.text).toBe('No difference in 20,000 states; the limit left further states unexamined.');
  expect(reviewText(cut, () => '')).toContain('nothing is said about them: INTx (the pin). Nor about');
});

test('a question that cannot be asked is no answer', () => {
  const reason = { kind: 'never-called', fn: 'kcalloc_ctx' } as const;
  const ending = { verdict: 'not-asked', reason } as const;
  const unasked = review([answer({ kind: 'fault', site: 'kcalloc_ctx' }, 'client', ending)]);
  expect(secondLine(unasked)).toMatch(/^an injected failure: not asked/);
  expect(answerRows(unasked)[0]?.text).toBe(
    'Cannot be asked: no assignment of these operations calls kcalloc_ctx in either kernel.',
  );
});

test('each kind of difference names both kernels', () => {
  const told = (difference: Parameters<typeof differenceText>[0]) => differenceText(difference, NAMES);
  expect(told({ kind: 'signals', of: [[100, 100], []] })).toBe('Signalled eventfds. A: 100, 100; B: none.');
  expect(
    told({
      kind: 'output',
      of: [
        { flags: 1, count: 8 },
        { flags: 9, count: 8 },
      ],
    }),
  ).toBe('Output of the ioctl. A: flags 1, count 8; B: flags 9, count 8.');
  expect(told({ kind: 'interrupts', vector: 0, of: ['vfio-msix[0](0000:00:04.0)', null] })).toBe(
    '/proc/interrupts, irq of vector 0. A: vfio-msix[0](0000:00:04.0); B: no handler.',
  );
  expect(told({ kind: 'counts', of: [[0], []] })).toContain('count grows. A: 0; B: none.');
  expect(told({ kind: 'renewed', of: [[], [1]] })).toContain('allocated again. A: none; B: 1.');
  expect(told({ kind: 'fate', side: 0, vector: 2, fate: { kind: 'signalled', fd: 101 } })).toBe(
    'An interrupt of vector 2 inside the last ioctl signals eventfd 101 in A and at no moment in B.',
  );
});
