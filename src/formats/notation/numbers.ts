// The numbers of the notation, each with what it is called in a message and the range it must lie in.

/** What the page can offer where such a number is being typed. */
export type Offer = 'open-fd' | 'new-fd' | 'trigger-fd' | 'vector' | 'bool' | 'nothing';

/** A sort of number, for instance the descriptors: `{what: 'a descriptor', min: 0n, max: 1073741823n, offer: 'open-fd'}`. */
export interface NumberSort {
  readonly what: string;
  readonly min: bigint;
  readonly max: bigint;
  readonly offer: Offer;
}

/** What the persistent maps of the model take as a key. */
const KEY_MAX = 2n ** 30n - 1n;
const U32_MAX = 2n ** 32n - 1n;

/** A number from 0 to 2^32 − 1: a field of struct vfio_irq_set. */
export function u32(what: string, offer: Offer = 'nothing'): NumberSort {
  return { what, min: 0n, max: U32_MAX, offer };
}

/** A number from `min` to `max`. */
export function range(what: string, min: number, max: number): NumberSort {
  return { what, min: BigInt(min), max: BigInt(max), offer: 'nothing' };
}

/** A descriptor that a script opens and closes. */
export const OPEN_FD: NumberSort = { what: 'a descriptor', min: 0n, max: KEY_MAX, offer: 'open-fd' };
/** One that is being opened. */
export const NEW_FD: NumberSort = { ...OPEN_FD, offer: 'new-fd' };
/** What user space may put behind struct vfio_irq_set: any s32. */
export const TRIGGER_FD: NumberSort = {
  what: 'a descriptor or -1',
  min: -(2n ** 31n),
  max: 2n ** 31n - 1n,
  offer: 'trigger-fd',
};
/** One byte of DATA_BOOL. */
export const BYTE: NumberSort = { what: 'a byte', min: 0n, max: 255n, offer: 'bool' };
/** The counter with which an eventfd begins. */
export const INITVAL: NumberSort = u32('a first value');
/** What write(2) puts into an eventfd. */
export const WRITTEN: NumberSort = { what: 'a value', min: 0n, max: 2n ** 64n - 1n, offer: 'nothing' };
/** A vector that the device raises. */
export const VECTOR: NumberSort = { what: 'a vector', min: 0n, max: KEY_MAX, offer: 'vector' };
/** An entry of the MSI-X table. */
export const ENTRY: NumberSort = { ...VECTOR, what: 'a table entry' };
/** Calls of a fault site within a line are counted from 1. */
export const NTH: NumberSort = {
  what: 'which call, counted from 1',
  min: 1n,
  max: KEY_MAX,
  offer: 'nothing',
};
/** How many vectors pci_alloc_irq_vectors says there could be. */
export const GRANTED: NumberSort = { what: 'a number of vectors', min: 1n, max: KEY_MAX, offer: 'nothing' };

/** The sort as a message names it, for instance `a byte (0 to 255)`. */
export function sortText({ what, min, max }: NumberSort): string {
  return `${what} (${min} to ${max})`;
}

/** True if the text starts as a number does; what starts so is never a keyword. */
export function looksNumeric(text: string): boolean {
  return /^-?\d/.test(text);
}

/** The number that `text` says in decimal or as 0x…, or null where it is none or lies outside the range. */
export function integerOf(text: string, { min, max }: NumberSort): bigint | null {
  // no number of ours is longer, and reading a very long one takes quadratic time
  if (text.length > 40 || !/^(-?\d+|0x[\da-f]+)$/i.test(text)) return null;
  const value = BigInt(text);
  return value < min || value > max ? null : value;
}
