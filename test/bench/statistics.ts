// The few statistics that the bench reports.

/** The value that `part` (0 to 1) of the values do not exceed, by nearest rank; NaN of none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(sorted.length * part));
  return sorted[rank - 1] ?? Number.NaN;
}

/** The middle value; of an even count the lower one; NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
