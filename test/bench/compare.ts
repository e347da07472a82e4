// The comparison of two runs of the bench, figure by figure. A difference counts only if the medians are further apart than
// the spreads of both sides together.

import { type Figure, figureOf, measureText, RATES, spreadOf, spreadText, type Unit } from './figure.ts';
import type { PartFigure } from './report.ts';
import { interquartileRange, median } from './statistics.ts';

/** `gone`: only the old run has the figure. */
export type Verdict = 'same' | 'better' | 'worse' | 'new' | 'gone' | 'not measured';

/** A row of the comparison. */
export interface Row {
  readonly part: string;
  readonly name: string;
  readonly unit: Unit;
  readonly old: Figure | null;
  readonly now: Figure | null;
  /** New median through old median, or for exponents new minus old; NaN if a side lacks it. */
  readonly change: number;
  /** The largest change that both spreads explain, in the unit of `change`; NaN if a side lacks the figure. */
  readonly noise: number;
  readonly verdict: Verdict;
  /** Both sides were measured in turn, not the old one some time ago. */
  readonly interleaved: boolean;
}

/** No machine repeats a time better than this. */
const LEAST_NOISE = 0.03;
/** Two builds of one source differ by some bytes. */
const LEAST_NOISE_OF_SIZES = 0.001;
/** The noise of a side with one run. */
const UNKNOWN_NOISE = 0.3;

/** Returns the runs of several rounds as one list of figures: the median of every figure, with all runs. */
export function collected(rounds: readonly (readonly PartFigure[])[]): readonly PartFigure[] {
  const all = new Map<string, PartFigure[]>();
  for (const one of rounds.flat()) {
    const known = all.get(one.name);
    if (known === undefined) all.set(one.name, [one]);
    else known.push(one);
  }
  return [...all.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const { part, name, unit, against, note } = first;
    const samples = same.flatMap((one) => (one.samples.length > 0 ? one.samples : known(one.value)));
    const ratios = same.flatMap(({ ratio }) => ratio ?? []);
    const compared = against === undefined || ratios.length === 0 ? {} : { against, ratio: median(ratios) };
    // the size of a file is the same in every round
    const kept = unit === 'kB' && new Set(samples).size === 1 ? samples.slice(0, 1) : samples;
    return [
      { part, ...figureOf(name, unit, kept, { ...compared, ...(note === undefined ? {} : { note }) }) },
    ];
  });
}

/** Returns every figure of either run, in the order of the new one. */
export function compareFigures(
  old: readonly PartFigure[],
  now: readonly PartFigure[],
  interleaved: boolean,
): readonly Row[] {
  const before = new Map(old.map((one) => [one.name, one]));
  const names = new Set(now.map(({ name }) => name));
  return [
    ...now.map((one) => rowOf(before.get(one.name) ?? null, one, interleaved)),
    ...old.filter(({ name }) => !names.has(name)).map((one) => rowOf(one, null, interleaved)),
  ];
}

function rowOf(old: PartFigure | null, now: PartFigure | null, interleaved: boolean): Row {
  const one = now ?? old;
  if (one === null) throw new Error('a row needs a figure');
  const { part, name, unit } = one;
  const row = { part, name, unit, old, now, interleaved };
  if (old === null || now === null || old.unit !== now.unit)
    return { ...row, change: Number.NaN, noise: Number.NaN, verdict: now === null ? 'gone' : 'new' };
  const isExponent = unit === 'exponent';
  const change = isExponent ? now.value - old.value : now.value / old.value;
  const noise = noiseOf(old, now);
  if (Number.isNaN(old.value) || Number.isNaN(now.value))
    return { ...row, change: Number.NaN, noise: Number.NaN, verdict: 'not measured' };
  const difference = isExponent ? change : (now.value - old.value) / (old.value === 0 ? 1 : old.value);
  if (Math.abs(difference) <= noise) return { ...row, change, noise, verdict: 'same' };
  const isMore = difference > 0;
  return { ...row, change, noise, verdict: isMore === RATES.has(unit) ? 'better' : 'worse' };
}

/** Returns both spreads together as a share of the old median; an exponent's as it is. */
function noiseOf(old: Figure, now: Figure): number {
  if (old.unit === 'kB') return LEAST_NOISE_OF_SIZES;
  const sum = rangeOf(old) + rangeOf(now);
  const share = old.unit === 'exponent' || old.value === 0 ? sum : sum / Math.abs(old.value);
  return Math.max(LEAST_NOISE, share);
}

function rangeOf({ unit, value, samples }: Figure): number {
  const range = interquartileRange(samples);
  if (!Number.isNaN(range)) return range;
  return unit === 'exponent' ? UNKNOWN_NOISE : UNKNOWN_NOISE * Math.abs(value);
}

function known(value: number): readonly number[] {
  return Number.isNaN(value) ? [] : [value];
}

const WIDTHS = [82, 22, 22, 10, 9] as const;

function line(cells: readonly string[], end: string): string {
  const padded = cells.map((cell, at) =>
    at === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[at] ?? 0),
  );
  return `${padded.join(' ')}   ${end}`.trimEnd();
}

function sideText(side: Figure | null): string {
  if (side === null || Number.isNaN(side.value)) return '–';
  return `${measureText(side.value, side.unit)} (${spreadText(spreadOf(side))})`;
}

function changeText({ unit, change }: Row): string {
  if (Number.isNaN(change)) return '–';
  return unit === 'exponent' ? `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(2)}` : change.toFixed(2);
}

/** Returns the rows as a table: median (spread) of both sides, new through old, the noise, and the verdict. */
export function comparisonText(rows: readonly Row[]): string {
  const counts = new Map<Verdict, number>();
  for (const { verdict } of rows) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  return [
    line(['figure', 'old (spread)', 'new (spread)', 'new/old', 'noise'], 'verdict'),
    ...rows.map((row) =>
      line(
        [row.name, sideText(row.old), sideText(row.now), changeText(row), spreadText(row.noise)],
        row.interleaved || row.old === null ? row.verdict : `${row.verdict} (not interleaved)`,
      ),
    ),
    '',
    [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', '),
  ].join('\n');
}
