// The formats that can be imported. Of two formats with as many marks in a text the earlier one is taken.

import type { ImportFormat } from './format.ts';
import { NOTATION } from './notation.ts';
import { KPROBE } from './probe/trace.ts';
import { QEMU_TRACE } from './qemu/trace.ts';
import { RECORDING } from './recording.ts';
import { IRQ_INFO } from './states/irqInfo.ts';
import { MSI_IRQS, PROC_INTERRUPTS } from './states/irqTables.ts';
import { KERNEL_LOG } from './states/kernelLog.ts';
import { KSELFTEST } from './states/kselftest.ts';
import { LSPCI } from './states/lspci.ts';
import { PRINTED_STRACE, STRACE } from './strace/trace.ts';

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

/** Returns the format with that id. */
export function formatById(id: string): ImportFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
