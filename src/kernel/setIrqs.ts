// VFIO_DEVICE_SET_IRQS and VFIO_DEVICE_GET_IRQ_INFO from the ioctl to the handler: validation, copying the data, dispatch
// (drivers/vfio/vfio_main.c, drivers/vfio/pci/vfio_pci_core.c, vfio_pci_intrs.c; docs/driver.md §3, §4, §5).

import { EFAULT, EINVAL, ENOMEM, ENOTTY } from '../uapi/errno.ts';
import { asBytes, asInt32, dataLength, elementSize, type IrqSet } from '../uapi/irqSet.ts';
import {
  VFIO_IRQ_INFO_AUTOMASKED,
  VFIO_IRQ_INFO_EVENTFD,
  VFIO_IRQ_INFO_MASKABLE,
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_TYPE_MASK,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_TYPE_MASK,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_NUM_IRQS,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../uapi/vfio.ts';
import { vfio_pci_set_err_trigger, vfio_pci_set_req_trigger } from './errReq.ts';
import type { Generation, TriggerCall } from './generations/generation.ts';
import { vfio_pci_set_intx_mask, vfio_pci_set_intx_trigger, vfio_pci_set_intx_unmask } from './intx.ts';
import type { Kernel } from './kernel.ts';

/** Returns whether the device has an ERR index. */
function hasErrIndex(k: Kernel): boolean {
  return k.host.errIndex === 'any' || k.device.pcie;
}

/** Returns whether INTx counts the pin: the device has one, and the kernel finds no fault with its irq. */
function hasPin({ device, host }: Kernel): boolean {
  if (!device.intx || device.nointx) return false;
  if (host.pin === 'connected' || host.pinCheck === 'none') return true;
  return host.pin === 'no-irq' && host.pinCheck === 'connected';
}

/** Returns the number of interrupts of an index (docs/driver.md §3); 0 for an unknown index. */
function vfio_pci_get_irq_count(k: Kernel, index: number): number {
  switch (index) {
    case VFIO_PCI_INTX_IRQ_INDEX:
      return hasPin(k) ? 1 : 0;
    case VFIO_PCI_MSI_IRQ_INDEX:
      return k.device.msi?.vectors ?? 0;
    case VFIO_PCI_MSIX_IRQ_INDEX:
      return k.device.msix?.vectors ?? 0;
    case VFIO_PCI_ERR_IRQ_INDEX:
      return hasErrIndex(k) ? 1 : 0;
    case VFIO_PCI_REQ_IRQ_INDEX:
      return 1;
    default:
      return 0;
  }
}

/** GET_IRQ_INFO. Returns 0 with flags and count, or −EINVAL. */
export function vfio_pci_ioctl_get_irq_info(
  k: Kernel,
  generation: Generation,
  index: number,
): { readonly ret: number; readonly flags: number; readonly count: number } {
  let flags = 0;
  const ret = k.call('vfio_pci_ioctl_get_irq_info', { index }, () => {
    if (index >= VFIO_PCI_NUM_IRQS) return k.refuse('info.index', EINVAL);
    if (index === VFIO_PCI_ERR_IRQ_INDEX && !hasErrIndex(k)) return k.refuse('info.index', EINVAL);
    flags = VFIO_IRQ_INFO_EVENTFD;
    if (index === VFIO_PCI_INTX_IRQ_INDEX) flags |= VFIO_IRQ_INFO_MASKABLE | VFIO_IRQ_INFO_AUTOMASKED;
    else if (index !== VFIO_PCI_MSIX_IRQ_INDEX || generation.msixNoresize(k)) flags |= VFIO_IRQ_INFO_NORESIZE;
    return 0;
  });
  return { ret, flags, count: ret === 0 ? vfio_pci_get_irq_count(k, index) : 0 };
}

/** SET_IRQS in the device's ioctl handler. Returns 0, a positive number of vectors, or a negative errno. */
export function vfio_pci_ioctl_set_irqs(k: Kernel, generation: Generation, set: IrqSet): number {
  const { argsz, flags, index, start, count } = set;
  return k.call('vfio_pci_ioctl_set_irqs', { argsz, flags, index, start, count }, () => {
    if (k.faultErrno('copy_from_user') < 0) return k.refuse('set_irqs.header-copy', EFAULT);
    const max = vfio_pci_get_irq_count(k, index);
    const invalid = vfio_set_irqs_validate_and_prepare(k, set, max);
    if (invalid < 0) return invalid;

    const size = elementSize(flags) ?? 0;
    let data: readonly number[] = [];
    if (size * count > 0) {
      const copied = memdup_user(k, set, size * count);
      if (copied < 0) return copied;
      data = size === 4 ? asInt32(set.data, count) : asBytes(set.data, count);
    }
    return vfio_pci_set_irqs_ioctl(k, generation, { index, start, count, flags, data });
  });
}

function vfio_set_irqs_validate_and_prepare(k: Kernel, set: IrqSet, max: number): number {
  const { argsz, flags, index, start, count } = set;
  return k.call(
    'vfio_set_irqs_validate_and_prepare',
    { num_irqs: max, max_irq_type: VFIO_PCI_NUM_IRQS },
    () => {
      if (argsz < VFIO_IRQ_SET_MINSZ) return k.refuse('set_irqs.argsz', EINVAL);
      if (index >= VFIO_PCI_NUM_IRQS) return k.refuse('set_irqs.index', EINVAL);
      if (count >= 0xffffffff - start) return k.refuse('set_irqs.overflow', EINVAL);
      const known = VFIO_IRQ_SET_DATA_TYPE_MASK | VFIO_IRQ_SET_ACTION_TYPE_MASK;
      if ((flags & ~known) !== 0) return k.refuse('set_irqs.unknown-flag', EINVAL);
      if (start >= max) return k.refuse('set_irqs.start', EINVAL);
      if (start + count > max) return k.refuse('set_irqs.range', EINVAL);
      const size = elementSize(flags);
      if (size === undefined) return k.refuse('set_irqs.data-type', EINVAL);
      if (argsz - VFIO_IRQ_SET_MINSZ < count * size) return k.refuse('set_irqs.data-size', EINVAL);
      return 0;
    },
  );
}

function memdup_user(k: Kernel, set: IrqSet, bytes: number): number {
  return k.call('memdup_user', { len: bytes }, () => {
    const fault = k.faultErrno('memdup_user');
    if (fault === -ENOMEM) return k.refuse('set_irqs.no-memory', ENOMEM);
    if (fault < 0) return fault;
    if (dataLength(set.data) < bytes) return k.refuse('set_irqs.data-copy', EFAULT);
    return 0;
  });
}

/** Dispatches by an exact match of the action bits (docs/driver.md §5). */
export function vfio_pci_set_irqs_ioctl(k: Kernel, generation: Generation, call: TriggerCall): number {
  const { index, start, count, flags } = call;
  return k.call('vfio_pci_set_irqs_ioctl', { flags, index, start, count }, () => {
    const handler = handlerFor(k, generation, index, flags & VFIO_IRQ_SET_ACTION_TYPE_MASK);
    return handler === null ? k.refuse('dispatch.action', ENOTTY) : handler(k, call);
  });
}

function handlerFor(
  k: Kernel,
  generation: Generation,
  index: number,
  action: number,
): ((k: Kernel, call: TriggerCall) => number) | null {
  switch (index) {
    case VFIO_PCI_INTX_IRQ_INDEX:
      if (action === VFIO_IRQ_SET_ACTION_MASK) return vfio_pci_set_intx_mask;
      if (action === VFIO_IRQ_SET_ACTION_UNMASK) return vfio_pci_set_intx_unmask;
      return action === VFIO_IRQ_SET_ACTION_TRIGGER ? vfio_pci_set_intx_trigger : null;
    case VFIO_PCI_MSI_IRQ_INDEX:
    case VFIO_PCI_MSIX_IRQ_INDEX:
      return action === VFIO_IRQ_SET_ACTION_TRIGGER ? generation.vfio_pci_set_msi_trigger : null;
    case VFIO_PCI_ERR_IRQ_INDEX:
      return action === VFIO_IRQ_SET_ACTION_TRIGGER && hasErrIndex(k) ? vfio_pci_set_err_trigger : null;
    case VFIO_PCI_REQ_IRQ_INDEX:
      return action === VFIO_IRQ_SET_ACTION_TRIGGER ? vfio_pci_set_req_trigger : null;
    default:
      return null;
  }
}
