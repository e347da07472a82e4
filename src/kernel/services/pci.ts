// The command register and the interrupt pin: who drives the INTx disable bit, and what an asserted pin does
// (drivers/pci/pci.c, drivers/vfio/pci/vfio_pci_intrs.c; spec sections 8 and 9).

import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MEMORY } from '../../uapi/pciRegs.ts';
import { VFIO_PCI_INTX_IRQ_INDEX } from '../../uapi/vfio.ts';
import type { Kernel } from '../kernel.ts';
import { eventfd_signal } from './eventfd.ts';

/** Writes the physical command register. Clearing INTx disable lets an asserted pin through. */
export function setCommand(k: Kernel, command: number): void {
  if (k.pci.command === command) return;
  const opened = (k.pci.command & ~command & PCI_COMMAND_INTX_DISABLE) !== 0;
  k.setPci({ command });
  if (opened) deliverPin(k);
}

/** Drives the INTx disable bit of the physical command register. */
export function pci_intx(k: Kernel, enable: 0 | 1): void {
  k.callVoid('pci_intx', { enable }, () => {
    const command = k.pci.command;
    setCommand(k, enable === 1 ? command & ~PCI_COMMAND_INTX_DISABLE : command | PCI_COMMAND_INTX_DISABLE);
  });
}

/** Takes the memory lock and switches memory decoding on; returns the command register as it was. */
export function vfio_pci_memory_lock_and_enable(k: Kernel): number {
  return k.call('vfio_pci_memory_lock_and_enable', {}, () => {
    const command = k.pci.command;
    if ((command & PCI_COMMAND_MEMORY) === 0) setCommand(k, command | PCI_COMMAND_MEMORY);
    return command;
  });
}

/** Writes back the whole saved command register, and with it the INTx disable bit (FACTS 25). */
export function vfio_pci_memory_unlock_and_restore(k: Kernel, command: number): void {
  k.callVoid('vfio_pci_memory_unlock_and_restore', { cmd: command }, () => setCommand(k, command));
}

/** True while the mode is INTx. */
export function is_intx(k: Kernel): boolean {
  return k.vdev.irq_type === VFIO_PCI_INTX_IRQ_INDEX;
}

/** Sets the driver's own idea of whether INTx is masked. */
export function setIntxMasked(k: Kernel, masked: boolean): void {
  const intx = k.vdev.intx;
  if (intx !== null && intx.masked !== masked) k.setVdev({ intx: { ...intx, masked } });
}

/** Signals the INTx eventfd, unless the user disabled INTx in the virtual command register or set no eventfd. */
export function vfio_send_intx_eventfd(k: Kernel, by: 'interrupt' | 'loopback' | 'virqfd'): void {
  const trigger = k.vdev.intx?.trigger ?? null;
  if (is_intx(k) && !k.vdev.virq_disabled && trigger !== null) eventfd_signal(k, trigger, by);
}

/** Unmasks INTx. Returns 1 when the pin is still asserted: INTx stays masked and the caller signals again. */
export function vfio_pci_intx_unmask_handler(k: Kernel): 0 | 1 {
  const intx = k.vdev.intx;
  if (!is_intx(k) || intx === null) {
    if (k.device.pci_2_3) pci_intx(k, 1);
    return 0;
  }
  if (!intx.masked || k.vdev.virq_disabled) return 0;
  if (k.device.pci_2_3) {
    if (k.pci.pinAsserted) return 1;
    setIntxMasked(k, false);
    // pci_check_and_unmask_intx() writes the bit itself, not by pci_intx()
    setCommand(k, k.pci.command & ~PCI_COMMAND_INTX_DISABLE);
  } else if (k.pci.pinAsserted && intx.trigger !== null && intx.trigger === intx.unmask) {
    // enable_irq() lets the level through at once, and the signal comes back here: round and round until the pin falls
    k.setVdev({ intx: { ...intx, looping: true } });
  } else {
    setIntxMasked(k, false);
    deliverPin(k);
  }
  return 0;
}

/** The pin as the interrupt controller sees it: runs the handler if the pin is asserted, let through and handled. */
export function deliverPin(k: Kernel): boolean {
  const intx = k.vdev.intx;
  if (!k.pci.pinAsserted || (k.pci.command & PCI_COMMAND_INTX_DISABLE) !== 0) return false;
  if (intx === null || !intx.requested || intx.masked) return false;
  k.interrupt(() => vfio_intx_handler(k));
  return true;
}

/** Masks INTx (at the device, or at the irq chip) and signals: that is AUTOMASKED. */
function vfio_intx_handler(k: Kernel): void {
  setIntxMasked(k, true);
  // pci_check_and_mask_intx() writes the bit itself, not by pci_intx()
  if (k.device.pci_2_3) setCommand(k, k.pci.command | PCI_COMMAND_INTX_DISABLE);
  const trigger = k.vdev.intx?.trigger ?? null;
  if (trigger !== null && !k.vdev.virq_disabled) k.happened({ kind: 'delivered', vector: 0, ev: trigger });
  vfio_send_intx_eventfd(k, 'interrupt');
}
