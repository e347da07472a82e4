// Reviews: the sentence of V3 against the merged driver, the alternatives of the debate, and what holds for every review.
import { beforeAll, describe, expect, test } from 'vitest';
import { REVIEW_SEARCHES } from '../../src/explore/review/conditions.ts';
import type { Review, ReviewAnswer, ReviewScript } from '../../src/explore/review/review.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { printScript } from '../../src/formats/notation/print.ts';
import { printLine } from '../../src/formats/notation/printLine.ts';
import type { Run } from '../../src/kernel/frame.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { scriptLine } from '../../src/session/session.ts';
import { answerRows, costRows, headline, secondLine } from '../../src/views/review/review.ts';
import { conditionName } from '../../src/views/review/words.ts';
import { interruptLines } from '../../src/views/wiring/interrupts.ts';
import { BAD, DETACHED, KEPT_REVIEWS } from './keptReviews.ts';
import { reviewOf } from './reviewOf.ts';

function notation({ devices, lines }: ReviewScript): string {
  return printScript({ device: devices[0], lines: lines.map(scriptLine) });
}

/** Returns an answer as `verdict`, or as its script without the lines that open eventfds and its first difference. */
function told(answer: ReviewAnswer | undefined): string | readonly string[] {
  if (answer === undefined) return 'no such search';
  if (answer.ending.verdict !== 'found') return answer.ending.verdict;
  if (answer.ending.asUsual) return 'as usual';
  const { lines } = answer.ending.script;
  return lines.filter(({ op }) => op.op !== 'eventfd').map((line) => printLine(scriptLine(line)));
}

/** Returns the answers of a review by condition and respect. */
function byName({ answers }: Review): Readonly<Record<string, string | readonly string[]>> {
  return Object.fromEntries(
    answers.map((answer) => [`${conditionName(answer.condition)}: ${answer.respect}`, told(answer)]),
  );
}

const [a, c] = [DETACHED, BAD];

beforeAll(() => {
  reviewOf('v3', '6.12');
});

describe('V3 against 6.12', () => {
  test('gives the sentence', () => {
    const known = reviewOf('v3', '6.12');
    expect(known.names).toEqual(['V3 patch', '6.12']);
    expect(headline(known)).toBe(
      'no ioctl result or signal differs (724 states); msi_irqs differs after 3 lines; MSI: none; no dynamic allocation: none; host with 2 irqs: 0 against ENOSPC',
    );
    expect(secondLine(known)).toBe(
      'pci_msix_alloc_irq_at fails: ENOSPC against 0; device fires inside an ioctl, MSI-X: none; device fires inside an ioctl, MSI: none',
    );
  });

  test('has these answers', () => {
    const answers = byName(reviewOf('v3', '6.12'));
    expect(answers).toMatchObject({
      'usual host, MSI-X: client': 'none',
      'usual host, MSI-X: host': [a, c],
      'usual host, MSI-X: state': [a, c],
      'MSI: client': 'none',
      'MSI: host': 'none',
      'no dynamic allocation: client': 'none',
      'no dynamic allocation: host': 'none',
      'host with 1 irq: client': [a, c, 'set_irqs msix trigger eventfd 1 [100]'],
      'host with 2 irqs: client': [a, c, 'set_irqs msix trigger eventfd 1 [100 100]'],
      'host with 3 irqs: client': 'none',
      'host with 3 irqs: host': 'as usual',
      'host with 1 CPU vector: client': [
        'set_irqs msix trigger eventfd 1 [100]',
        'set_irqs msix trigger eventfd 0 [100]',
        c,
      ],
      'pci_msix_alloc_irq_at fails: client': [
        a,
        c,
        'set_irqs msix trigger eventfd 0 [100] ! pci_msix_alloc_irq_at#1=ENOSPC',
      ],
      'request_irq fails: client': 'none',
      'kcalloc_ctx fails: client': 'not-asked',
      'vfio_virqfd_enable fails: host': 'not-asked',
      'device fires inside an ioctl, MSI-X: client': 'none',
      'device fires inside an ioctl, MSI: client': 'none',
    });
    expect(Object.keys(answers)).toHaveLength(REVIEW_SEARCHES.length);
  });

  test('counts the irqs that a failing assignment costs, and the calls', () => {
    const rows = costRows(reviewOf('v3', '6.12').costs);
    const row = (step: RegExp) => rows.find((one) => step.test(one.step))?.cells.map(({ text }) => text);
    expect(row(/^MSI-X: swap/)).toEqual(['0', '5', '5', '1', '0', '23']);
    expect(row(/^MSI-X: failing/)).toEqual(['EBADF', '4 / 6', '2', '0', '0', '22 / 17']);
    // without mask bits an interrupt in the window of a swap is lost
    expect(row(/^MSI: swap/)).toEqual(['0', '4', '4', '1', '1', '21']);
  });

  test('names the operations that no search has', () => {
    const { unasked } = reviewOf('v3', '6.12');
    expect(unasked).toEqual([
      ...['intx', 'err-req', 'mask', 'bool', 'close', 'read-write'],
      ...['reset', 'release-reopen', 'config', 'clobber'],
    ]);
  });

  test('has only scripts that read back', () => {
    for (const { script } of answerRows(reviewOf('v3', '6.12'))) {
      if (script === null) continue;
      const read = parseScript(notation(script));
      expect(read.problems).toEqual([]);
      expect(read.script.lines.map(({ line }) => line)).toEqual(script.lines);
    }
  });
});

describe.each(Object.entries(KEPT_REVIEWS))('%s against dynamic', (id, wanted) => {
  test('has these answers', () => {
    const known = reviewOf(id, 'dynamic');
    expect(headline(known)).toBe(wanted.headline);
    expect(secondLine(known)).toBe(wanted.second);
    expect(byName(known)).toMatchObject(wanted.answers);
    const costs = costRows(known.costs).map(({ step, cells }) => [step, cells.map(({ text }) => text)]);
    expect(Object.fromEntries(costs)).toMatchObject(wanted.costs);
  });
});

test('hold closes the window of a swap, and costs no irq more', () => {
  const swaps = reviewOf('hold', 'dynamic').costs.filter(({ step }) => step === 'swap');
  expect(swaps.map(({ of }) => of.map(({ windows, losing, calls }) => [windows, losing, calls]))).toEqual([
    [
      [0, 0, 13],
      [1, 0, 23],
    ],
    [
      [0, 0, 13],
      [1, 1, 21],
    ],
  ]);
  expect(reviewOf('hold', 'dynamic').costs.every(({ of: [x, y] }) => x.held === y.held)).toBe(true);
});

test('a kernel against itself has no difference anywhere, and costs the same', () => {
  const { answers, costs } = reviewOf('static', '6.1');
  expect(answers.filter(({ ending }) => ending.verdict === 'found' || ending.verdict === 'bounded')).toEqual(
    [],
  );
  for (const { of } of costs) expect(of[0]).toEqual(of[1]);
});

/** Returns the last run of a script of a review in one of its kernels. */
function lastRun(known: ReviewScript, side: 0 | 1): Run {
  const device = known.devices[side];
  const start = scriptMachine(device, null);
  if (!start.ok) throw new Error('no machine');
  const { generation: kernel } = start.value;
  const [first, ...more] = known.lines;
  if (first === undefined) throw new Error('an empty script');
  return more.reduce(
    (before, line) => run(generation(kernel.id), before.after, line),
    run(generation(kernel.id), start.value.machine, first),
  );
}

test.each([
  ['v3', '6.12'],
  ['hold', 'dynamic'],
  ['static', 'dynamic'],
  ['v2', 'dynamic'],
])(
  'each script of %s against %s shows its difference on full machines',
  (one, other) => {
    const known = reviewOf(one, other);
    let found = 0;
    for (const { condition, respect, ending } of known.answers) {
      if (ending.verdict !== 'found' || condition.kind === 'inside') continue;
      found++;
      const [inA, inB] = [lastRun(ending.script, 0), lastRun(ending.script, 1)];
      const result = ({ ret, errno }: Run) => ({ ret, errno });
      expect(ending.script.results).toEqual([result(inA), result(inB)]);
      // as the lists of the lab print them
      const rows = ({ after, happenings }: Run) => [
        interruptLines(after, 'dynamic').map(({ irq, name }) => [after.domain.numbers.get(irq), name]),
        happenings.flatMap((event) => (event.kind === 'delivered' ? [event.vector] : [])),
      ];
      if (respect === 'host') expect(rows(inA)).not.toEqual(rows(inB));
      const seen = (made: Run) => [
        result(made),
        made.out,
        made.happenings.filter(({ kind }) => kind === 'signal'),
      ];
      if (respect === 'client') expect(seen(inA)).not.toEqual(seen(inB));
    }
    expect(found).toBeGreaterThan(3);
  },
  120_000,
);

test('an interrupt inside an ioctl: what only one kernel does', () => {
  const answer = reviewOf('hold', 'dynamic').answers.find(
    ({ condition }) => condition.kind === 'inside' && condition.mode === 'msi',
  );
  if (answer?.ending.verdict !== 'found') throw new Error('nothing found');
  expect(answer.ending.script.differences).toEqual([
    { kind: 'fate', side: 1, vector: 0, fate: { kind: 'lost' } },
  ]);
  expect(lastRun(answer.ending.script, 1).happenings.map(({ kind }) => kind)).toContain('lost');
});
