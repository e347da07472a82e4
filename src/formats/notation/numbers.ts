// The kinds of numbers in the notation, each with its name for messages and its range.

/** The kind of values that completion offers for a number. */
export type Offer = 'open-fd' | 'new-fd' | 'trigger-fd' | 'vector' | 'bool' | 'nothing';

/** A kind of number, such as `{what: 'a descriptor', min: 0n, max: 1073741823n, offer: 'open-fd'}`. */
export interface NumberSort {
  readonly what: string;
  readonly min: bigint;
  readonly max: bigint;
  readonly offer: Offer;
}

/** The largest key of the model's persistent maps. */
const KEY_MAX = 2n ** 30n - 1n;
const U32_MAX = 2n ** 32n - 1n;

/** Returns the kind of a field of struct vfio_irq_set: 0 to 2^32 − 1. */
export function u32(what: string, offer: Offer = 'nothing'): NumberSort {
  return { what, min: 0n, max: U32_MAX, offer };
}

/** Returns the kind of a number from `min` to `max`. */
export function range(what: string, min: number, max: number): NumberSort {
  return { what, min: BigInt(min), max: BigInt(max), offer: 'nothing' };
}

/** A descriptor that a script opens and closes. */
export const OPEN_FD: NumberSort = { what: 'a descriptor', min: 0n, max: KEY_MAX, offer: 'open-fd' };
/** A descriptor that the line opens. */
export const NEW_FD: NumberSort = { ...OPEN_FD, offer: 'new-fd' };
/** A value after struct vfio_irq_set: any s32. */
export const TRIGGER_FD: NumberSort = {
  what: 'a descriptor or -1',
  min: -(2n ** 31n),
  max: 2n ** 31n - 1n,
  offer: 'trigger-fd',
};
/** One byte of DATA_BOOL. */
export const BYTE: NumberSort = { what: 'a byte', min: 0n, max: 255n, offer: 'bool' };
/** The initial counter of an eventfd. */
export const INITVAL: NumberSort = u32('an initial value');
/** The value that write(2) adds to an eventfd. */
export const WRITTEN: NumberSort = { what: 'a value', min: 0n, max: 2n ** 64n - 1n, offer: 'nothing' };
/** A vector that the device raises. */
export const VECTOR: NumberSort = { what: 'a vector', min: 0n, max: KEY_MAX, offer: 'vector' };
/** An entry of the MSI-X table. */
export const ENTRY: NumberSort = { ...VECTOR, what: 'a table entry' };
/** The number of a call of a fault site within a line, counted from 1. */
export const NTH: NumberSort = {
  what: 'the number of the call',
  min: 1n,
  max: KEY_MAX,
  offer: 'nothing',
};
/** The number of vectors that pci_alloc_irq_vectors reports as available. */
export const GRANTED: NumberSort = { what: 'a number of vectors', min: 1n, max: KEY_MAX, offer: 'nothing' };

/** Returns the name and range for a message, such as `a byte (0 to 255)`. */
export function sortText({ what, min, max }: NumberSort): string {
  return `${what} (${min} to ${max})`;
}

/** Returns true if the text starts like a number. No keyword does. */
export function looksNumeric(text: string): boolean {
  return /^-?\d/.test(text);
}

/** Returns the value of at most nine decimal digits; null for any other text. */
export function shortDecimal(text: string): number | null {
  if (text.length === 0 || text.length > 9) return null;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

/** Returns the decimal or 0x… number, or null if the text is not a number within the range. */
export function integerOf(text: string, { min, max }: NumberSort): bigint | null {
  // longer numbers are out of range, and BigInt takes quadratic time to read them
  if (text.length > 40 || !/^(-?\d+|0x[\da-f]+)$/i.test(text)) return null;
  const value = BigInt(text);
  return value < min || value > max ? null : value;
}
