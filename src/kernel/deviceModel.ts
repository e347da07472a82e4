// The device's own actions: raising an interrupt, lowering the pin, and losing a table entry without the kernel's knowledge
// (docs/driver.md §11; docs/recording-format.md, `raise`, `lower`, `clobber`).

import { EIO, ENODEV, EOPNOTSUPP } from '../uapi/errno.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MEMORY } from '../uapi/pciRegs.ts';
import type { Kernel } from './kernel.ts';
import { msiEvent, msixEvent } from './services/delivery.ts';
import { deliverPin, vfio_pci_intx_unmask_handler } from './services/pci.ts';

/** Raises an interrupt: MSI-X vector `vector`, or the only interrupt with MSI or INTx. Returns 0 or a negative errno. */
export function raise(k: Kernel, vector: number): number {
  const { device } = k;
  if (k.openCount === 0) return k.refuse('raise.closed', ENODEV);
  if (device.raise === 'never') return k.refuse('raise.unable', EOPNOTSUPP);
  const vectors = device.msix?.vectors ?? 0;
  if (device.raise === 'with-msix' && (!k.pci.msixEnabled || vector >= vectors)) {
    return k.refuse('raise.unable', EOPNOTSUPP);
  }
  if (!answers(k)) {
    // the registers for raising are in memory space: NVMe does not answer, other devices lose the write
    return device.raise === 'with-msix' ? k.refuse('raise.unable', EIO) : 0;
  }
  k.happened({ kind: 'raised', vector });
  if (device.raisePulses) deassertPin(k);
  if (k.pci.msixEnabled) {
    const raised = device.raiseVectors === null ? vector : vector % device.raiseVectors;
    if (raised < vectors) msixEvent(k, raised);
  } else if (k.pci.msi.enabled) {
    msiEvent(k);
  } else if (device.intx) {
    assertPin(k);
  } else {
    k.happened({ kind: 'lost', vector, cause: 'disabled' });
  }
  return 0;
}

/** Returns whether the device answers memory accesses. */
function answers(k: Kernel): boolean {
  return (k.pci.command & PCI_COMMAND_MEMORY) !== 0 && !k.isSilent();
}

function assertPin(k: Kernel): void {
  const rises = !k.pci.pinAsserted;
  k.setPci({ pinAsserted: true });
  if (rises && deliverPin(k)) return;
  const masked = (k.pci.command & PCI_COMMAND_INTX_DISABLE) !== 0 || k.vdev.intx?.masked === true;
  k.happened(masked ? { kind: 'pended', vector: 0 } : { kind: 'lost', vector: 0, cause: 'no-handler' });
}

/** Lowers an asserted pin. Returns 0 or −EOPNOTSUPP. */
export function lower(k: Kernel): number {
  if (k.device.raise !== 'always') return k.refuse('raise.unable', EOPNOTSUPP);
  if (answers(k)) deassertPin(k);
  return 0;
}

function deassertPin(k: Kernel): void {
  if (!k.pci.pinAsserted) return;
  k.setPci({ pinAsserted: false });
  const { intx } = k.vdev;
  if (intx === null || !intx.looping) return;
  // the work queue that kept signalling finds the pin quiet and unmasks
  k.setVdev({ intx: { ...intx, looping: false } });
  k.deferred(() => vfio_pci_intx_unmask_handler(k));
}

/** Zeroes address and data of a table entry in the device; the mask bit keeps its value. */
export function clobber(k: Kernel, entry: number): number {
  if (entry < (k.device.msix?.vectors ?? 0) && (k.pci.command & PCI_COMMAND_MEMORY) !== 0) {
    k.setEntry(entry, { ...k.entry(entry), addressLow: 0, addressHigh: 0, data: 0 });
  }
  return 0;
}
