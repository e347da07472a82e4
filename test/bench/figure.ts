// A measured figure: the median of several runs with their spread, and an optional ratio against a peer or a baseline of the
// same run. A part of the bench measures several figures.

import { interquartileRange, median } from './statistics.ts';

/** The units. An exponent b describes a time that grows with n^b; kB are 1000 bytes, as a server with gzip sends them. */
export const UNITS = ['1/s', 'MB/s', 'ms', 'MB', 'kB', 'exponent'] as const;
/** The units of which more is better. */
export const RATES: ReadonlySet<string> = new Set(['1/s', 'MB/s']);
/** A unit. */
export type Unit = (typeof UNITS)[number];

/** A row of the table. */
export interface Figure {
  readonly name: string;
  /** The median of the samples; NaN if not measured. */
  readonly value: number;
  readonly unit: Unit;
  /** One value per run. */
  readonly samples: readonly number[];
  readonly ratio?: number;
  /** The baseline of the ratio. */
  readonly against?: string;
  /** The reason for a missing value, or the method. */
  readonly note?: string;
}

/** How to measure. */
export interface How {
  /** A few seconds per part: smaller problems. */
  readonly quick: boolean;
  /** Also the largest sizes, which take many minutes. */
  readonly long: boolean;
  /** Number of runs behind each figure. */
  readonly rounds: number;
}

/** A part of the bench, which can run alone: `npm run bench -- --only NAME`. */
export interface Part {
  readonly name: string;
  /** The part measures the built page. */
  readonly page: boolean;
  run(how: How): Promise<readonly Figure[]>;
  /** Returns the last run as text; without it the bench prints one figure per line. */
  text?(): string;
}

/** A figure with a larger spread is marked as noisy. */
const NOISY = 0.3;

/** Returns the figure of some runs; a run that did not measure it is NaN and does not count. */
export function figureOf(
  name: string,
  unit: Unit,
  runs: readonly number[],
  more: Partial<Pick<Figure, 'ratio' | 'against' | 'note'>> = {},
): Figure {
  const samples = runs.filter((value) => !Number.isNaN(value));
  return { name, value: median(samples), unit, samples, ...more };
}

/**
 * Returns the interquartile range of the runs as a share of the median, NaN without two runs. A size of a file is exact. An
 * exponent may be zero, so its spread is the range itself: 0.1 means that twice the size takes 2^0.1 times more or less.
 */
export function spreadOf({ unit, value, samples }: Pick<Figure, 'unit' | 'value' | 'samples'>): number {
  if (unit === 'kB' && samples.length === 1) return 0;
  const range = interquartileRange(samples);
  return unit === 'exponent' || range === 0 ? range : range / Math.abs(value);
}

/** Returns true for a figure whose runs differ too much to rely on. */
export function isNoisy(figure: Pick<Figure, 'unit' | 'value' | 'samples'>): boolean {
  return spreadOf(figure) > NOISY;
}

/** Returns a number as text. */
export function valueText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value >= 100 ? 0 : 1 });
}

/** Returns a figure's value with its unit as text. */
export function measureText(value: number, unit: Unit): string {
  return unit === 'exponent' ? `n^${value.toFixed(2)}` : `${valueText(value)} ${unit}`;
}

/** Returns a spread in percent as text. */
export function spreadText(spread: number): string {
  if (Number.isNaN(spread)) return '–';
  return Number.isFinite(spread) ? `${Math.round(spread * 100)} %` : '∞';
}

/** Width of the names. */
const NAME = 82;

/** The heading of the rows of `figureText`. */
export const HEADING = `${'figure'.padEnd(NAME)} ${'median'.padStart(16)} ${'spread'.padStart(12)} ${'runs'.padStart(5)}   compared with`;

/** Returns the row as text. */
export function figureText(figure: Figure): string {
  const { name, value, unit, samples, ratio, against, note } = figure;
  if (Number.isNaN(value)) return `${name.padEnd(NAME)} ${(note ?? 'not measured').padStart(16)}`;
  const spread = `${isNoisy(figure) ? 'noisy ' : ''}${spreadText(spreadOf(figure))}`;
  const row = `${name.padEnd(NAME)} ${measureText(value, unit).padStart(16)} ${spread.padStart(12)} ${`${samples.length}`.padStart(5)}`;
  return ratio === undefined ? row : `${row}   ${ratio.toFixed(2)} × ${against ?? ''}`;
}
