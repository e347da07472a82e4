// Tests the code of the bench that does not measure: statistics, journey, table and options.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { replay, replayWhole } from '../../src/session/replay.ts';
import { emptySession } from '../../src/session/session.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';
import { baselineTime, comparedTo } from './baseline.ts';
import { figureText } from './figure.ts';
import { parseOptions } from './options.ts';
import { ranges, STEPS } from './peers/ranges.ts';
import { median, percentile } from './statistics.ts';
import { figuresOf, tableText } from './timelineTable.ts';

describe('percentile', () => {
  test('uses the nearest rank', () => {
    const times = Array.from({ length: 60 }, (_, at) => 60 - at);
    expect(percentile(times, 0.95)).toBe(57);
    expect(percentile(times, 1)).toBe(60);
    expect(percentile(times, 0)).toBe(1);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('is the smallest value that the requested part does not exceed', () => {
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

test('the journey stays inside the script, zooms in and ends with the whole script', () => {
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
    { renderer: 'too slow', ...at, first: Number.NaN, p95: Number.NaN, note: 'aborted' },
  ];

  test('has one row per size and one column per renderer, with ratios against irqscope', () => {
    const [, head, row] = tableText(cells).split('\n');
    expect(head?.trim().split(/\s{2,}/)).toEqual(['events × lanes', 'irqscope', 'slow', 'too slow']);
    expect(row?.trim().split(/\s{2,}/)).toEqual(['1,000 × 8', '20 / 17', '300 (15×) / 34 (2.0×)', '–']);
  });

  test('has the ratios of the figures', () => {
    const slow = figuresOf(cells).filter(({ name }) => name.endsWith(': slow'));
    expect(slow.map(({ ratio }) => ratio)).toEqual([15, 2, 1, 1, undefined]);
    const given = figuresOf(cells).find(({ name }) => name.endsWith('too slow'));
    expect(given && figureText(given)).toMatch(/aborted$/);
  });
});

describe('options', () => {
  const parts = ['model', 'page', 'timeline'];

  test('selects all parts by default and named parts with --only', () => {
    expect(parseOptions([], parts)).toEqual({ quick: false, only: parts });
    expect(parseOptions(['--only', 'page,model', '--quick'], parts)).toEqual({
      quick: true,
      only: ['page', 'model'],
    });
  });

  test('rejects unknown options and parts', () => {
    expect(() => parseOptions(['--fast'], parts)).toThrow("unknown option '--fast'; usage:");
    expect(() => parseOptions(['--only', 'pages'], parts)).toThrow("unknown part 'pages'; usage:");
    expect(() => parseOptions(['--only'], parts)).toThrow("unknown part ''");
  });
});

describe('baselines', () => {
  test('a baseline that computes no line of a long script throws', () => {
    const { script } = parseScript(`device nvme\n${'read 100\n'.repeat(1000)}`);
    const session = withScript(emptySession('dynamic', 'nvme'), script);
    const byReplay = () => {
      const timeline = new TimelineData();
      followReplay(timeline, null, replay(session));
      return timeline.length;
    };
    expect(() => baselineTime('all lines again', 1000, byReplay)).toThrow(
      'all lines again: the baseline did no work instead of 1000',
    );
    const byReplayWhole = () => {
      const timeline = new TimelineData();
      followReplay(timeline, null, replayWhole(session));
      return timeline.length;
    };
    expect(baselineTime('all lines again', 1000, byReplayWhole)).toBeGreaterThan(0);
  });

  test('a baseline that does part of its work throws', () => {
    expect(() => baselineTime('half', 10, () => 5)).toThrow('half: the baseline did 5 instead of 10');
    expect(() => baselineTime('empty', 0, () => 0)).toThrow('empty: the baseline did no work');
  });

  test('a ratio to a baseline of zero, or without a value, throws', () => {
    for (const zero of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => comparedTo('all lines again', zero, 5)).toThrow(
        'all lines again: the baseline did no work',
      );
    expect(comparedTo('all lines again', 4, 6)).toEqual({ ratio: 1.5, against: 'all lines again' });
  });

  test('a timeline whose own figure is zero throws', () => {
    const cell = { events: 1, lanes: 1, heap: 1, firstCpu: 1, stepCpu: 1, p95: 1 };
    const cells = [
      { renderer: 'irqscope', ...cell, first: 0 },
      { renderer: 'peer', ...cell, first: 5 },
    ];
    expect(() => figuresOf(cells)).toThrow('irqscope: the baseline did no work');
    expect(() => tableText(cells)).toThrow('irqscope: the baseline did no work');
  });
});
