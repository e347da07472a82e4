// The PCI/MSI core: allocating and freeing irqs for vectors (drivers/pci/msi/*.c, kernel/irq/msi.c; docs/driver.md §7).

import { type MsiMessage, ZERO_MESSAGE } from '../../machine/machine.ts';
import { EBUSY, EINVAL, ENOSPC, ENOTSUPP, ERANGE, errnoNumber } from '../../uapi/errno.ts';
import { PCI_IRQ_MSIX } from '../../uapi/pciRegs.ts';
import type { AllocationSite, FreeSite } from '../frame.ts';
import type { Kernel } from '../kernel.ts';
import { maskEntry, maskMsi } from './delivery.ts';
import { writeMessage } from './irq.ts';
import { assignedMessage, freshMessage } from './message.ts';
import { pci_intx } from './pci.ts';
import { assignCpuVector, releaseCpuVector, reserve, unreserve } from './reservation.ts';

/** Enables MSI or MSI-X with up to `max` vectors. Returns the number of vectors or a negative errno (docs/driver.md §7.1). */
export function pci_alloc_irq_vectors(k: Kernel, min: number, max: number, flags: number): number {
  return k.call('pci_alloc_irq_vectors', { min, max, flags }, () => {
    const fault = k.fault('pci_alloc_irq_vectors');
    if (fault !== null && typeof fault.result === 'string') {
      return k.refuse('fault.injected', errnoNumber(fault.result));
    }
    if (max < min) return k.refuse('msi.no-vectors', ERANGE);
    if (k.pci.d3hot) return k.refuse('msi.not-d0', EINVAL);
    const msix = flags === PCI_IRQ_MSIX;
    const injected = fault !== null && typeof fault.result === 'number';
    let vectors = injected ? Math.min(max, Number(fault.result)) : max;
    if (k.host.irqPool !== null) vectors = Math.min(vectors, k.host.irqPool - k.domain.numbers.size);
    // MSI needs one block of vectors; without a free block, and on x86 without remapping, one vector is granted. An injected
    // number is the result itself (`fault-enable-msi-pci-alloc-irq-vectors-1-2@xhci#3`)
    const isApic = k.host.msiController === 'apic';
    const fixed = isApic && !msix && k.device.msi?.maskable !== true;
    if (fixed) vectors = Math.min(vectors, k.host.cpuVectors - k.domain.cpuVectorsUsed);
    const single = vectors < max || (isApic && !k.host.irqRemapping);
    if (!msix && !injected && vectors > 1 && single) vectors = 1;
    if (vectors < min) return k.refuse('msi.no-host-irqs', ENOSPC);
    if (msix) enableMsix(k, vectors);
    else enableMsi(k, vectors);
    return vectors;
  });
}

function enableMsix(k: Kernel, vectors: number): void {
  k.setDomain({ mode: 'msix', initialRange: vectors });
  // a device that can send messages lowers its pin
  k.setPci({ msixEnabled: true, msixFunctionMask: true, pinAsserted: false });
  for (let vector = 0; vector < vectors; vector++) {
    const irq = k.domain.numbers.firstFree(k.domain.lowestFree);
    allocate(k, vector, irq, 'pci_alloc_irq_vectors');
  }
  pci_intx(k, 0);
  // the kernel masks every table entry, not only the allocated ones (docs/driver.md §7.1 step 6)
  for (const vector of k.pci.entries.keys()) maskEntry(k, vector);
  k.setPci({ msixFunctionMask: false });
}

function enableMsi(k: Kernel, vectors: number): void {
  k.setDomain({ mode: 'msi', initialRange: vectors, msiGranted: 2 ** Math.ceil(Math.log2(vectors)) });
  const first = firstBlock(k, vectors);
  for (let vector = 0; vector < vectors; vector++) {
    allocate(k, vector, first + vector, 'pci_alloc_irq_vectors');
  }
  for (let vector = 0; vector < (k.device.msi?.vectors ?? 0); vector++) maskMsi(k, vector);
  pci_intx(k, 0);
  k.setPci({ pinAsserted: false, msi: { ...k.pci.msi, enabled: true, vectors: k.domain.msiGranted } });
}

/** Returns the start of the lowest run of `count` free irq numbers. */
function firstBlock(k: Kernel, count: number): number {
  let first = k.domain.numbers.firstFree(k.domain.lowestFree);
  for (let length = 1; length < count; ) {
    if (k.domain.numbers.has(first + length)) {
      first = k.domain.numbers.firstFree(first + length);
      length = 1;
    } else {
      length++;
    }
  }
  return first;
}

/**
 * Returns whether an irq is active from its allocation on: always with a GIC, which has no reservation mode. x86 only reserves one where interrupts can be masked, and the MSI
 * core checks that on the *first* descriptor of the device. A dynamic allocation below every allocated vector becomes the
 * first descriptor before it is marked as MSI-X, so it gets a CPU vector at once (msi_check_reservation_mode in
 * kernel/irq/msi.c of 6.12; freeing it zeroes its message: `v3/random-026#17`).
 */
function isActiveAtOnce(k: Kernel, vector: number, by: AllocationSite): boolean {
  if (k.host.msiController === 'gic') return true;
  if (k.domain.mode === 'msi') return k.device.msi?.maskable !== true;
  if (by === 'pci_alloc_irq_vectors') return false;
  for (let lower = 0; lower < vector; lower++) if (k.domain.descs.has(lower)) return false;
  return true;
}

/** Allocates one irq. Returns 0, or −ENOSPC without changes if it needs a CPU vector and all are used. */
function allocate(k: Kernel, vector: number, irq: number, by: AllocationSite): number {
  const fixed = isActiveAtOnce(k, vector, by);
  reserve(k);
  if (fixed && assignCpuVector(k) < 0) {
    unreserve(k);
    return k.refuse('msi.no-cpu-vector', ENOSPC);
  }
  const message = fixed ? assignedMessage(k, irq) : freshMessage(k, irq);
  const original = by === 'pci_alloc_irq_vectors';
  const { domain } = k;
  k.setDomain({
    descs: domain.descs.set(
      vector,
      { irq, message, handler: null, name: null, original, fixed, resend: false },
      k.owner,
    ),
    numbers: domain.numbers.set(irq, vector, k.owner),
    lowestFree: irq === domain.lowestFree ? irq + 1 : domain.lowestFree,
  });
  writeMessage(k, vector, message);
  k.happened({ kind: 'allocated', vector, irq, by });
  return 0;
}

function release(k: Kernel, vector: number, by: FreeSite): void {
  const { domain } = k;
  const desc = domain.descs.get(vector);
  if (desc === undefined) throw new Error(`vector ${vector} is not allocated`);
  k.setDomain({
    descs: domain.descs.delete(vector, k.owner),
    numbers: domain.numbers.delete(desc.irq, k.owner),
    lowestFree: Math.min(desc.irq, domain.lowestFree),
  });
  if (desc.fixed) {
    // the irq was active since its allocation, and freeing it deactivates it (`msi-multi@xhci#32`)
    releaseCpuVector(k);
    writeMessage(k, vector, ZERO_MESSAGE);
  } else if (desc.handler !== null) {
    // an irq whose handler a what-if kernel forgot to free is still active
    releaseCpuVector(k);
  } else {
    unreserve(k);
  }
  k.happened({ kind: 'freed', vector, irq: desc.irq, by, original: desc.original });
}

/** Adds one vector to enabled MSI-X. Returns the new Linux irq or a negative errno (docs/driver.md §7.2). */
export function pci_msix_alloc_irq_at(k: Kernel, index: number): number {
  return k.call('pci_msix_alloc_irq_at', { index }, () => {
    const fault = k.faultErrno('pci_msix_alloc_irq_at');
    if (fault < 0) return fault;
    if (k.domain.mode !== 'msix' || !k.host.canAllocDyn) return k.refuse('msi.alloc-at', ENOTSUPP);
    if (index >= (k.device.msix?.vectors ?? 0)) return k.refuse('msi.alloc-at', ERANGE);
    if (k.domain.descs.has(index)) return k.refuse('msi.alloc-at', EBUSY);
    if (k.host.irqPool !== null && k.domain.numbers.size >= k.host.irqPool)
      return k.refuse('msi.alloc-at', ENOSPC);
    const irq = k.domain.numbers.firstFree(k.domain.lowestFree);
    const allocated = allocate(k, index, irq, 'pci_msix_alloc_irq_at');
    return allocated < 0 ? allocated : irq;
  });
}

/** Frees one vector of enabled MSI-X. Table entry and pending bit keep their values (docs/driver.md §7.5). */
export function pci_msix_free_irq(k: Kernel, index: number, irq: number): void {
  k.callVoid('pci_msix_free_irq', { index, irq }, () => release(k, index, 'pci_msix_free_irq'));
}

/** Disables MSI or MSI-X and frees every irq; has no effect while neither is enabled (docs/driver.md §7.6). */
export function pci_free_irq_vectors(k: Kernel): void {
  k.callVoid('pci_free_irq_vectors', {}, () => {
    const { mode } = k.domain;
    if (mode === null) return;
    const vectors = k.domain.descs.keys();
    if (mode === 'msix') {
      for (const vector of vectors) maskEntry(k, vector);
      k.setPci({ msixEnabled: false });
    } else {
      // pci_msi_shutdown leaves the capability unmasked
      k.setPci({ msi: { ...k.pci.msi, enabled: false, mask: 0 } });
    }
    pci_intx(k, 1);
    k.happened({ kind: 'teardown', vectors: vectors.length });
    for (const vector of vectors) release(k, vector, 'pci_free_irq_vectors');
    k.setDomain({ mode: null, initialRange: 0 });
  });
}

/** Returns the Linux irq of a vector, or −EINVAL (docs/driver.md §7.7). */
export function pci_irq_vector(k: Kernel, nr: number): number {
  return k.call('pci_irq_vector', { nr }, () => {
    if (k.domain.mode === null) return nr === 0 ? k.host.pinIrq : -EINVAL;
    return k.domain.descs.get(nr)?.irq ?? k.refuse('msi.no-irq', EINVAL);
  });
}

/** Returns the message that the kernel last wrote for an irq. */
export function get_cached_msi_msg(k: Kernel, irq: number): MsiMessage {
  const vector = k.domain.numbers.get(irq);
  const desc = vector === undefined ? undefined : k.domain.descs.get(vector);
  if (desc === undefined) throw new Error(`irq ${irq} has no message`);
  k.callVoid('get_cached_msi_msg', { irq }, () => undefined);
  return desc.message;
}

/** Writes a message to the device again. */
export function pci_write_msi_msg(k: Kernel, irq: number, message: MsiMessage): void {
  const msg = [message.addressLow, message.addressHigh, message.data];
  k.callVoid('pci_write_msi_msg', { irq, msg }, () => {
    const vector = k.domain.numbers.get(irq);
    if (vector !== undefined) writeMessage(k, vector, message);
  });
}
