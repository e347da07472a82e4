// A measured figure with an optional ratio against a peer or a baseline of the same run, and a part of the bench, which
// measures several figures.

/** A row of the table. */
export interface Figure {
  readonly name: string;
  /** NaN if not measured. */
  readonly value: number;
  readonly unit: '1/s' | 'ms' | 'MB';
  readonly ratio?: number;
  /** The baseline of the ratio. */
  readonly against?: string;
  /** The reason for a missing value, or the method. */
  readonly note?: string;
}

/** A part of the bench, which can run alone: `npm run bench -- --only NAME`. */
export interface Part {
  readonly name: string;
  /** Measures; with `quick` only for a few seconds. */
  run(quick: boolean): Promise<readonly Figure[]>;
  /** Returns the last run as text; without it the bench prints one figure per line. */
  text?(): string;
}

/** Returns a figure's value as text. */
export function valueText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value >= 100 ? 0 : 1 });
}

/** Returns the row as text. */
export function figureText({ name, value, unit, ratio, against, note }: Figure): string {
  const shown = Number.isNaN(value) ? (note ?? 'not measured') : `${valueText(value)} ${unit}`;
  return `${name.padEnd(58)} ${shown.padStart(16)}${ratio === undefined ? '' : `   ${ratio.toFixed(2)} × ${against ?? ''}`}`;
}
