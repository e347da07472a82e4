// The scenarios and the first differing line of each, derived by hand from their listed results and states instead of
// from the model. "old" of the list is static here, "merged" is dynamic.
//
// An expectation is a line number of the script and its most important kinds, as far as the list contains them: `2 return`
// is a difference at line 2 whose most important kind is the return, `none` means that no line differs.

import { describe, expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { compared, said } from './lanes.ts';

interface Case {
  readonly title: string;
  readonly script: readonly string[];
  /** old and V3, old and merged, V3 and merged. */
  readonly first: readonly [string, string, string];
}

const PAIRS: readonly (readonly [GenerationId, GenerationId])[] = [
  ['static', 'v3'],
  ['static', 'dynamic'],
  ['v3', 'dynamic'],
];

/** E(start)[fds], N(start,count), OFF, B(start)[…] as written in the list. */
const E = (start: number, ...fds: readonly number[]) =>
  `set_irqs msix trigger eventfd ${start} [${fds.join(' ')}]`;
const N = (start: number, count: number) => `set_irqs msix trigger none ${start} ${count}`;
const B = (start: number, ...values: readonly number[]) =>
  `set_irqs msix trigger bool ${start} [${values.join(' ')}]`;
const OFF = 'disable msix';
const REQ = (fd: number) => `set_irqs req trigger eventfd 0 [${fd}]`;
const none = ['none', 'none', 'none'] as const;
const old = (first: string) => [first, first, 'none'] as const;

const CASES: readonly Case[] = [
  { title: 'S1', script: [E(0, 10, 11, 12), N(1, 1), OFF], first: none },
  { title: 'S2', script: [E(0, 10, 11, 12, 13), OFF], first: none },
  { title: 'S3', script: [E(0, 10, 11, 12, 13, 14, 15, 16, 17)], first: none },
  { title: 'S4', script: [E(0, -2), E(3, 13), E(3, -2)], first: old('2 return') },
  { title: 'S5', script: [E(0, 10), OFF, E(0, 10)], first: none },
  { title: 'S6', script: [E(0, 10), E(0, 11), OFF, E(0, 11, 12)], first: none },
  { title: 'S7', script: [E(0, -1), E(5, 15), E(2, 12), E(5, 25)], first: old('2 return') },
  { title: 'S8', script: ['device nvme nodyn', E(0, -1), E(5, 15)], first: none },
  { title: 'S9', script: [E(0, 40), E(0, 30), E(0, 40)], first: none },
  { title: 'S10', script: [E(0, -1), E(0, 10, -1, 12, -1)], first: old('2 return') },
  {
    title: 'S11',
    script: [E(0, 19, -1, -1, -1, -1, -1, -1, -1), E(0, -1, -1, -1, -1, -1, -1, -1, -1), E(0, 10), E(3, 13)],
    first: none,
  },
  {
    title: 'S12',
    script: [E(0, 10, -1, -1, -1, -1, -1, -1, -1), E(0, -1, -1, -1, -1, -1, -1, -1, -1), E(3, 13)],
    first: none,
  },
  { title: 'S13', script: [E(0, 10, 11), E(4, 14)], first: old('2 return') },
  { title: 'S14', script: [E(0, 10), E(4, 99), E(4, 14)], first: ['2 return', '2 return', '2 allocated'] },
  { title: 'S15', script: [E(0, 10, 11), E(1, 99), E(1, 12)], first: ['2 allocated', 'none', '2 allocated'] },
  { title: 'S16', script: [E(0, 10), E(2, 12, 99, 14)], first: ['2 return', '2 return', '2 allocated'] },
  { title: 'S16b', script: [E(0, 10), E(3, 13, 14, 99)], first: ['2 return', '2 return', '2 allocated'] },
  {
    title: 'S17',
    script: [E(0, 10, 11, 12, 13), E(0, 20, 99, 22, 23)],
    first: ['2 allocated', 'none', '2 allocated'],
  },
  { title: 'S18', script: [E(0, 10, 11, 99)], first: none },
  {
    title: 'S19',
    script: ['device nvme nodyn', E(0, 10, 11), E(0, 20, 21, 22, 23)],
    first: old('2 attached'),
  },
  { title: 'S20', script: ['device nvme nodyn', E(0, 10, 11), E(0, 20, 21, -1, -1)], first: old('2 return') },
  {
    title: 'S21',
    script: ['device nvme msix=10', E(0, 10, 11, 12, 13, 14), E(0, 20, 21, 22, 23, 24, 25, 26, 27)],
    first: old('2 return'),
  },
  {
    title: 'S21 with six irqs',
    script: ['device nvme msix=10 irqs=6', E(0, 10, 11, 12, 13, 14), E(0, 20, 21, 22, 23, 24, 25, 26, 27)],
    first: old('2 return'),
  },
  { title: 'S22', script: [E(0, 10, 11), N(4, 2)], first: old('2 return') },
  { title: 'S23', script: [OFF, E(0, 10), OFF, OFF], first: none },
  { title: 'S24', script: [E(0, 10, 11), N(0, 2)], first: none },
  { title: 'S25', script: [E(0, 10), 'set_irqs msix mask none 0 1', OFF], first: none },
  {
    title: 'S26',
    script: [E(0, 10), 'set_irqs msix mask none 0 1', 'set_irqs msix unmask none 0 1'],
    first: none,
  },
  {
    title: 'S27',
    script: ['device e1000e', E(0, 10), 'set_irqs msi trigger eventfd 0 [11]'],
    first: none,
  },
  { title: 'S28', script: ['device nvme irqs=3', E(0, 10, 11, 12, 13)], first: none },
  {
    title: 'S29',
    script: ['device nvme irqs=3', E(0, 10, 11), E(4, 14), E(5, 15)],
    first: old('2 return'),
  },
  {
    title: 'S29 as recorded: short of CPU vectors',
    script: ['device nvme cpu_vectors=3', E(0, 10, 11), E(4, 14), E(5, 15)],
    first: ['2 return', '2 return', '3 allocated'],
  },
  { title: 'S30', script: [E(0, 10, 11, 12, 13, 14, 15, 16, 17, 18)], first: none },
  {
    title: 'S31',
    script: [REQ(30), REQ(-2), 'set_irqs req trigger none 0 1', REQ(-1), 'set_irqs req trigger none 0 0'],
    first: old('2 return'),
  },
  { title: 'S32', script: [E(0), E(4)], first: old('2 return') },
  {
    title: 'S33',
    script: [
      'set_irqs raw argsz=24 flags=0x26 index=2 start=0 count=1 i32=10',
      'set_irqs raw argsz=24 flags=0x34 index=2 start=0 count=1 i32=10',
      'set_irqs raw argsz=24 flags=0x4 index=2 start=0 count=1 i32=10',
      'set_irqs raw argsz=24 flags=0x24 index=2 start=0 count=2 i32=10,11',
      'set_irqs raw argsz=20 flags=0x21 index=2 start=1 count=0xfffffffe',
      'set_irqs raw argsz=20 flags=0x21 index=2 start=8 count=0',
    ],
    first: none,
  },
  { title: 'S34', script: [E(0, 10, 10), N(0, 2)], first: none },
  {
    title: 'S35',
    script: ['device nvme irqs=2', E(0, 10, 11), E(1, 99), E(5, 15), E(1, 12)],
    first: ['2 allocated', '3 return', '2 allocated'],
  },
  {
    title: 'S35 without a pool',
    script: [E(0, 10, 11), E(1, 99), E(5, 15), E(1, 12)],
    first: ['2 allocated', '3 return', '2 allocated'],
  },
  { title: 'S36', script: [E(0, 10, 11), E(1, -1), E(1, 21)], first: none },
  { title: 'S37', script: [E(0, 10, 11, 12), B(0, 1, 0, 1)], first: none },
  {
    title: 'S38',
    script: [E(0, 10), E(0, 99), N(0, 1), E(0, 11)],
    first: ['2 allocated', 'none', '2 allocated'],
  },
];

describe.each(CASES)('$title', ({ script, first }) => {
  test.each(PAIRS.map(([a, b], at) => [a, b, first[at] ?? ''] as const))(
    '%s and %s: %s',
    (a, b, expected) => {
      const [found = 'none'] = said(compared(script.join('\n'), a, b));
      expect(found.split(' ').slice(0, 2).join(' ')).toBe(expected);
    },
  );

  test('all three: the first line at which a pair differs', () => {
    const lines = first.map((one) => Number.parseInt(one, 10)).filter((line) => !Number.isNaN(line));
    const expected = lines.length === 0 ? undefined : Math.min(...lines);
    const [found] = said(compared(script.join('\n'), 'static', 'v3', 'dynamic'));
    expect(found === undefined ? undefined : Number.parseInt(found, 10)).toBe(expected);
  });
});

describe('later differences', () => {
  test('S14: V3 allocates again and gets the number just freed, so both end with the same state', () => {
    const lines = said(compared([E(0, 10), E(4, 99), E(4, 14), N(4, 1)].join('\n'), 'v3', 'dynamic'));
    expect(lines).toEqual(['2 allocated', '3 identity']);
  });

  test('S15 with the number reused in between: vector 1 has another irq from then on', () => {
    const script = [E(0, 10, 11), E(1, 99), E(4, 14), E(1, 12), N(1, 1)];
    const lines = said(compared(script.join('\n'), 'v3', 'dynamic'));
    expect(lines).toEqual(['2 allocated', '3 allocated identity', '4 identity', '5 identity']);
  });

  test('S35: the results of V3 and merged differ at the third and the fourth call', () => {
    const script = ['device nvme irqs=2', E(0, 10, 11), E(1, 99), E(5, 15), E(1, 12)];
    const lines = said(compared(script.join('\n'), 'v3', 'dynamic'));
    expect(lines.map((one) => one.includes('return'))).toEqual([false, true, true]);
  });

  test('S19: the same errno with different states', () => {
    const script = ['device nvme nodyn', E(0, 10, 11), E(0, 20, 21, 22, 23)];
    expect(said(compared(script.join('\n'), 'static', 'dynamic'))).toEqual(['2 attached entry']);
  });
});
