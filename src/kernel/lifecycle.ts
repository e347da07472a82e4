// Opening, closing and resetting the device (drivers/vfio/vfio_main.c, drivers/vfio/group.c,
// drivers/vfio/pci/vfio_pci_core.c, drivers/pci/pci.c; docs/driver.md §8).

import { freshVdev } from '../machine/boot.ts';
import { LOSES_ALL, type ResetBehaviour } from '../machine/device.ts';
import { EBADF, EINVAL, ENODEV, ENOSPC, ENOTTY } from '../uapi/errno.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MASTER, PCI_COMMAND_MEMORY, PCI_D0 } from '../uapi/pciRegs.ts';
import { VFIO_IRQ_SET_ACTION_TRIGGER, VFIO_IRQ_SET_DATA_NONE } from '../uapi/vfio.ts';
import { dropTrigger } from './errReq.ts';
import type { Generation } from './generations/generation.ts';
import type { Kernel } from './kernel.ts';
import { loseState, pci_restore_state, vfio_pci_set_power_state } from './power.ts';
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
    if (k.device.reset) loseState(k, k.device.onReset);
    // the state saved at open is restored: INTx disable and bus master are clear
    setCommand(k, k.vdev.savedCommand);
    // a device without a function reset gets one with its bus (vfio_pci_dev_set_try_reset)
    if (!k.device.reset && k.device.hotReset) pci_reset_bus(k);
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
    resetAndRestore(k, k.device.onReset);
    return 0;
  });
}

/**
 * VFIO_DEVICE_PCI_HOT_RESET: resets all functions of the slot or bus; mode, contexts, irqs and eventfds of each one stay. The model
 * has one function, so a hot reset that another function starts is the same operation. The checks of the groups, or of the
 * iommufd, that own the functions are not modelled. Returns 0 or a negative errno.
 */
export function vfio_pci_ioctl_pci_hot_reset(k: Kernel): number {
  return k.call('vfio_pci_ioctl_pci_hot_reset', {}, () => {
    if (!k.device.hotReset) return k.refuse('hot_reset.none', ENODEV);
    return k.call('vfio_pci_dev_set_hot_reset', {}, () => {
      vfio_pci_set_power_state(k, PCI_D0);
      return pci_reset_bus(k);
    });
  });
}

/** VFIO_DEVICE_GET_PCI_HOT_RESET_INFO: only tells. `short`: the list of devices has no room. Returns 0 or a negative errno. */
export function vfio_pci_ioctl_get_pci_hot_reset_info(k: Kernel, short: boolean): number {
  return k.call('vfio_pci_ioctl_get_pci_hot_reset_info', {}, () => {
    if (!k.device.hotReset) return k.refuse('hot_reset.none', ENODEV);
    return short ? k.refuse('hot_reset.space', ENOSPC) : 0;
  });
}

/** A conventional reset: every register returns to its initial value, whatever a function reset of this device keeps. */
function pci_reset_bus(k: Kernel): number {
  return k.call('pci_reset_bus', {}, () => {
    resetAndRestore(k, LOSES_ALL);
    return 0;
  });
}

/** pci_dev_save_and_disable, the reset itself, pci_dev_restore. */
function resetAndRestore(k: Kernel, lost: ResetBehaviour): void {
  // the PCI core first brings the device to D0
  if (k.pci.d3hot) k.setPci({ d3hot: false });
  // vfio-pci has no reset callbacks, about which newer kernels warn (docs/facts.md N1)
  if (k.host.resetWarns) k.happened({ kind: 'log', text: `vfio-pci ${k.device.bdf}: resetting` });
  const { command } = k.pci;
  // the device is silent during the reset, and an asserted pin rises again after it
  setCommand(k, PCI_COMMAND_INTX_DISABLE);
  loseState(k, lost);
  pci_restore_state(k, command);
  if (k.host.resetWarns) k.happened({ kind: 'log', text: `vfio-pci ${k.device.bdf}: reset done` });
}
