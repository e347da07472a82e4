// The irq core: installing and removing handlers, and the irq-bypass registry (kernel/irq/manage.c,
// arch/x86/kernel/apic/vector.c, virt/lib/irqbypass.c; spec 7.3, 7.4).

import { type MsiDesc, ZERO_MESSAGE } from '../../machine/machine.ts';
import { EBUSY, EINVAL } from '../../uapi/errno.ts';
import type { Kernel } from '../kernel.ts';
import { arrive, maskEntry, maskMsi, unmaskEntry, unmaskMsi } from './delivery.ts';
import { assignedMessage } from './message.ts';
import { assignCpuVector, releaseCpuVector, reserve } from './reservation.ts';

/** Installs vfio_msihandler on an MSI or MSI-X irq; `ev` is the eventfd object it will signal. 0 or a negative errno. */
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
    writeMessage(k, vector, message);
    if (k.domain.mode === 'msix') unmaskEntry(k, vector);
    else unmaskMsi(k, vector);
    if (desc.resend) arrive(k, vector);
    return 0;
  });
}

/** Removes the handler of an MSI or MSI-X irq. The number stays allocated, its message becomes zero: cached. */
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

/** Writes a message where the device reads it: the table entry, or the single MSI message, which vector 0 owns. */
export function writeMessage(k: Kernel, vector: number, message: MsiDesc['message']): void {
  if (k.domain.mode === 'msix') {
    k.setEntry(vector, { ...k.entry(vector), ...message });
  } else if (vector === 0) {
    k.setPci({ msi: { ...k.pci.msi, message, vectors: k.domain.msiGranted } });
  }
}

/** Offers the eventfd for bypass; a second producer for one eventfd is refused with EBUSY, which vfio only logs. */
export function irq_bypass_register_producer(k: Kernel, irq: number, ev: number): number {
  return k.call('irq_bypass_register_producer', { irq, ev }, () => {
    const fault = k.fault('irq_bypass_register_producer');
    if (fault !== null) return -EBUSY;
    if (k.producers.has(ev)) return -EBUSY;
    k.producers = k.producers.set(ev, irq, k.owner);
    return 0;
  });
}

/** Takes the offer back; `ev` is null when the registration had failed. */
export function irq_bypass_unregister_producer(k: Kernel, irq: number, ev: number | null): void {
  k.callVoid('irq_bypass_unregister_producer', { irq, ev }, () => {
    if (ev !== null) k.producers = k.producers.delete(ev, k.owner);
  });
}
