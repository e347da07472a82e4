// The formats that can be imported. Of two formats with as many marks in a text the earlier one is taken.

import type { ImportFormat } from './format.ts';
import { NOTATION } from './notation.ts';
import { KPROBE } from './probe/trace.ts';
import { QEMU_TRACE } from './qemu/trace.ts';
import { RECORDING } from './recording.ts';
import { PRINTED_STRACE, STRACE } from './strace/trace.ts';

/** All formats. A new format needs an entry here. */
export const FORMATS: readonly ImportFormat[] = [
  RECORDING,
  NOTATION,
  KPROBE,
  PRINTED_STRACE,
  QEMU_TRACE,
  STRACE,
];

/** Returns the format with that id. */
export function formatById(id: string): ImportFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
