// What the bench computes beside measuring: statistics, its journey, its table and its options.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { figureText } from './figure.ts';
import { parseOptions } from './options.ts';
import { ranges, STEPS } from './peers/ranges.ts';
import { median, percentile } from './statistics.ts';
import { figuresOf, tableText } from './timelineTable.ts';

describe('percentile', () => {
  test('by nearest rank', () => {
    const times = Array.from({ length: 60 }, (_, at) => 60 - at);
    expect(percentile(times, 0.95)).toBe(57);
    expect(percentile(times, 1)).toBe(60);
    expect(percentile(times, 0)).toBe(1);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('is a value that the wanted part does not exceed, and no smaller one is', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, part) => {
        const found = percentile(list, part);
        expect(list).toContain(found);
        expect(list.filter((value) => value <= found).length).toBeGreaterThanOrEqual(list.length * part);
        expect(list.filter((value) => value < found).length).toBeLessThan(list.length * part);
      }),
    );
  });
});

test('the journey stays inside the script and comes from far into it back to everything', () => {
  const lines = 10_000;
  const found = ranges(lines);
  expect(found.length).toBe(STEPS);
  for (const { from, to } of found) {
    expect(from).toBeGreaterThanOrEqual(1);
    expect(to).toBeLessThanOrEqual(lines + 1e-6);
  }
  const widths = found.map(({ from, to }) => to - from);
  expect(Math.min(...widths)).toBeLessThan(lines / 30);
  expect(widths.at(-1)).toBeCloseTo(lines - 1, 3);
});

describe('the table', () => {
  const at = { events: 1_000, lanes: 8, heap: 1, firstCpu: 5, stepCpu: 2 };
  const cells = [
    { renderer: 'irqscope', ...at, first: 20, p95: 17 },
    { renderer: 'slow', ...at, first: 300, p95: 34 },
    { renderer: 'too slow', ...at, first: Number.NaN, p95: Number.NaN, note: 'given up' },
  ];

  test('has a row a size and a column a renderer, with ratios against ours', () => {
    const [, head, row] = tableText(cells).split('\n');
    expect(head?.trim().split(/\s{2,}/)).toEqual(['events × lanes', 'irqscope', 'slow', 'too slow']);
    expect(row?.trim().split(/\s{2,}/)).toEqual(['1,000 × 8', '20 / 17', '300 (15×) / 34 (2.0×)', '–']);
  });

  test('and the figures the same ratios', () => {
    const slow = figuresOf(cells).filter(({ name }) => name.endsWith(': slow'));
    expect(slow.map(({ ratio }) => ratio)).toEqual([15, 2, 1, 1, undefined]);
    const given = figuresOf(cells).find(({ name }) => name.endsWith('too slow'));
    expect(given && figureText(given)).toMatch(/given up$/);
  });
});

describe('options', () => {
  const parts = ['model', 'page', 'timeline'];

  test('all parts by default, named ones with --only', () => {
    expect(parseOptions([], parts)).toEqual({ quick: false, only: parts });
    expect(parseOptions(['--only', 'page,model', '--quick'], parts)).toEqual({
      quick: true,
      only: ['page', 'model'],
    });
  });

  test('refuses what it does not know', () => {
    expect(() => parseOptions(['--fast'], parts)).toThrow("'--fast' is not an option; usage:");
    expect(() => parseOptions(['--only', 'pages'], parts)).toThrow("there is no part 'pages'; usage:");
    expect(() => parseOptions(['--only'], parts)).toThrow("there is no part ''");
  });
});
