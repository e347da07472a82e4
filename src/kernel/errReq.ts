// The ERR and REQ indexes: one eventfd each, independent of the interrupt mode (drivers/vfio/pci/vfio_pci_intrs.c;
// docs/driver.md §10). The host fact `errReq` selects how a kernel stores them.

import { EINVAL, ENOMEM } from '../uapi/errno.ts';
import { VFIO_IRQ_SET_DATA_BOOL, VFIO_IRQ_SET_DATA_NONE } from '../uapi/vfio.ts';
import type { TriggerCall } from './generations/generation.ts';
import type { Kernel } from './kernel.ts';
import { eventfd_ctx_fdget, eventfd_ctx_put, eventfd_signal } from './services/eventfd.ts';

type Slot = 'err_trigger' | 'req_trigger';

/** SET_IRQS with ACTION_TRIGGER on the ERR index. */
export function vfio_pci_set_err_trigger(k: Kernel, call: TriggerCall): number {
  return k.call('vfio_pci_set_err_trigger', { start: call.start, count: call.count }, () =>
    vfio_pci_set_ctx_trigger_single(k, call, 'err_trigger'),
  );
}

/** SET_IRQS with ACTION_TRIGGER on the REQ index. */
export function vfio_pci_set_req_trigger(k: Kernel, call: TriggerCall): number {
  return k.call('vfio_pci_set_req_trigger', { start: call.start, count: call.count }, () =>
    vfio_pci_set_ctx_trigger_single(k, call, 'req_trigger'),
  );
}

/** Detaches the eventfd of a slot, as closing the device does. */
export function dropTrigger(k: Kernel, slot: Slot): void {
  replace(k, slot, null);
}

function vfio_pci_set_ctx_trigger_single(k: Kernel, call: TriggerCall, slot: Slot): number {
  const { start, count, flags, data } = call;
  return k.call('vfio_pci_set_ctx_trigger_single', { count, flags }, () => {
    if (start !== 0 || count > 1) return k.refuse('single.range', EINVAL);
    const trigger = k.vdev[slot];

    if ((flags & VFIO_IRQ_SET_DATA_NONE) !== 0) {
      if (trigger === null) return k.refuse('single.empty', EINVAL);
      if (count > 0) eventfd_signal(k, trigger, 'loopback');
      else replace(k, slot, null);
      return 0;
    }

    if (count === 0) return k.refuse('single.count', EINVAL);

    if ((flags & VFIO_IRQ_SET_DATA_BOOL) !== 0) {
      if (data[0] !== 0 && trigger !== null) eventfd_signal(k, trigger, 'loopback');
      return 0;
    }

    const fd = data[0] ?? -1;
    if (fd === -1) {
      replace(k, slot, null);
      return 0;
    }
    if (fd < 0) return k.host.errReq === 'rcu' ? k.refuse('single.negative', EINVAL) : 0;

    const { ret, ev } = eventfd_ctx_fdget(k, fd);
    if (ret < 0) return ret;
    // with RCU the driver stores the eventfd in a small object of its own, at the fault site of the vectors' contexts
    // (`fault-err-vfio-irq-ctx-alloc-1-enomem#2`)
    if (k.host.errReq === 'rcu' && k.faultErrno('vfio_irq_ctx_alloc') < 0) {
      eventfd_ctx_put(k, ev);
      return k.refuse('single.memory', ENOMEM);
    }
    replace(k, slot, ev);
    return 0;
  });
}

function replace(k: Kernel, slot: Slot, ev: number | null): void {
  const old = k.vdev[slot];
  k.setVdev({ [slot]: ev });
  if (old === null) return;
  // with RCU the reference is dropped after a grace period, outside the calling process (docs/facts.md 28)
  if (k.host.errReq === 'rcu') k.deferred(() => eventfd_ctx_put(k, old));
  else eventfd_ctx_put(k, old);
}
