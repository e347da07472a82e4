// What an MSI message looks like on x86 (arch/x86/kernel/apic, drivers/iommu/intel/irq_remapping.c). Recordings are
// compared only by whether an entry is programmed: the destination and the CPU vector are the machine's choice.

import type { Host } from '../../machine/host.ts';
import type { MsiMessage } from '../../machine/machine.ts';

const MSI_BASE = 0xfee00000;
/** Format bit and subhandle-valid bit of a remappable message. */
const REMAPPABLE = 0x18;
/** The first remapping table entry that these machines give to a device. */
const FIRST_IRTE = 16;
/** MANAGED_IRQ_SHUTDOWN_VECTOR: the placeholder of a vector that is reserved and not yet assigned. */
const PLACEHOLDER_VECTOR = 0xef;
/** The first CPU vector that devices get: FIRST_EXTERNAL_VECTOR is 0x20, and the machine takes some. */
const FIRST_CPU_VECTOR = 0x22;

/** The message written when the irq is allocated: final with remapping, a placeholder without (spec 7.1 step 4). */
export function freshMessage(k: { readonly host: Host }, irq: number): MsiMessage {
  return k.host.irqRemapping
    ? assignedMessage(k, irq)
    : { addressLow: MSI_BASE, addressHigh: 0, data: PLACEHOLDER_VECTOR };
}

/** The message written when a handler is installed (spec 7.3). */
export function assignedMessage(k: { readonly host: Host }, irq: number): MsiMessage {
  const nth = irq - k.host.firstIrq;
  if (k.host.irqRemapping) {
    const handle = FIRST_IRTE + nth;
    return {
      addressLow: (MSI_BASE | ((handle & 0x7fff) << 5) | ((handle & 0x8000) >>> 13) | REMAPPABLE) >>> 0,
      addressHigh: 0,
      data: 0,
    };
  }
  return { addressLow: (MSI_BASE | 0x1004) >>> 0, addressHigh: 0, data: FIRST_CPU_VECTOR + (nth % 190) };
}

/** True if the message is all zero: the device's write would go to address 0, that is nowhere. */
export function isZeroMessage(message: MsiMessage): boolean {
  return message.addressLow === 0 && message.addressHigh === 0 && message.data === 0;
}
