// The path of an interrupt from the device to the eventfd (docs/driver.md §11).

import { PCI_COMMAND_MASTER } from '../../uapi/pciRegs.ts';
import type { Kernel } from '../kernel.ts';
import { eventfd_signal } from './eventfd.ts';
import { isZeroMessage } from './message.ts';

/** Handles a device event on MSI-X vector `vector` while MSI-X is enabled. */
export function msixEvent(k: Kernel, vector: number): void {
  const entry = k.entry(vector);
  if (k.pci.msixFunctionMask || entry.masked) {
    k.happened({ kind: entry.pending ? 'coalesced' : 'pended', vector });
    if (!entry.pending) k.setEntry(vector, { ...entry, pending: true });
    return;
  }
  sendMsix(k, vector);
}

/** Unmasks an entry and sends a pending interrupt once; a silent device drops the write. */
export function unmaskEntry(k: Kernel, vector: number): void {
  if (k.isSilent()) return;
  const entry = k.entry(vector);
  const sends = entry.pending && k.pci.msixEnabled && !k.pci.msixFunctionMask;
  k.setEntry(vector, { ...entry, masked: false, pending: sends ? false : entry.pending });
  if (sends) sendMsix(k, vector);
}

/** Masks an entry; its pending bit keeps its value, and a silent device drops the write. */
export function maskEntry(k: Kernel, vector: number): void {
  if (k.isSilent()) return;
  const entry = k.entry(vector);
  if (!entry.masked) k.setEntry(vector, { ...entry, masked: true });
}

function sendMsix(k: Kernel, vector: number): void {
  if ((k.pci.command & PCI_COMMAND_MASTER) === 0) {
    k.happened({ kind: 'lost', vector, cause: 'bus-master-off' });
  } else if (isZeroMessage(k.entry(vector))) {
    k.happened({ kind: 'lost', vector, cause: 'message-wiped' });
  } else {
    arrive(k, vector);
  }
}

/** Masks one MSI vector. A capability without mask bits cannot mask (docs/facts.md 18). */
export function maskMsi(k: Kernel, vector: number): void {
  if (k.device.msi?.maskable !== true) return;
  k.setPci({ msi: { ...k.pci.msi, mask: (k.pci.msi.mask | (1 << vector)) >>> 0 } });
}

/** Unmasks one MSI vector and sends a pending interrupt. */
export function unmaskMsi(k: Kernel, vector: number): void {
  const { msi } = k.pci;
  const bit = 1 << vector;
  if ((msi.mask & bit) === 0) return;
  const sends = msi.enabled && (msi.pending & bit) !== 0;
  const pending = sends ? msi.pending & ~bit : msi.pending;
  k.setPci({ msi: { ...msi, mask: (msi.mask & ~bit) >>> 0, pending: pending >>> 0 } });
  if (sends) arrive(k, vector);
}

/** Handles a device event while MSI is enabled; it always uses vector 0 (docs/recording-format.md, `raise`). */
export function msiEvent(k: Kernel): void {
  const { msi } = k.pci;
  if ((msi.mask & 1) !== 0) {
    k.happened({ kind: (msi.pending & 1) !== 0 ? 'coalesced' : 'pended', vector: 0 });
    k.setPci({ msi: { ...msi, pending: (msi.pending | 1) >>> 0 } });
    return;
  }
  if ((k.pci.command & PCI_COMMAND_MASTER) === 0) {
    k.happened({ kind: 'lost', vector: 0, cause: 'bus-master-off' });
  } else if (isZeroMessage(k.pci.msi.message)) {
    k.happened({ kind: 'lost', vector: 0, cause: 'message-wiped' });
  } else {
    arrive(k, 0);
  }
}

/** Handles a message at the CPU, or one resent by request_irq: vfio_msihandler signals the handler's eventfd. */
export function arrive(k: Kernel, vector: number): void {
  const desc = k.domain.descs.get(vector);
  const handler = desc?.handler ?? null;
  if (desc === undefined) {
    k.happened({ kind: 'lost', vector, cause: 'no-handler' });
    return;
  }
  if (handler === null) {
    // handle_edge_irq marks and masks the irq; request_irq resends it (`more/dynamic/n1rand-014@edu#29`)
    k.happened({ kind: desc.resend ? 'coalesced' : 'pended', vector });
    k.setDomain({ descs: k.domain.descs.set(vector, { ...desc, resend: true }, k.owner) });
    return;
  }
  // only a what-if kernel that forgets free_irq() comes here: a real one would use memory after it was freed
  if (!k.eventfds.has(handler)) {
    k.happened({ kind: 'lost', vector, cause: 'eventfd-freed' });
    return;
  }
  k.happened({ kind: 'delivered', vector, ev: handler });
  k.interrupt(() => eventfd_signal(k, handler, 'interrupt'));
}
