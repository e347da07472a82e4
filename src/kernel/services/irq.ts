// The irq core: installing and removing handlers, and the irq-bypass registry (kernel/irq/manage.c,
// arch/x86/kernel/apic/vector.c, virt/lib/irqbypass.c; docs/driver.md §7.3, §7.4).

import { type MsiDesc, ZERO_MESSAGE } from '../../machine/machine.ts';
import { EBUSY, EINVAL } from '../../uapi/errno.ts';
import type { Kernel } from '../kernel.ts';
import { arrive, maskEntry, maskMsi, unmaskEntry, unmaskMsi } from './delivery.ts';
import { assignedMessage, isZeroMessage } from './message.ts';
import { assignCpuVector, releaseCpuVector, reserve } from './reservation.ts';

/** Installs vfio_msihandler on an MSI or MSI-X irq; `ev` is the eventfd object to signal. Returns 0 or a negative errno. */
export function request_irq(k: Kernel, irq: number, name: string, ev: number): number {
  return k.call('request_irq', { irq, name, ev }, () => {
    const fault = k.faultErrno('request_irq');
    if (fault < 0) return fault;
    const vector = k.domain.numbers.get(irq);
    const desc = vector === undefined ? undefined : k.domain.descs.get(vector);
    if (vector === undefined || desc === undefined) return k.refuse('irq.request', EINVAL);
    if (desc.handler !== null) return k.refuse('irq.request', EBUSY);
    if (!desc.fixed) {
      const assigned = assignCpuVector(k);
      if (assigned < 0) return assigned;
    }
    const message = assignedMessage(k, irq);
    k.setDomain({
      descs: k.domain.descs.set(vector, { ...desc, message, handler: ev, name, resend: false }, k.owner),
    });
    k.happened({ kind: 'attached', vector, irq, ev });
    // an irq that is active since its allocation keeps the message that the device has (irq_domain_activate_irq)
    if (!desc.fixed || isZeroMessage(desc.message)) writeMessage(k, vector, message);
    if (k.domain.mode === 'msix') unmaskEntry(k, vector);
    else unmaskMsi(k, vector);
    if (desc.resend) arrive(k, vector);
    return 0;
  });
}

/** Removes the handler of an MSI or MSI-X irq. The irq stays allocated (cached) and its message becomes zero. */
export function free_irq(k: Kernel, irq: number, ev: number): void {
  k.callVoid('free_irq', { irq, ev }, () => {
    const vector = k.domain.numbers.get(irq);
    const desc = vector === undefined ? undefined : k.domain.descs.get(vector);
    if (vector === undefined || desc === undefined)
      throw new Error(`free_irq of irq ${irq}, which is not allocated`);
    if (k.domain.mode === 'msix') maskEntry(k, vector);
    else maskMsi(k, vector);
    k.setDomain({
      descs: k.domain.descs.set(
        vector,
        { ...desc, message: ZERO_MESSAGE, handler: null, name: null },
        k.owner,
      ),
    });
    writeMessage(k, vector, ZERO_MESSAGE);
    if (!desc.fixed) {
      releaseCpuVector(k);
      reserve(k);
    }
    k.happened({ kind: 'detached', vector, irq, ev });
  });
}

/**
 * Replaces the eventfd of an installed handler; the irq stays requested and the device sees no change. No kernel has this
 * function: it is from Ben Luo's series of 2019 and belongs to the proposal `hold` (docs/driver.md §19.2).
 */
export function irq_update_devid(k: Kernel, irq: number, ev: number, newEv: number): void {
  k.callVoid('irq_update_devid', { irq, ev, newEv }, () => {
    const vector = k.domain.numbers.get(irq);
    const desc = vector === undefined ? undefined : k.domain.descs.get(vector);
    if (vector === undefined || desc === undefined)
      throw new Error(`irq_update_devid of irq ${irq}, which is not allocated`);
    k.setDomain({ descs: k.domain.descs.set(vector, { ...desc, handler: newEv }, k.owner) });
    // a swap without a detach: the vector was attached all the time
    k.happened({ kind: 'attached', vector, irq, ev: newEv });
  });
}

/**
 * Writes a message to the device: to the table entry, or for vector 0 to the single MSI message. Outside D0 the kernel only
 * remembers it (__pci_write_msi_msg, `power/linux-6.12/power-bind#7`).
 */
export function writeMessage(k: Kernel, vector: number, message: MsiDesc['message']): void {
  if (k.pci.d3hot) return;
  if (k.domain.mode === 'msix') {
    k.setEntry(vector, { ...k.entry(vector), ...message });
  } else if (vector === 0) {
    k.setPci({ msi: { ...k.pci.msi, message, vectors: k.domain.msiGranted } });
  }
}

/** Registers a bypass producer. A second one for the same eventfd fails with EBUSY; vfio only logs any error. */
export function irq_bypass_register_producer(k: Kernel, irq: number, ev: number): number {
  // newer kernels pass the eventfd as an argument before the irq, older ones set both in the producer (docs/facts.md N7)
  const args = k.host.bypassKey === 'eventfd' ? { ev, irq } : { irq, ev };
  return k.call('irq_bypass_register_producer', args, () => {
    const fault = k.faultErrno('irq_bypass_register_producer');
    if (fault < 0) return fault;
    if (k.producers.has(ev)) return -EBUSY;
    k.producers = k.producers.set(ev, irq, k.owner);
    return 0;
  });
}

/** Unregisters a bypass producer; `ev` is null after a failed registration. */
export function irq_bypass_unregister_producer(k: Kernel, irq: number, ev: number | null): void {
  k.callVoid('irq_bypass_unregister_producer', { irq, ev }, () => {
    if (ev !== null) k.producers = k.producers.delete(ev, k.owner);
  });
}
