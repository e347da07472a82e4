// A review as facts of a mail, and its script on both kernels.
import { expect, test } from 'vitest';
import type { Review, ReviewAnswer, ReviewEnding } from '../../src/explore/review/review.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { unchangedDevice } from '../../src/session/script.ts';
import { reviewFacts, reviewPair } from '../../src/views/mail/ofReview.ts';
import { mailParts } from '../../src/views/mail/parts.ts';

const none = { verdict: 'none' } as const;
const bounded = { verdict: 'bounded' } as const;

function answer(
  condition: ReviewAnswer['condition'],
  respect: ReviewAnswer['respect'],
  ending: ReviewEnding,
  states = 20,
): ReviewAnswer {
  const operations = { mode: 'msix', vectors: 3, goodFds: 1, maxBlock: 2, lines: 38 } as const;
  return { condition, respect, operations, states, depth: 5, ending };
}

const review = (...answers: readonly ReviewAnswer[]): Review => ({
  names: ['V3 patch', '6.12'],
  answers,
  costs: [],
  unasked: ['intx'],
});

function found(text: string, asUsual = false): ReviewEnding {
  const lines = parseScript(text).script.lines.map(({ line }) => line);
  const device = unchangedDevice('nvme');
  return {
    verdict: 'found',
    asUsual,
    script: {
      devices: [
        { ...device, generation: 'v3' },
        { ...device, generation: 'dynamic' },
      ],
      lines,
      results: [
        { ret: -1, errno: 'EBADF' },
        { ret: -1, errno: 'EBADF' },
      ],
      differences: [{ kind: 'msi_irqs', vector: 0, of: [null, 'msix'] }],
    },
  };
}

const FAILED = 'set_irqs msix trigger eventfd 0 [-1]\nset_irqs msix trigger eventfd 0 [999]';

test('tells each aspect once: a difference, else an open search, else none with its states', () => {
  const facts = reviewFacts(
    review(
      answer({ kind: 'usual' }, 'client', none, 128),
      answer({ kind: 'usual' }, 'host', found(FAILED)),
      answer({ kind: 'usual' }, 'state', found(FAILED)),
      answer({ kind: 'msi' }, 'client', none, 10),
      answer({ kind: 'msi' }, 'host', bounded, 20_000),
      answer({ kind: 'no-dynamic' }, 'client', found(FAILED, true)),
      answer({ kind: 'irqs', irqs: 2 }, 'client', found(FAILED), 9),
      answer({ kind: 'fault', site: 'kasprintf' }, 'client', {
        verdict: 'not-asked',
        reason: { kind: 'never-called', fn: 'kasprintf' },
      }),
    ),
  );
  expect(facts).toEqual([
    { aspect: 'ioctl results and signals', verdict: 'none', states: 128 },
    {
      aspect: 'msi_irqs and /proc',
      verdict: 'differs',
      states: 20,
      detail: 'msi_irqs differs after 2 lines',
    },
    {
      aspect: 'MSI',
      verdict: 'open',
      states: 20_000,
      detail: 'no difference in the first 20000 states',
    },
    // what the usual host shows too adds nothing: no fact of NORESIZE
    {
      aspect: 'shortage of irqs',
      verdict: 'differs',
      states: 9,
      detail: 'msi_irqs differs after 2 lines with 2 irqs',
    },
    { aspect: 'injected failures', verdict: 'open', states: null, detail: 'the operations cannot ask it' },
  ]);
});

test('takes the script that a client sees before one of root, and the usual host before others', () => {
  const ofClient = `${FAILED}\nirq_info msix`;
  const pair = reviewPair(
    review(
      answer({ kind: 'usual' }, 'host', found(FAILED)),
      answer({ kind: 'irqs', irqs: 1 }, 'client', found(ofClient)),
    ),
  );
  expect(pair?.map(({ generation, script }) => [generation, script.length])).toEqual([
    ['v3', 2],
    ['dynamic', 2],
  ]);
  if (pair === null || pair === undefined) throw new Error('no pair');
  expect(mailParts(pair).claim).toContain('V3 patch frees the irq of vector 0 and 6.12 keeps it');
  const short = reviewPair(review(answer({ kind: 'irqs', irqs: 1 }, 'client', found(ofClient))));
  expect(short?.[0].script).toHaveLength(3);
});

test('has no script without a difference, and none for a moment inside an ioctl', () => {
  expect(reviewPair(review(answer({ kind: 'usual' }, 'client', none)))).toBeNull();
  expect(reviewPair(review(answer({ kind: 'inside', mode: 'msix' }, 'client', found(FAILED))))).toBeNull();
  expect(reviewPair(review(answer({ kind: 'usual' }, 'state', found(FAILED))))).toBeNull();
});
