// drivers/vfio/virqfd.c: an eventfd that userspace writes to make the kernel unmask INTx (spec section 9).

import { EBADF, EBUSY, EINVAL, ENOMEM } from '../uapi/errno.ts';
import type { Kernel } from './kernel.ts';
import { eventfd_ctx_put, eventfd_read, eventfd_signal, takeReference } from './services/eventfd.ts';
import { vfio_pci_intx_unmask_handler, vfio_send_intx_eventfd } from './services/pci.ts';

/** Installs `fd` as the unmask eventfd. If it is readable already the unmask runs once; the counter stays. */
export function vfio_virqfd_enable(k: Kernel, fd: number): number {
  return k.call('vfio_virqfd_enable', { fd }, () => {
    const fault = k.faultErrno('vfio_virqfd_enable');
    if (fault < 0) return k.refuse('virqfd.memory', ENOMEM);
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

/** Removes the unmask eventfd, if there is one. Its reference goes in a work queue. */
export function vfio_virqfd_disable(k: Kernel): void {
  const intx = k.vdev.intx;
  const unmask = intx?.unmask ?? null;
  if (intx === null || unmask === null) return;
  k.setVdev({ intx: { ...intx, unmask: null, looping: false } });
  // leaving the wait queue reads the counter, as a waiter that was woken does; a signal on its way still arrives
  eventfd_read(k, unmask);
  if (intx.looping) k.deferred(() => eventfd_signal(k, unmask, 'virqfd'));
  k.deferred(() => eventfd_ctx_put(k, unmask));
}

/** The eventfd's file is gone: a virqfd on it removes itself. */
export function virqfdHangup(k: Kernel, ev: number): void {
  if (k.vdev.intx?.unmask === ev) vfio_virqfd_disable(k);
}

/** What waits on eventfds: a write to the unmask eventfd consumes its count and unmasks. */
export function virqfd_wakeup(k: Kernel, ev: number): void {
  if (k.vdev.intx?.unmask !== ev) return;
  eventfd_read(k, ev);
  runUnmask(k);
}

function runUnmask(k: Kernel): void {
  // the handler runs in the waker's context, the signal in a work queue
  if (vfio_pci_intx_unmask_handler(k) === 0) return;
  const { intx } = k.vdev;
  if (intx !== null && intx.unmask !== null && intx.trigger === intx.unmask && !k.vdev.virq_disabled) {
    // the signal comes back here at once and takes the counter, for as long as the pin stays asserted
    if (!intx.looping) eventfd_read(k, intx.unmask);
    k.setVdev({ intx: { ...intx, looping: true } });
    return;
  }
  k.deferred(() => vfio_send_intx_eventfd(k, 'virqfd'));
}
