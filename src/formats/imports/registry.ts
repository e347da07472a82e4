// The formats that can be imported, in the order in which they are tried: the most distinctive format first.

import type { ImportFormat } from './format.ts';
import { KPROBE } from './kprobe.ts';
import { anyOperation, NOTATION } from './notation.ts';
import { QEMU_TRACE } from './qemuTrace.ts';
import { RECORDING } from './recording.ts';
import { IRQ_INFO } from './states/irqInfo.ts';
import { MSI_IRQS, PROC_INTERRUPTS } from './states/irqTables.ts';
import { KERNEL_LOG } from './states/kernelLog.ts';
import { KSELFTEST } from './states/kselftest.ts';
import { LSPCI } from './states/lspci.ts';
import { PRINTED_STRACE, STRACE } from './strace.ts';

/** All formats. A new format needs an entry here. */
export const FORMATS: readonly ImportFormat[] = [
  RECORDING,
  NOTATION,
  LSPCI,
  PROC_INTERRUPTS,
  KSELFTEST,
  KERNEL_LOG,
  KPROBE,
  PRINTED_STRACE,
  QEMU_TRACE,
  STRACE,
  IRQ_INFO,
  MSI_IRQS,
];

/** A recognised format with the reason. */
export interface Recognised {
  readonly format: ImportFormat;
  /** Such as `line 1 has vfio_msix_enable`. */
  readonly reason: string;
}

/** Recognises the format of a text by its first lines. Returns null for an unknown format. */
export function recognise(head: readonly string[]): Recognised | null {
  for (const format of FORMATS) {
    const reason = format.recognise(head);
    if (reason !== null) return { format, reason };
  }
  const reason = anyOperation(head);
  return reason === null ? null : { format: NOTATION, reason };
}

/** Returns the format with that id. */
export function formatById(id: string): ImportFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
