// The kinds of differences between two runs of a line, most important first, and their bits.

/** The kinds of differences, most important first. `trace`: different kernel calls with the same outcome. */
export const DIFFERENCE_KINDS = [
  'return',
  'allocated',
  'attached',
  'identity',
  'entry',
  'signal',
  'trace',
] as const;
/** One kind of difference. */
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** Each kind as a bit, so that the kinds of a line fit in one small number. */
export const BIT: Readonly<Record<DifferenceKind, number>> = {
  return: 1,
  allocated: 2,
  attached: 4,
  identity: 8,
  entry: 16,
  signal: 32,
  trace: 64,
};

/** Returns the kinds in a line's number. */
export function kindsOf(bits: number): readonly DifferenceKind[] {
  return DIFFERENCE_KINDS.filter((kind) => (bits & BIT[kind]) !== 0);
}
