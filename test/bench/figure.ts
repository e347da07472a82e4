// One measured figure; where it makes sense, a ratio against a peer or the naive way in the same run.

/** A row of the table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: '1/s' | 'ms' | 'MB';
  readonly ratio?: number;
  /** What the ratio is against. */
  readonly against?: string;
}

/** The row as text. */
export function figureText({ name, value, unit, ratio, against }: Figure): string {
  const digits = value >= 100 ? 0 : 1;
  const shown = Number.isNaN(value)
    ? 'not measured'
    : `${value.toLocaleString('en-US', { maximumFractionDigits: digits })} ${unit}`;
  return `${name.padEnd(58)} ${shown.padStart(16)}${ratio === undefined ? '' : `   ${ratio.toFixed(2)} × ${against ?? ''}`}`;
}
