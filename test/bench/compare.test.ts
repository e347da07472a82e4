// Tests the comparison of two runs of the bench, and the reports that it reads.
import { describe, expect, test } from 'vitest';
import { collected, compareFigures, comparisonText } from './compare.ts';
import { figureOf, type Unit } from './figure.ts';
import { type PartFigure, parseReport, written } from './report.ts';
import { checkPackages, packagesOf } from './tree.ts';

function figure(name: string, samples: readonly number[], unit: Unit = 'ms'): PartFigure {
  return { part: 'page', ...figureOf(name, unit, samples) };
}

/** Returns the verdict, the change and the noise of one figure. */
function verdictOf(old: PartFigure, now: PartFigure) {
  const [row] = compareFigures([old], [now], true);
  return [row?.verdict, row?.change.toFixed(2), row?.noise.toFixed(2)];
}

describe('a comparison', () => {
  test('calls a difference within both spreads together the same', () => {
    // the ranges are 10 and 6
    const old = figure('a click', [94, 95, 100, 105, 300]);
    expect(verdictOf(old, figure('a click', [110, 113, 116, 119, 120]))).toEqual(['same', '1.16', '0.16']);
    expect(verdictOf(old, figure('a click', [110, 114, 117, 120, 121]))).toEqual(['worse', '1.17', '0.16']);
    expect(verdictOf(old, figure('a click', [70, 80, 83, 86, 90]))).toEqual(['better', '0.83', '0.16']);
  });

  test('knows that more work in a second is better, and more of everything else is worse', () => {
    const few = [10, 10, 10];
    const many = [20, 20, 20];
    for (const unit of ['1/s', 'MB/s'] as const)
      expect(verdictOf(figure('a rate', few, unit), figure('a rate', many, unit))[0]).toBe('better');
    for (const unit of ['ms', 'MB', 'kB', 'exponent'] as const)
      expect(verdictOf(figure('a size', few, unit), figure('a size', many, unit))[0]).toBe('worse');
  });

  test('takes 3 % for noise even if all runs are equal, and a thousandth for the size of a file', () => {
    const old = figure('a', [100, 100, 100]);
    expect(verdictOf(old, figure('a', [102, 102, 102]))).toEqual(['same', '1.02', '0.03']);
    expect(verdictOf(old, figure('a', [104, 104, 104]))).toEqual(['worse', '1.04', '0.03']);
    expect(verdictOf(figure('a', [100], 'kB'), figure('a', [102], 'kB'))).toEqual(['worse', '1.02', '0.00']);
    expect(verdictOf(figure('a', [100], 'kB'), figure('a', [100.05], 'kB'))[0]).toBe('same');
  });

  test('of a single run takes 30 % for its noise', () => {
    const runs = [100, 100, 100];
    expect(verdictOf(figure('a', [100]), figure('a', [125, 125, 125]))[0]).toBe('same');
    expect(verdictOf(figure('a', [100]), figure('a', [135, 135, 135]))[0]).toBe('worse');
    expect(verdictOf(figure('a', runs), figure('a', [125]))[0]).toBe('same');
  });

  test('of exponents is a difference, because an exponent may be zero', () => {
    const old = figure('growth', [-0.02, 0, 0.02], 'exponent');
    expect(verdictOf(old, figure('growth', [0.05, 0.06, 0.07], 'exponent'))).toEqual([
      'same',
      '0.06',
      '0.06',
    ]);
    expect(verdictOf(old, figure('growth', [0.4, 0.4, 0.4], 'exponent'))).toEqual(['worse', '0.40', '0.04']);
  });

  test('of a figure that was zero counts the difference itself', () => {
    const old = figure('blocks', [0, 0, 0]);
    expect(verdictOf(old, figure('blocks', [0, 0, 0]))[0]).toBe('same');
    expect(verdictOf(old, figure('blocks', [70, 70, 70]))[0]).toBe('worse');
  });

  test('names figures that only one side has or could measure', () => {
    const old = [figure('gone', [1, 1]), figure('kept', [1, 1]), figure('lost', [1, 1])];
    const now = [figure('kept', [1, 1]), figure('added', [1, 1]), figure('lost', [])];
    const rows = compareFigures(old, now, true);
    expect(rows.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['kept', 'same'],
      ['added', 'new'],
      ['lost', 'not measured'],
      ['gone', 'gone'],
    ]);
  });

  test('prints one row per figure and the number of each verdict', () => {
    const old = [figure('a click', [94, 95, 100, 105, 300]), figure('gone', [1, 1])];
    const now = [figure('a click', [50, 50, 50]), figure('added', [1, 1])];
    const rows = (interleaved: boolean) =>
      comparisonText(compareFigures(old, now, interleaved))
        .split('\n')
        .map((row) => row.trim().split(/\s{2,}/));
    expect(rows(true)).toEqual([
      ['figure', 'old (spread)', 'new (spread)', 'new/old', 'noise', 'verdict'],
      ['a click', '100 ms (10 %)', '50 ms (0 %)', '0.50', '10 %', 'better'],
      ['added', '–', '1 ms (0 %)', '–', '–', 'new'],
      ['gone', '1 ms (0 %)', '–', '–', '–', 'gone'],
      [''],
      ['1 better, 1 new, 1 gone'],
    ]);
    expect(rows(false).map((row) => row.at(-1))).toEqual([
      'verdict',
      'better (not interleaved)',
      'new',
      'gone (not interleaved)',
      '',
      '1 better, 1 new, 1 gone',
    ]);
  });
});

test('the rounds of a comparison become one figure with the median of all runs', () => {
  const rounds = [30, 10, 20].map((time, at) => [
    { ...figure('a click', [time]), ratio: at + 1, against: 'the naive way' },
    figure('a file', [7], 'kB'),
    ...(at === 1 ? [figure('now and then', [5])] : []),
  ]);
  expect(collected(rounds)).toEqual([
    {
      ...{ part: 'page', name: 'a click', unit: 'ms', value: 20, samples: [30, 10, 20] },
      ...{ ratio: 2, against: 'the naive way' },
    },
    { part: 'page', name: 'a file', unit: 'kB', value: 7, samples: [7] },
    { part: 'page', name: 'now and then', unit: 'ms', value: 5, samples: [5] },
  ]);
});

describe('a report', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567';
  const facts = { date: '2026-01-01T00:00:00Z', quick: false, parts: ['page'] };
  const reread = (content: object) => parseReport(JSON.stringify(content), 'old.json');

  test('is read as it was written, with figures that were not measured and with noisy ones', () => {
    const figures = [figure('a click', [1, 2, 3]), figure('lost', []), figure('blocks', [0, 0, 60])];
    const content = figures.map((one) => written(one.part, one));
    expect(content.map(({ noisy }) => noisy)).toEqual([true, undefined, true]);
    const read = reread({ ...facts, commit, dirty: true, long: false, figures: content });
    expect(read).toEqual({ ...facts, commit, dirty: true, long: false, figures });
  });

  test('of an earlier version has no commit, parts or runs', () => {
    const read = reread({ ...facts, figures: [{ name: 'a click', value: 3, unit: 'ms' }] });
    expect(read).toMatchObject({ commit: null, dirty: false, long: false });
    expect(read.figures).toEqual([{ part: '', name: 'a click', value: 3, unit: 'ms', samples: [] }]);
  });

  test('that is none is rejected with its place', () => {
    expect(() => parseReport('{', 'old.json')).toThrow('old.json: not JSON: ');
    expect(() => reread({ ...facts, figures: [{ name: 'a', value: 3, unit: 's' }] })).toThrow(
      'old.json: not a report of this bench: at figures.0.unit: ',
    );
    expect(() => reread({ ...facts, figures: [], commit: '--all' })).toThrow('at commit: ');
  });
});

test('an old commit builds with the packages of this tree only if they have its versions', () => {
  const lock = (packages: object) => packagesOf(JSON.stringify({ lockfileVersion: 3, packages }));
  const old = lock({ '': { version: '1.0.0' }, 'node_modules/d3': { version: '7.9.2', dev: true } });
  const more = { 'node_modules/marked': { version: '18.2.1' } };
  const now = lock({ '': { version: '1.1.0' }, 'node_modules/d3': { version: '7.9.2' }, ...more });
  expect(() => checkPackages(old, now)).not.toThrow();
  expect(() => checkPackages(now, old)).toThrow(
    'it needs node_modules/marked 18.2.1, and this tree has none (package-lock.json)',
  );
  const newer = lock({ 'node_modules/d3': { version: '8.0.0' } });
  expect(() => checkPackages(old, newer)).toThrow('it needs node_modules/d3 7.9.2, and this tree has 8.0.0');
});
