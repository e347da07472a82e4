// The capability as lspci prints it, and the driver's mode beside it.

import type { Machine } from '../../machine/machine.ts';
import { hex } from '../../text/numbers.ts';
import { INDEX_NAMES } from '../../uapi/vfio.ts';

const sign = (on: boolean) => (on ? '+' : '-');

/** Returns the offset of a capability, which some recordings lack. */
const place = (offset: number | null) => (offset === null ? '??' : hex(offset, 2));

/** Returns one line per capability, for instance `Capabilities: [40] MSI-X: Enable+ Count=8 Masked-`. */
export function capabilityLines({ device, pci }: Machine): readonly string[] {
  const lines: string[] = [];
  const { msi, msix, power } = device;
  if (msix !== null) {
    const bits = `Enable${sign(pci.msixEnabled)} Count=${msix.vectors} Masked${sign(pci.msixFunctionMask)}`;
    lines.push(`Capabilities: [${place(msix.offset)}] MSI-X: ${bits}`);
  }
  if (msi !== null) {
    const granted = pci.msi.enabled ? pci.msi.vectors : 1;
    const bits = `Enable${sign(pci.msi.enabled)} Count=${granted}/${msi.vectors} Maskable${sign(msi.maskable)}`;
    lines.push(`Capabilities: [${place(msi.offset)}] MSI: ${bits}`);
  }
  if (power !== null && pci.d3hot) {
    const kept = `NoSoftRst${sign(power.noSoftReset)}`;
    lines.push(`Capabilities: [${place(power.offset)}] Power Management: Status: D3 ${kept}`);
  }
  return lines;
}

/** The driver's own view, for instance `irq_type=MSI-X has_dyn_msix=1`. */
export function driverLine({ vdev, openCount }: Machine): string {
  if (openCount === 0) return 'device closed';
  const type = INDEX_NAMES[vdev.irq_type] ?? 'none';
  const opens = openCount > 1 ? ` open_count=${openCount}` : '';
  return `irq_type=${type.replace('-', '')} has_dyn_msix=${Number(vdev.has_dyn_msix)}${opens}`;
}
