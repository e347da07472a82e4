// Opening, closing and resetting the device (drivers/vfio/vfio_main.c, drivers/vfio/group.c,
// drivers/vfio/pci/vfio_pci_core.c, drivers/pci/pci.c; docs/driver.md §8).

import { BLANK_MSI, freshVdev } from '../machine/boot.ts';
import { BLANK_ENTRY } from '../machine/machine.ts';
import { EBADF, EINVAL, ENOTTY } from '../uapi/errno.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MASTER, PCI_COMMAND_MEMORY, PCI_D0 } from '../uapi/pciRegs.ts';
import { VFIO_IRQ_SET_ACTION_TRIGGER, VFIO_IRQ_SET_DATA_NONE } from '../uapi/vfio.ts';
import { dropTrigger } from './errReq.ts';
import type { Generation } from './generations/generation.ts';
import type { Kernel } from './kernel.ts';
import { pci_restore_state, vfio_pci_set_power_state } from './power.ts';
import { setCommand } from './services/pci.ts';
import { vfio_pci_set_irqs_ioctl } from './setIrqs.ts';

/** close(2) of one device descriptor. Only the last one closes the device (vfio_df_close, `reopen-open#14`, `#22`). */
export function release(k: Kernel, generation: Generation): number {
  if (k.openCount === 0) return k.refuse('ioctl.device-closed', EBADF);
  k.openCount--;
  if (k.openCount > 0) return 0;
  k.callVoid('vfio_pci_core_close_device', {}, () => {
    vfio_pci_set_power_state(k, PCI_D0);
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
    // the state saved at open is restored: INTx disable and bus master are clear
    setCommand(k, k.vdev.savedCommand);
    dropTrigger(k, 'err_trigger');
    dropTrigger(k, 'req_trigger');
  });
  return 0;
}

/**
 * VFIO_GROUP_GET_DEVICE_FD, then memory space and bus master in the command register, as drivers set them. An open device
 * gets one more descriptor; vfio-pci enables it for the first one only (vfio_df_open, `reopen-open#4`).
 */
export function reopen(k: Kernel): number {
  if (k.openCount === 0) enable(k);
  k.openCount++;
  setCommand(k, k.pci.command | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER);
  return 0;
}

function enable(k: Kernel): void {
  k.callVoid('vfio_pci_core_enable', {}, () => {
    setCommand(k, k.pci.command & ~PCI_COMMAND_MASTER);
    pci_try_reset_function(k);
    setCommand(k, k.pci.command & ~PCI_COMMAND_INTX_DISABLE);
    // the number of granted MSI vectors survives a close (docs/facts.md N10)
    k.setVdev({ ...freshVdev(k.device, k.host, k.pci), msi_qmax: k.vdev.msi_qmax });
  });
}

/** VFIO_DEVICE_RESET: mode, contexts, irqs and eventfds do not change. Returns 0 or a negative errno. */
export function vfio_pci_ioctl_reset(k: Kernel): number {
  return k.call('vfio_pci_ioctl_reset', {}, () => {
    if (!k.device.reset) return k.refuse('reset.none', EINVAL);
    vfio_pci_set_power_state(k, PCI_D0);
    return pci_try_reset_function(k);
  });
}

/** Resets the function and restores its state, for VFIO_DEVICE_RESET, for an open and for a write to config space. */
export function pci_try_reset_function(k: Kernel): number {
  return k.call('pci_try_reset_function', {}, () => {
    if (!k.device.reset) return -ENOTTY;
    // the PCI core first brings the device to D0
    if (k.pci.d3hot) k.setPci({ d3hot: false });
    // vfio-pci has no reset callbacks, about which newer kernels warn (docs/facts.md N1)
    if (k.host.resetWarns) k.happened({ kind: 'log', text: `vfio-pci ${k.device.bdf}: resetting` });
    const { command } = k.pci;
    // the device is silent during the reset, and an asserted pin rises again after it
    setCommand(k, PCI_COMMAND_INTX_DISABLE);
    functionReset(k);
    pci_restore_state(k, command);
    if (k.host.resetWarns) k.happened({ kind: 'log', text: `vfio-pci ${k.device.bdf}: reset done` });
    return 0;
  });
}

/** Clears the state that this device loses in a reset (docs/facts.md 27). */
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
