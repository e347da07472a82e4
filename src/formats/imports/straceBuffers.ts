// Buffers and offsets of system calls as strace prints them.

import { integerOf, WRITTEN } from '../notation/numbers.ts';
import { bytesOf } from './straceCall.ts';

/** Regions begin every 2^40 bytes of a vfio device's file (VFIO_PCI_OFFSET_SHIFT). */
const REGION_SIZE = 2n ** 40n;
const VFIO_PCI_CONFIG_REGION_INDEX = 7n;
/** Bytes of config space with PCI Express. */
const CONFIG_SIZE = 4096;

/** A little-endian number of that many bytes: from a string of bytes, or printed as a number; null where it is neither. */
export function bufferValue(text: string, size: number): bigint | null {
  const number = integerOf(text, WRITTEN);
  if (number !== null) return number < 256n ** BigInt(size) ? number : null;
  const bytes = bytesOf(text);
  if (bytes?.length !== size) return null;
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

/** The offset within config space; null where the access is to another region. */
export function configOffset(text: string): number | null {
  const printed = /^CONFIG\+(0x[\da-f]{1,8})$/.exec(text)?.[1];
  // what we have printed may lie beyond: asking there fails, and that is something to see
  if (printed !== undefined) return Number(printed);
  const offset = integerOf(text, WRITTEN);
  if (offset === null || offset / REGION_SIZE !== VFIO_PCI_CONFIG_REGION_INDEX) return null;
  const within = offset % REGION_SIZE;
  return within < BigInt(CONFIG_SIZE) ? Number(within) : null;
}
