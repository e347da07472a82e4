// One measured figure; where it makes sense, a ratio against a peer or the naive way in the same run. And a part of the
// bench, which measures some of them.

/** A row of the table. */
export interface Figure {
  readonly name: string;
  /** NaN where it was not measured. */
  readonly value: number;
  readonly unit: '1/s' | 'ms' | 'MB';
  readonly ratio?: number;
  /** What the ratio is against. */
  readonly against?: string;
  /** Why it was not measured, or how. */
  readonly note?: string;
}

/** What can be measured alone: `npm run bench -- --only NAME`. */
export interface Part {
  readonly name: string;
  /** `quick`: only what takes seconds. */
  run(quick: boolean): Promise<readonly Figure[]>;
  /** What the last run measured as text; without it, one figure a line. */
  text?(): string;
}

/** A figure's value as text. */
export function valueText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value >= 100 ? 0 : 1 });
}

/** The row as text. */
export function figureText({ name, value, unit, ratio, against, note }: Figure): string {
  const shown = Number.isNaN(value) ? (note ?? 'not measured') : `${valueText(value)} ${unit}`;
  return `${name.padEnd(58)} ${shown.padStart(16)}${ratio === undefined ? '' : `   ${ratio.toFixed(2)} × ${against ?? ''}`}`;
}
