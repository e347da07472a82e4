import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printOp } from '../../src/formats/notation/printOp.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { emptySession, scriptLine } from '../../src/session/session.ts';
import { callsOf, mistakable, shortestCalls, visible, withReads } from '../../src/session/visible.ts';
import { anyLikelyLine } from '../model/likely.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../views/sessionOf.ts';

const kernels = (...ids: readonly GenerationId[]) => ids.map((id) => emptySession(id, 'nvme'));
const shortest = (text: string, ...ids: readonly GenerationId[]) =>
  shortestCalls(kernels(...ids), callsOf(sessionOf(text))).map(printOp);

const UNALLOCATED = `eventfd 100
set_irqs msix trigger eventfd 0 [100]
set_irqs msix trigger eventfd 3 [999]
irq_info intx`;

describe('what a script shows', () => {
  test('6.12 and V3: only msi_irqs, after the failed assignment', () => {
    const found = visible(kernels('dynamic', 'v3'), callsOf(sessionOf(UNALLOCATED)));
    expect([found.views, found.groups, found.line]).toEqual([['msi_irqs'], [0, 1], 3]);
    expect(found.seen.map((own) => own.map(({ msiIrqs }) => msiIrqs))).toEqual([
      [0, 1, 2, 2],
      [0, 1, 1, 1],
    ]);
    expect(found.seen[0]?.[3]?.handlers).toEqual([0]);
  });

  test('6.1 and 6.12: the result, which everyone sees', () => {
    const found = visible(kernels('static', 'dynamic'), callsOf(sessionOf(UNALLOCATED)));
    expect([found.views, found.line]).toEqual([['results'], 3]);
  });

  test('three kernels need two places', () => {
    const found = visible(kernels('static', 'dynamic', 'v3'), callsOf(sessionOf(UNALLOCATED)));
    expect([found.views, found.groups]).toEqual([
      ['results', 'msi_irqs'],
      [0, 1, 2],
    ]);
  });

  test('nothing tells a kernel from itself', () => {
    const found = visible(kernels('v3', 'v3'), callsOf(sessionOf(UNALLOCATED)));
    expect([found.views, found.groups, found.line]).toEqual([[], [0, 0], null]);
  });
});

describe('a counter that differs', () => {
  // the what-if kernel keeps vector 0 attached after the bad descriptor, so only its loopback signals 100
  const keeps = 'dynamic + lookup-first + stop-block' as const;
  const SIGNALLED = `eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100 101]
set_irqs msix trigger eventfd 0 [999]
set_irqs msix trigger none 0 2
irq_info msix`;

  test('is read right after the call, so that a user sees it', () => {
    const own = kernels('dynamic', keeps);
    const calls = callsOf(sessionOf(SIGNALLED));
    expect(visible(own, calls).views).toEqual(['interrupts']);
    const read = withReads(own, calls);
    expect(read.map(printOp).slice(5)).toEqual(['read 100', 'irq_info msix']);
    expect(visible(own, read)).toMatchObject({ views: ['results'], line: 6 });
    expect(shortestCalls(own, read).map(printOp)).toEqual([
      'eventfd 100',
      'set_irqs msix trigger eventfd 0 [100]',
      'set_irqs msix trigger eventfd 0 [999]',
      'set_irqs msix trigger none 0 2',
      'read 100',
    ]);
  });

  test('is not read where no counter or already a result differs', () => {
    const calls = callsOf(sessionOf(SIGNALLED));
    for (const own of [kernels('dynamic', 'v3'), kernels('dynamic', 'static')])
      expect(withReads(own, calls)).toBe(calls);
  });
});

describe('the shortest part', () => {
  test('drops calls and vectors that do not matter', () => {
    expect(shortest(`eventfd 107\n${FAILED_ASSIGNMENT}\nirq_info intx`, 'dynamic', 'v3')).toEqual([
      'eventfd 100',
      'set_irqs msix trigger eventfd 0 [100]',
      'set_irqs msix trigger eventfd 1 [999]',
    ]);
    expect(shortest(`irq_info msix\n${UNALLOCATED}`, 'static', 'dynamic')).toEqual(['irq_info msix']);
  });

  test('of calls that show no difference is all of them', () => {
    expect(shortest('eventfd 100\nread 100', 'dynamic', 'v3')).toEqual(['eventfd 100', 'read 100']);
  });

  test('tells the same kernels apart as the whole script', () => {
    const ids = fc.subarray(
      GENERATIONS.map(({ id }) => id),
      { minLength: 2, maxLength: 4 },
    );
    fc.assert(
      fc.property(ids, fc.array(anyLikelyLine, { maxLength: 14 }), (chosen, lines) => {
        const own = kernels(...chosen);
        const calls = callsOf({ script: lines.map(scriptLine) });
        const whole = visible(own, calls);
        const short = shortestCalls(own, calls);
        const part = visible(own, short);
        expect(short.length).toBeLessThanOrEqual(calls.length);
        expect(part.groups.join()).toBe(whole.groups.join());
        for (const view of part.views) expect(whole.views).toContain(view);
      }),
      { numRuns: 100 },
    );
  });
});

test('a kernel on a host without dynamic allocation can be mistaken for 6.1', () => {
  const grown = callsOf(
    sessionOf('eventfd 10\nset_irqs msix trigger eventfd 0 [-1]\nset_irqs msix trigger eventfd 5 [10]'),
  );
  expect(mistakable(kernels('static', 'dynamic'), grown)).toEqual([
    { kernel: 1, like: 0, change: { canAllocDyn: false } },
  ]);
  expect(mistakable(kernels('dynamic', 'v3'), callsOf(sessionOf(UNALLOCATED)))).toEqual([]);
});
