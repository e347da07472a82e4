// Statistics of the bench.

/** Returns the value that `part` (0 to 1) of the values do not exceed, by nearest rank; NaN without values. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(sorted.length * part));
  return sorted[rank - 1] ?? Number.NaN;
}

/** Returns the middle value, the lower one of an even count; NaN without values. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
