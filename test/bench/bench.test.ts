// Tests the code of the bench that does not measure: statistics, growth, journey, table and options.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { withScript } from '../../src/session/deviceSpec.ts';
import { replay, replayWhole } from '../../src/session/replay.ts';
import { emptySession } from '../../src/session/session.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { followReplay } from '../../src/views/timeline/follow.ts';
import { baselineTimes, comparedTo } from './baseline.ts';
import { figureOf, figureText, isNoisy, spreadOf } from './figure.ts';
import { exponentOf, growthFigure } from './growth.ts';
import { parseOptions } from './options.ts';
import { ranges, STEPS } from './peers/ranges.ts';
import { interquartileRange, median, percentile } from './statistics.ts';
import { type Cell, figuresOf, growthOf, NO_SAMPLES, tableText } from './timelineTable.ts';

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

describe('the spread of a figure', () => {
  test('is the interquartile range as a share of the median', () => {
    expect(interquartileRange([5, 1, 2, 4, 3])).toBe(2);
    expect(interquartileRange([1])).toBeNaN();
    expect(spreadOf(figureOf('a time', 'ms', [90, 100, 105, 110, 900]))).toBeCloseTo(10 / 105, 9);
    expect(spreadOf(figureOf('no blocks', 'ms', [0, 0, 0, 0, 60]))).toBe(0);
    expect(spreadOf(figureOf('few blocks', 'ms', [0, 0, 0, 60, 60]))).toBe(Number.POSITIVE_INFINITY);
  });

  test('of one run is unknown, except for the size of a file', () => {
    expect(spreadOf(figureOf('a time', 'ms', [90]))).toBeNaN();
    expect(spreadOf(figureOf('a file', 'kB', [90]))).toBe(0);
  });

  test('of an exponent is the range itself, because an exponent may be zero', () => {
    expect(spreadOf(figureOf('growth', 'exponent', [-0.1, -0.05, 0, 0.05, 0.1]))).toBeCloseTo(0.1, 9);
  });

  test('above 30 % marks the figure as noisy', () => {
    const still = figureOf('a time', 'ms', [85, 90, 100, 115, 300]);
    const noisy = figureOf('a time', 'ms', [60, 85, 100, 120, 300]);
    expect([isNoisy(still), isNoisy(noisy), isNoisy(figureOf('a time', 'ms', [1]))]).toEqual([
      false,
      true,
      false,
    ]);
    expect(figureText(still)).toMatch(/^a time +100 ms +25 % +5$/);
    expect(figureText(noisy)).toMatch(/^a time +100 ms +noisy 35 % +5$/);
  });

  test('leaves out a run that measured nothing', () => {
    expect(figureOf('cancel', 'ms', [Number.NaN, 3, 5, 4])).toMatchObject({ value: 4, samples: [3, 5, 4] });
    expect(figureText(figureOf('cancel', 'ms', [Number.NaN]))).toMatch(/not measured$/);
  });
});

describe('growth', () => {
  test('is the exponent of any power law, for any factor', () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2, maxLength: 6 });
    const exponent = fc.double({ min: -2, max: 2, noNaN: true });
    const factor = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(sizes, exponent, factor, (list, b, a) => {
        expect(exponentOf(list.map((n) => ({ n, time: a * n ** b })))).toBeCloseTo(b, 6);
      }),
    );
  });

  test('is the best fit of times that follow no power law', () => {
    // logarithms to the base 10: (0, 0), (1, 2), (2, 1); the slope of least squares is 1/2
    const points = [1, 10, 100].map((n, at) => ({ n, time: [1, 100, 10][at] ?? 0 }));
    expect(exponentOf(points)).toBeCloseTo(0.5, 9);
  });

  test('of one size, or of a time of zero, throws', () => {
    expect(() => exponentOf([])).toThrow('growth: an exponent needs at least two sizes');
    expect(() =>
      exponentOf([
        { n: 5, time: 1 },
        { n: 5, time: 2 },
      ]),
    ).toThrow('at least two sizes');
    expect(() =>
      exponentOf([
        { n: 5, time: 0 },
        { n: 6, time: 2 },
      ]),
    ).toThrow('growth: size 5 with time 0 has no logarithm');
  });

  test('has one exponent for each run', () => {
    const figure = growthFigure('scrub: grows with lines', [
      { n: 1000, times: [1, 2, 1] },
      { n: 100_000, times: [10, 20, 100] },
    ]);
    expect(figure.samples.map((b) => b.toFixed(3))).toEqual(['0.500', '0.500', '1.000']);
    expect(figureText(figure)).toMatch(
      /^scrub: grows with lines, 1,000 to 100,000 +n\^0\.50 +noisy 50 % +3$/,
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

function cellOf(renderer: Cell['renderer'], first: readonly number[], p95: readonly number[]): Cell {
  const rest = { firstCpu: [5, 5, 5], stepCpu: [2, 2, 2], heap: [1, 1, 1] };
  return { renderer, events: 1_000, lanes: 8, samples: { first, p95, ...rest } };
}

describe('the table', () => {
  const cells: readonly Cell[] = [
    cellOf('irqscope', [19, 20, 20], [17, 17, 17]),
    cellOf('ECharts', [290, 300, 310], [30, 34, 60]),
    { ...cellOf('vis-timeline', [], []), samples: NO_SAMPLES, note: 'aborted' },
  ];

  test('has one row per size and one column per renderer, with ratios against irqscope and marks of noise', () => {
    const [, head, row] = tableText(cells).split('\n');
    expect(head?.trim().split(/\s{2,}/)).toEqual(['events × lanes', 'irqscope', 'ECharts', 'vis-timeline']);
    expect(row?.trim().split(/\s{2,}/)).toEqual(['1,000 × 8', '20 / 17', '300 (15×) / 34 noisy (2.0×)', '–']);
  });

  test('has the ratios of the figures', () => {
    const slow = figuresOf(cells).filter(({ name }) => name.endsWith(': ECharts'));
    expect(slow.map(({ ratio }) => ratio)).toEqual([15, 2, 1, 1, undefined]);
    const given = figuresOf(cells).find(({ name }) => name.endsWith('vis-timeline'));
    expect(given && figureText(given)).toMatch(/aborted$/);
  });

  test('is followed by the growth of the first frame with the events and with the lanes', () => {
    const at = (events: number, lanes: number, first: number): Cell => ({
      ...cellOf('irqscope', [first, first], [17, 17]),
      events,
      lanes,
    });
    const grown = growthOf([
      at(1_000, 8, 7),
      at(100_000, 8, 10),
      at(1_000, 800, 10),
      at(100_000, 800, 100),
      { ...at(100_000, 800, 5_000), renderer: 'ECharts' },
    ]);
    expect(grown.map(({ name, value }) => [name, value.toFixed(2)])).toEqual([
      ['timeline, first frame of 800 lanes: grows with events, 1,000 to 100,000', '0.50'],
      ['timeline, first frame of 100,000 events: grows with lanes, 8 to 800', '0.50'],
    ]);
  });
});

describe('options', () => {
  const parts = ['model', 'page', 'timeline'];
  const usual = {
    ...{ quick: false, long: false, built: false, help: false },
    ...{ only: null, compare: null, out: null, rounds: 5 },
  };

  test('selects all parts by default and named parts with --only, in the order of the bench', () => {
    expect(parseOptions([], parts)).toEqual(usual);
    expect(parseOptions(['--only', 'page,model', '--quick'], parts)).toEqual({
      ...usual,
      quick: true,
      only: ['model', 'page'],
      rounds: 3,
    });
  });

  test('reads files and rounds; a comparison has five rounds, also a quick one', () => {
    expect(parseOptions(['--compare=old.json', '--out', 'new.json', '--quick', '--long'], parts)).toEqual({
      ...{ ...usual, quick: true, long: true },
      ...{ compare: 'old.json', out: 'new.json' },
    });
    expect(parseOptions(['--rounds', '9'], parts).rounds).toBe(9);
  });

  test.each([
    [['--fast'], "Unknown option '--fast'"],
    [['timeline'], "Unexpected argument 'timeline'"],
    [['--only'], "Option '--only <value>' argument missing"],
    [['--only', '--quick'], "Option '--only' argument is ambiguous"],
    [['--only', 'pages'], "unknown part 'pages' in --only"],
    [['--only', ''], '--only needs the name of a part'],
    [['--rounds', '0'], "--rounds needs a whole number from 1 to 100, found '0'"],
    [['--rounds', '2.5'], "--rounds needs a whole number from 1 to 100, found '2.5'"],
    [['--out='], '--out needs the name of a file'],
    [['--compare', 'a.json', '--built'], '--compare builds both pages itself; leave --built out'],
  ])('rejects %j and prints the usage', (words, problem) => {
    const usage = `${problem}\nusage: npm run bench -- [options]\n  --only PART[,PART…]  only some parts of model, page, timeline\n`;
    expect(() => parseOptions(words, parts)).toThrow(usage);
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
    expect(() => baselineTimes('all lines again', 1000, 1, byReplay)).toThrow(
      'all lines again: the baseline did no work instead of 1000',
    );
    const byReplayWhole = () => {
      const timeline = new TimelineData();
      followReplay(timeline, null, replayWhole(session));
      return timeline.length;
    };
    const times = baselineTimes('all lines again', 1000, 2, byReplayWhole);
    expect(times.map((time) => time > 0)).toEqual([true, true]);
  });

  test('a baseline that does part of its work throws', () => {
    expect(() => baselineTimes('half', 10, 1, () => 5)).toThrow('half: the baseline did 5 instead of 10');
    expect(() => baselineTimes('empty', 0, 1, () => 0)).toThrow('empty: the baseline did no work');
  });

  test('a ratio to a baseline of zero, or without a value, throws', () => {
    for (const zero of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => comparedTo('all lines again', zero, 5)).toThrow(
        'all lines again: the baseline did no work',
      );
    expect(comparedTo('all lines again', 4, 6)).toEqual({ ratio: 1.5, against: 'all lines again' });
  });

  test('a timeline whose own figure is zero throws', () => {
    const cells = [cellOf('irqscope', [0], [1]), cellOf('ECharts', [5], [1])];
    expect(() => figuresOf(cells)).toThrow('irqscope: the baseline did no work');
    expect(() => tableText(cells)).toThrow('irqscope: the baseline did no work');
  });
});
