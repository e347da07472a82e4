// Makes the state that a table of irqs shows: the device, the host, and for each irq the operations that lead to it. The ioctls
// themselves are not in the table, so every part of it is an inference.

import type { Op } from '../../../kernel/line.ts';
import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import type { ExpectedIrq, IrqMode } from '../../../session/expectedState.ts';
import type { DeviceSpec } from '../../../session/script.ts';
import type { NamedFact } from '../../../session/setupFacts.ts';
import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import { setIrqsOp } from '../numbers.ts';
import { RAISES_ALWAYS, specOf } from './device.ts';

/** The descriptor of vector 0; vector n has the descriptor n numbers above it. */
export const FIRST_FD = 100;
/** The most vectors of MSI. */
export const MSI_VECTORS_MAX = 32;
/** The table entries that the device has at least; the text does not say how many. */
const USUAL_ENTRIES = 8;

/** An irq with the vector that the script gives it. */
export interface PlacedIrq extends ExpectedIrq {
  readonly at: number;
  /** The script binds an eventfd to it. */
  readonly bound: boolean;
}

/** What the irq chips say about the host. */
export interface ChipFacts {
  readonly controller: 'apic' | 'gic' | null;
  readonly remapping: boolean | null;
}

/** Returns the most vectors of a mode. */
export function mostVectors(mode: IrqMode): number {
  return mode === 'msix' ? MSIX_VECTORS_MAX : mode === 'msi' ? MSI_VECTORS_MAX : 1;
}

/** Returns the operations for each irq, in the order given: its eventfd, and with the last one the SET_IRQS that binds all. */
export function tableOps(irqs: readonly PlacedIrq[]): readonly (readonly Op[])[] {
  const [first] = irqs;
  if (first === undefined) return [];
  const ops = irqs.map(({ at, bound }): Op[] =>
    bound ? [{ op: 'eventfd', fd: FIRST_FD + at, initval: 0n, semaphore: false }] : [],
  );
  const highest = Math.max(...irqs.map(({ at }) => at));
  const fds = Array.from({ length: highest + 1 }, () => -1);
  for (const { at, bound } of irqs) if (bound) fds[at] = FIRST_FD + at;
  const index = {
    msix: VFIO_PCI_MSIX_IRQ_INDEX,
    msi: VFIO_PCI_MSI_IRQ_INDEX,
    intx: VFIO_PCI_INTX_IRQ_INDEX,
  }[first.mode];
  const flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
  ops.at(-1)?.push(setIrqsOp({ flags, index, start: 0, count: fds.length }, fds));
  return ops;
}

/** Returns the device and the host on which these operations give the irqs of the table. */
export function tableDevice(
  irqs: readonly PlacedIrq[],
  device: string | null,
  { controller, remapping }: ChipFacts,
): DeviceSpec {
  const mode = irqs[0]?.mode ?? 'msix';
  const needed = Math.max(0, ...irqs.map(({ at }) => at)) + 1;
  const facts: NamedFact[] = [...RAISES_ALWAYS];
  if (device !== null) facts.push({ path: 'device.bdf', value: device });
  const irq = firstIrq(irqs);
  if (irq !== null) facts.push({ path: mode === 'intx' ? 'host.pinIrq' : 'host.firstIrq', value: irq });
  if (controller === 'gic') facts.push({ path: 'host.msiController', value: 'gic' });
  const spec = specOf({
    msix: mode === 'msix' ? Math.max(needed, USUAL_ENTRIES) : mode === 'msi' ? 0 : null,
    msi: mode === 'msi' ? 2 ** Math.ceil(Math.log2(needed)) : null,
    intx: mode === 'intx' ? true : null,
    facts,
  });
  // the ITS and v2m domains cannot allocate vectors while MSI-X is enabled
  return { ...spec, noDyn: controller === 'gic', noRemap: remapping === false };
}

/** Returns the number of the first irq: that of vector 0 if the numbers rise with the vectors. */
function firstIrq(irqs: readonly PlacedIrq[]): number | null {
  const [first] = [...irqs].sort((a, b) => a.at - b.at);
  if (first === undefined) return null;
  const below = first.irq - first.at;
  const found = first.mode === 'intx' || below < 1 ? first.irq : below;
  return found <= 2 ** 20 ? found : null;
}

/** Whether every irq number is as far from the first one as its vector. */
export function areConsecutive(irqs: readonly PlacedIrq[]): boolean {
  const [first] = irqs;
  return first === undefined || irqs.every(({ irq, at }) => irq - at === first.irq - first.at);
}
