// MSI messages on x86 (arch/x86/kernel/apic, drivers/iommu/intel/irq_remapping.c) and of a GIC behind an SMMU
// (drivers/irqchip/irq-gic-v3-its.c, drivers/iommu/dma-iommu.c). Comparisons with recordings check only whether an entry is
// programmed, because destination and CPU vector depend on the machine.

import type { Host } from '../../machine/host.ts';
import type { MsiMessage } from '../../machine/machine.ts';

const MSI_BASE = 0xfee00000;
/** Format bit and subhandle-valid bit of a remappable message. */
const REMAPPABLE = 0x18;
/** The first remapping table entry for devices on the recorded machines. */
const FIRST_IRTE = 16;
/** MANAGED_IRQ_SHUTDOWN_VECTOR: the placeholder of a reserved vector without a CPU vector. */
const PLACEHOLDER_VECTOR = 0xef;
/** The first CPU vector for devices: FIRST_EXTERNAL_VECTOR is 0x20, and the machine uses two. */
const FIRST_CPU_VECTOR = 0x22;
/** The doorbell register of an ITS or v2m frame, in the page that the SMMU maps for messages of the device (MSI_IOVA_BASE). */
export const GIC_DOORBELL = 0x08000040;

/** Returns the message of a new irq: final with remapping or a GIC, else a placeholder (docs/driver.md §7.1 step 4). */
export function freshMessage(k: { readonly host: Host }, irq: number): MsiMessage {
  return k.host.irqRemapping || k.host.msiController === 'gic'
    ? assignedMessage(k, irq)
    : { addressLow: MSI_BASE, addressHigh: 0, data: PLACEHOLDER_VECTOR };
}

/** Returns the message of an irq with a handler (docs/driver.md §7.3). */
export function assignedMessage(k: { readonly host: Host }, irq: number): MsiMessage {
  const nth = irq - k.host.firstIrq;
  if (k.host.msiController === 'gic') return { addressLow: GIC_DOORBELL, addressHigh: 0, data: nth };
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

/** Returns whether the message is all zero: the device would write to address 0, which raises no interrupt. */
export function isZeroMessage(message: MsiMessage): boolean {
  return message.addressLow === 0 && message.addressHigh === 0 && message.data === 0;
}
