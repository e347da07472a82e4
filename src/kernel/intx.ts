// SET_IRQS on the INTx index (drivers/vfio/pci/vfio_pci_intrs.c; docs/driver.md §9). The host fact `intx` selects whether
// the irq stays requested while the eventfd changes.

import type { IntxCtx } from '../machine/machine.ts';
import { EBUSY, EINVAL, ENODEV, ENOMEM, ENOTCONN, ENOTTY } from '../uapi/errno.ts';
import {
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_PCI_INTX_IRQ_INDEX,
} from '../uapi/vfio.ts';
import type { TriggerCall } from './generations/generation.ts';
import type { Kernel } from './kernel.ts';
import { is_irq_none, NO_MODE, setIrqType } from './services/ctx.ts';
import { eventfd_ctx_fdget, eventfd_ctx_put } from './services/eventfd.ts';
import {
  deliverPin,
  is_intx,
  pci_intx,
  setIntxMasked,
  vfio_pci_intx_unmask_handler,
  vfio_send_intx_eventfd,
} from './services/pci.ts';
import { vfio_virqfd_disable, vfio_virqfd_enable } from './virqfd.ts';

/** include/linux/interrupt.h. */
const IRQF_SHARED = 0x80;
const IRQF_NO_AUTOEN = 0x80000;

/** The name of the other driver's handler on a shared pin, in logs and in /proc/interrupts. */
export const OTHER_HANDLER = 'other-driver';

/** ACTION_TRIGGER: enables, changes the eventfd, signals it (loopback) or disables. */
export function vfio_pci_set_intx_trigger(k: Kernel, call: TriggerCall): number {
  const { start, count, flags, data } = call;
  return k.call('vfio_pci_set_intx_trigger', { start, count, flags }, () => {
    if (is_intx(k) && count === 0 && (flags & VFIO_IRQ_SET_DATA_NONE) !== 0) {
      vfio_intx_disable(k);
      return 0;
    }
    if ((!is_intx(k) && !is_irq_none(k)) || start !== 0 || count !== 1) return k.refuse('intx.state', EINVAL);

    if ((flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0) {
      const fd = data[0] ?? -1;
      return k.host.intx === 'persistent' ? setPersistent(k, fd) : setLegacy(k, fd);
    }
    if (!is_intx(k)) return k.refuse('intx.not-enabled', EINVAL);
    if ((flags & VFIO_IRQ_SET_DATA_NONE) !== 0 || data[0] !== 0) vfio_send_intx_eventfd(k, 'loopback');
    return 0;
  });
}

/** Looks up the eventfd before any change; the irq is requested once. */
function setPersistent(k: Kernel, fd: number): number {
  let trigger: number | null = null;
  if (fd >= 0) {
    const { ret, ev } = eventfd_ctx_fdget(k, fd);
    if (ret < 0) return ret;
    trigger = ev;
  }
  const ret = is_intx(k) ? replaceTrigger(k, trigger) : vfio_intx_enable(k, trigger);
  if (ret < 0 && trigger !== null) eventfd_ctx_put(k, trigger);
  return ret;
}

function replaceTrigger(k: Kernel, trigger: number | null): number {
  return k.call('vfio_intx_set_signal', {}, () => {
    const intx = intxCtx(k);
    k.setVdev({ intx: { ...intx, trigger } });
    if (intx.trigger !== null) eventfd_ctx_put(k, intx.trigger);
    return 0;
  });
}

/** Enables the mode without a handler; every change of the eventfd frees and requests the irq. */
function setLegacy(k: Kernel, fd: number): number {
  if (is_intx(k)) return vfio_intx_set_signal(k, fd);
  const enabled = vfio_intx_enable(k, null);
  if (enabled < 0) return enabled;
  const ret = vfio_intx_set_signal(k, fd);
  if (ret < 0) vfio_intx_disable(k);
  return ret;
}

function vfio_intx_set_signal(k: Kernel, fd: number): number {
  return k.call('vfio_intx_set_signal', { fd }, () => {
    const old = intxCtx(k);
    if (old.trigger !== null) {
      freePin(k);
      eventfd_ctx_put(k, old.trigger);
      k.setVdev({ intx: { ...intxCtx(k), trigger: null } });
    }
    if (fd < 0) return 0;
    if (k.faultErrno('kasprintf') < 0) return k.refuse('intx.memory', ENOMEM);
    const { ret, ev } = eventfd_ctx_fdget(k, fd);
    if (ret < 0) return ret;
    k.setVdev({ intx: { ...intxCtx(k), trigger: ev } });
    const requested = requestPin(k);
    if (requested < 0) {
      k.setVdev({ intx: { ...intxCtx(k), trigger: null } });
      eventfd_ctx_put(k, ev);
    }
    return requested;
  });
}

function vfio_intx_enable(k: Kernel, trigger: number | null): number {
  return k.call('vfio_intx_enable', {}, () => {
    if (!is_irq_none(k)) return k.refuse('intx.state', EINVAL);
    if (!k.device.intx || !hasPinIrq(k)) return k.refuse('intx.no-pin', ENODEV);
    const persistent = k.host.intx === 'persistent';
    if (persistent && k.faultErrno('kasprintf') < 0) return k.refuse('intx.memory', ENOMEM);
    if (k.faultErrno('vfio_irq_ctx_alloc') < 0) return k.refuse('intx.memory', ENOMEM);

    const masked = k.vdev.virq_disabled;
    k.setVdev({ intx: { trigger, masked, unmask: null, requested: false, looping: false } });
    if (k.device.pci_2_3) pci_intx(k, masked ? 0 : 1);
    // the mode must be stable while a handler is installed, so the driver sets it before request_irq
    setIrqType(k, VFIO_PCI_INTX_IRQ_INDEX);
    if (!persistent) return 0;

    const requested = requestPin(k);
    if (requested < 0) {
      k.setVdev({ irq_type: NO_MODE, intx: null });
    }
    return requested;
  });
}

/** Returns whether the enable function accepts the pin's irq: 0 is never accepted, an unconnected one only in old kernels. */
function hasPinIrq({ host }: Kernel): boolean {
  return host.pin === 'connected' || (host.pin === 'not-connected' && host.pinCheck === 'none');
}

/** Disables INTx; the physical INTx disable bit keeps its value (docs/facts.md 26). */
function vfio_intx_disable(k: Kernel): void {
  k.callVoid('vfio_intx_disable', {}, () => {
    vfio_virqfd_disable(k);
    const { requested, trigger } = intxCtx(k);
    if (requested) freePin(k);
    if (trigger !== null) eventfd_ctx_put(k, trigger);
    k.setVdev({ irq_type: NO_MODE, intx: null });
  });
}

/** ACTION_MASK. Returns 0 or a negative errno. */
export function vfio_pci_set_intx_mask(k: Kernel, call: TriggerCall): number {
  return k.call('vfio_pci_set_intx_mask', { start: call.start, count: call.count, flags: call.flags }, () => {
    if (!is_intx(k) || call.start !== 0 || call.count !== 1) return k.refuse('intx.mask-state', EINVAL);
    if ((call.flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0) return k.refuse('intx.mask-eventfd', ENOTTY);
    if ((call.flags & VFIO_IRQ_SET_DATA_BOOL) === 0 || call.data[0] !== 0) vfio_pci_intx_mask(k);
    return 0;
  });
}

/** ACTION_UNMASK. Returns 0 or a negative errno. */
export function vfio_pci_set_intx_unmask(k: Kernel, call: TriggerCall): number {
  return k.call(
    'vfio_pci_set_intx_unmask',
    { start: call.start, count: call.count, flags: call.flags },
    () => {
      if (!is_intx(k) || call.start !== 0 || call.count !== 1) return k.refuse('intx.unmask-state', EINVAL);
      if ((call.flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0) {
        const fd = call.data[0] ?? -1;
        if (fd >= 0) return vfio_virqfd_enable(k, fd);
        vfio_virqfd_disable(k);
        return 0;
      }
      if ((call.flags & VFIO_IRQ_SET_DATA_BOOL) === 0 || call.data[0] !== 0) vfio_pci_intx_unmask(k);
      return 0;
    },
  );
}

/** Masks INTx; outside INTx mode only the physical bit follows the virtual one. */
export function vfio_pci_intx_mask(k: Kernel): void {
  if (!is_intx(k)) {
    if (k.device.pci_2_3) pci_intx(k, 0);
    return;
  }
  if (intxCtx(k).masked) return;
  if (k.device.pci_2_3) pci_intx(k, 0);
  setIntxMasked(k, true);
}

/** Unmasks INTx, and signals again while the pin is asserted. */
export function vfio_pci_intx_unmask(k: Kernel): void {
  if (vfio_pci_intx_unmask_handler(k) > 0) vfio_send_intx_eventfd(k, 'loopback');
}

function intxCtx(k: Kernel): IntxCtx {
  const { intx } = k.vdev;
  if (intx === null) throw new Error('no INTx context');
  return intx;
}

function requestPin(k: Kernel): number {
  return k.call('request_irq', { irq: k.host.pinIrq, name: pinName(k) }, () => {
    const fault = k.faultErrno('request_irq');
    if (fault < 0) return fault;
    if (k.host.pin === 'not-connected') return k.refuse('intx.not-connected', ENOTCONN);
    if (!canShare(k)) return k.refuse('intx.pin-busy', EBUSY);
    k.setVdev({ intx: { ...intxCtx(k), requested: true } });
    if (k.host.pinIsLevel) deliverPin(k);
    return 0;
  });
}

/**
 * The test of __setup_irq: the handlers of one irq need IRQF_SHARED all. A mask at the device (pci_2_3) lets vfio-pci share; a
 * mask at the irq chip would silence the other device too. A mismatch is logged with the flags that x86 has, without a trigger type.
 */
function canShare(k: Kernel): boolean {
  const { pinShared, pinIrq, intx } = k.host;
  const masked = intx === 'persistent' && k.vdev.virq_disabled ? IRQF_NO_AUTOEN : 0;
  const own = k.device.pci_2_3 ? IRQF_SHARED : masked;
  const other = pinShared === 'shared' ? IRQF_SHARED : 0;
  if (pinShared === 'alone' || (own & other) !== 0) return true;
  const said = (flags: number, name: string) => `${flags.toString(16).padStart(8, '0')} (${name})`;
  const text = `${said(own, pinName(k))} vs. ${said(other, OTHER_HANDLER)}`;
  k.happened({ kind: 'log', text: `genirq: Flags mismatch irq ${pinIrq}. ${text}` });
  return false;
}

/** The handler's name in /proc/interrupts. */
function pinName(k: Kernel): string {
  return `vfio-intx(${k.device.bdf})`;
}

function freePin(k: Kernel): void {
  k.callVoid('free_irq', { irq: k.host.pinIrq }, () => {
    k.setVdev({ intx: { ...intxCtx(k), requested: false } });
  });
}
