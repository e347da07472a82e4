// The host's view: the irqs that this device has, as /proc/interrupts lists them.

import type { Machine } from '../../machine/machine.ts';

/** One requested or allocated irq. */
export interface InterruptLine {
  readonly irq: number;
  readonly chip: string;
  /** The handler's name, or null for an irq that is allocated and not requested; /proc/interrupts leaves those out. */
  readonly name: string | null;
}

/** The device's irqs in ascending order of number. */
export function interruptLines({ domain, device, vdev, host }: Machine): readonly InterruptLine[] {
  const lines: InterruptLine[] = [];
  if (vdev.intx?.requested === true) {
    lines.push({ irq: host.pinIrq, chip: 'IO-APIC fasteoi', name: `vfio-intx(${device.bdf})` });
  }
  const chip = `PCI-MSI${domain.mode === 'msix' ? 'X' : ''}-${device.bdf}`;
  domain.descs.forEach((desc, vector) => {
    lines.push({ irq: desc.irq, chip: `${chip} ${vector}-edge`, name: desc.name });
  });
  return lines.sort((a, b) => a.irq - b.irq);
}
