// Reads buffers and offsets of system calls as strace prints them.

import { integerOf, WRITTEN } from '../../notation/numbers.ts';
import { bytesOf } from './call.ts';

/** The distance of regions in the file of a vfio device (VFIO_PCI_OFFSET_SHIFT is 40). */
const REGION_SIZE = 2n ** 40n;
const VFIO_PCI_CONFIG_REGION_INDEX = 7n;
/** The size of PCI Express config space. */
const CONFIG_SIZE = 4096;

/** Returns a little-endian number of `size` bytes from a string of bytes or a printed number; otherwise null. */
export function bufferValue(text: string, size: number): bigint | null {
  const number = integerOf(text, WRITTEN);
  if (number !== null) return number < 256n ** BigInt(size) ? number : null;
  const bytes = bytesOf(text);
  if (bytes?.length !== size) return null;
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

/** Returns the first 8 bytes of a written buffer of `size` bytes as a number; missing bytes are 0. */
export function writtenValue(text: string, size: number): bigint | null {
  const number = integerOf(text, WRITTEN);
  if (number !== null) return number;
  const bytes = bytesOf(text);
  if (bytes?.length !== size) return null;
  return bytes.slice(0, 8).reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

/** Returns the offset within config space; null for an access to another region. */
export function configOffset(text: string): number | null {
  const printed = /^CONFIG\+(0x[\da-f]{1,8})$/.exec(text)?.[1];
  // text of irqscope may have offsets beyond config space, where accesses fail
  if (printed !== undefined) return Number(printed);
  const offset = integerOf(text, WRITTEN);
  if (offset === null || offset / REGION_SIZE !== VFIO_PCI_CONFIG_REGION_INDEX) return null;
  const within = offset % REGION_SIZE;
  return within < BigInt(CONFIG_SIZE) ? Number(within) : null;
}
