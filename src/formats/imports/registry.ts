// The formats that can be opened, in the order in which they are tried: what says more of itself comes first.

import type { ImportFormat } from './format.ts';
import { KPROBE } from './kprobe.ts';
import { anyOperation, NOTATION } from './notation.ts';
import { QEMU_TRACE } from './qemuTrace.ts';
import { RECORDING } from './recording.ts';
import { PRINTED_STRACE, STRACE } from './strace.ts';

/** Every format. To add one is to add it here. */
export const FORMATS: readonly ImportFormat[] = [
  RECORDING,
  NOTATION,
  KPROBE,
  PRINTED_STRACE,
  QEMU_TRACE,
  STRACE,
];

/** A format with the reason why a text is of it. */
export interface Recognised {
  readonly format: ImportFormat;
  /** For instance `line 1 has vfio_msix_enable`. */
  readonly reason: string;
}

/** The format of a text by its first lines; null where it is none of ours. */
export function recognise(head: readonly string[]): Recognised | null {
  for (const format of FORMATS) {
    const reason = format.recognise(head);
    if (reason !== null) return { format, reason };
  }
  const reason = anyOperation(head);
  return reason === null ? null : { format: NOTATION, reason };
}

/** The format of that id. */
export function formatById(id: string): ImportFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
