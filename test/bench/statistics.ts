// Statistics of the bench. The spread of a figure is the interquartile range of its runs: one run on a busy machine changes
// it little, where the range from the smallest to the largest would show that run alone.

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

/** Returns the third quartile minus the first, by nearest rank; NaN without two values. */
export function interquartileRange(values: readonly number[]): number {
  return values.length < 2 ? Number.NaN : percentile(values, 0.75) - percentile(values, 0.25);
}
