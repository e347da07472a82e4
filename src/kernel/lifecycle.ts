// Opening, closing and resetting the device (drivers/vfio/pci/vfio_pci_core.c, drivers/pci/pci.c; spec section 8).

import { BLANK_MSI, freshVdev } from '../machine/boot.ts';
import { BLANK_ENTRY, ZERO_MESSAGE } from '../machine/machine.ts';
import { EBADF, EBUSY, EINVAL, ENOTTY } from '../uapi/errno.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MASTER, PCI_COMMAND_MEMORY } from '../uapi/pciRegs.ts';
import { VFIO_IRQ_SET_ACTION_TRIGGER, VFIO_IRQ_SET_DATA_NONE } from '../uapi/vfio.ts';
import { dropTrigger } from './errReq.ts';
import type { Generation } from './generations/generation.ts';
import type { Kernel } from './kernel.ts';
import { unmaskEntry } from './services/delivery.ts';
import { pci_intx, setCommand } from './services/pci.ts';
import { vfio_pci_set_irqs_ioctl } from './setIrqs.ts';

/** close(2) of the device descriptor. */
export function release(k: Kernel, generation: Generation): number {
  if (!k.opened) return k.refuse('ioctl.device-closed', EBADF);
  k.callVoid('vfio_pci_core_close_device', {}, () => {
    setCommand(k, k.pci.command & ~PCI_COMMAND_MASTER);
    vfio_pci_set_irqs_ioctl(k, generation, {
      index: k.vdev.irq_type,
      start: 0,
      count: 0,
      flags: VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER,
      data: [],
    });
    k.setVdev({ virq_disabled: false });
    functionReset(k);
    // the state saved at open comes back: INTx disable and bus master clear
    setCommand(k, k.vdev.savedCommand);
    dropTrigger(k, 'err_trigger');
    dropTrigger(k, 'req_trigger');
  });
  k.opened = false;
  return 0;
}

/** Opening the device again, and setting memory space and bus master in the command register, as drivers do. */
export function reopen(k: Kernel): number {
  if (k.opened) return k.refuse('open.busy', EBUSY);
  k.callVoid('vfio_pci_core_enable', {}, () => {
    setCommand(k, k.pci.command & ~PCI_COMMAND_MASTER);
    pci_try_reset_function(k);
    setCommand(k, k.pci.command & ~PCI_COMMAND_INTX_DISABLE);
    // the granted MSI vectors are not forgotten between opens
    k.setVdev({ ...freshVdev(k.device, k.host, k.pci), msi_qmax: k.vdev.msi_qmax });
  });
  k.opened = true;
  setCommand(k, k.pci.command | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
  return 0;
}

/** VFIO_DEVICE_RESET: mode, contexts, irqs and eventfds stay as they are. */
export function vfio_pci_ioctl_reset(k: Kernel): number {
  return k.call('vfio_pci_ioctl_reset', {}, () => {
    if (!k.device.reset) return k.refuse('reset.none', EINVAL);
    return pci_try_reset_function(k);
  });
}

function pci_try_reset_function(k: Kernel): number {
  return k.call('pci_try_reset_function', {}, () => {
    if (!k.device.reset) return -ENOTTY;
    const { command } = k.pci;
    // the device is silenced over the reset, and an asserted pin rises again when that ends
    setCommand(k, PCI_COMMAND_INTX_DISABLE);
    functionReset(k);
    setCommand(k, command);
    restoreMsi(k);
    restoreMsix(k);
    return 0;
  });
}

/** What the device forgets in a reset: a property of the device (FACTS 27). */
function functionReset(k: Kernel): void {
  const { onReset, reset } = k.device;
  if (!reset) return;
  if (onReset.clearsPin) k.setPci({ pinAsserted: false });
  if (onReset.clearsTable) k.setPci({ msi: BLANK_MSI });
  for (const [vector, entry] of k.pci.entries.entries()) {
    const message = onReset.clearsTable ? BLANK_ENTRY : entry;
    k.setEntry(vector, { ...message, pending: onReset.clearsPending ? false : entry.pending });
  }
}

/** __pci_restore_msi_state: the message is written and MSI enabled again. */
function restoreMsi(k: Kernel): void {
  if (k.domain.mode !== 'msi') return;
  pci_intx(k, 0);
  const message = k.domain.descs.get(0)?.message ?? ZERO_MESSAGE;
  k.setPci({ msi: { ...k.pci.msi, enabled: true, message, vectors: k.domain.msiGranted } });
}

/** __pci_restore_msix_state: message and mask of every allocated vector are written again; others keep what they hold. */
function restoreMsix(k: Kernel): void {
  if (k.domain.mode !== 'msix') return;
  pci_intx(k, 0);
  k.setPci({ msixEnabled: true, msixFunctionMask: true });
  const toUnmask: number[] = [];
  for (const [vector, desc] of k.domain.descs.entries()) {
    k.setEntry(vector, { ...k.entry(vector), ...desc.message, masked: true });
    if (desc.handler !== null) toUnmask.push(vector);
  }
  k.setPci({ msixFunctionMask: false });
  for (const vector of toUnmask) unmaskEntry(k, vector);
}
