// drivers/vfio/virqfd.c: user space writes an eventfd and the kernel unmasks INTx (docs/driver.md §9).

import { EBADF, EBUSY, EINVAL, ENOMEM } from '../uapi/errno.ts';
import type { Kernel } from './kernel.ts';
import { eventfd_ctx_put, eventfd_read, eventfd_signal, takeReference } from './services/eventfd.ts';
import { vfio_pci_intx_unmask_handler, vfio_send_intx_eventfd } from './services/pci.ts';

/** Installs `fd` as the unmask eventfd. A nonzero counter unmasks once and keeps its value. Returns 0 or a negative errno. */
export function vfio_virqfd_enable(k: Kernel, fd: number): number {
  return k.call('vfio_virqfd_enable', { fd }, () => {
    const fault = k.faultErrno('vfio_virqfd_enable');
    if (fault === -ENOMEM) return k.refuse('virqfd.memory', ENOMEM);
    if (fault < 0) return fault;
    const file = k.fds.get(fd);
    if (file === undefined) return k.refuse('eventfd.closed', EBADF);
    if (file.kind !== 'eventfd') return k.refuse('eventfd.not-eventfd', EINVAL);
    takeReference(k, file.ev);

    const intx = k.vdev.intx;
    if (intx === null) throw new Error('virqfd without INTx');
    if (intx.unmask !== null) {
      eventfd_ctx_put(k, file.ev);
      return k.refuse('virqfd.busy', EBUSY);
    }
    k.setVdev({ intx: { ...intx, unmask: file.ev } });
    if ((k.eventfds.get(file.ev)?.count ?? 0n) > 0n) runUnmask(k);
    return 0;
  });
}

/** Removes the unmask eventfd, if any. A work queue drops its reference. */
export function vfio_virqfd_disable(k: Kernel): void {
  const intx = k.vdev.intx;
  const unmask = intx?.unmask ?? null;
  if (intx === null || unmask === null) return;
  k.setVdev({ intx: { ...intx, unmask: null, looping: false } });
  // leaving the wait queue reads the counter, as a woken waiter does; a queued signal still arrives
  eventfd_read(k, unmask);
  if (intx.looping) k.deferred(() => eventfd_signal(k, unmask, 'virqfd'));
  k.deferred(() => eventfd_ctx_put(k, unmask));
}

/** Removes the virqfd of an eventfd whose file was closed. */
export function virqfdHangup(k: Kernel, ev: number): void {
  if (k.vdev.intx?.unmask === ev) vfio_virqfd_disable(k);
}

/**
 * Runs the waiter of an eventfd whose counter grew: on the unmask eventfd it reads the counter, except in old kernels, and
 * unmasks (docs/facts.md N6).
 */
export function virqfd_wakeup(k: Kernel, ev: number): void {
  if (k.vdev.intx?.unmask !== ev) return;
  k.call('virqfd_wakeup', { ev }, () => {
    if (k.host.unmaskReads) eventfd_read(k, ev);
    runUnmask(k);
    return 0;
  });
}

function runUnmask(k: Kernel): void {
  // the handler runs in the context of the writer, the signal in a work queue
  if (vfio_pci_intx_unmask_handler(k) === 0) return;
  const { intx } = k.vdev;
  if (intx !== null && intx.unmask !== null && intx.trigger === intx.unmask && !k.vdev.virq_disabled) {
    // the signal leads back here at once and reads the counter, while the pin stays asserted
    if (!intx.looping && k.host.unmaskReads) eventfd_read(k, intx.unmask);
    k.setVdev({ intx: { ...intx, looping: true } });
    return;
  }
  k.deferred(() => vfio_send_intx_eventfd(k, 'virqfd'));
}
