// The command register with its INTx disable bit, and the interrupt pin (drivers/pci/pci.c,
// drivers/vfio/pci/vfio_pci_intrs.c; docs/driver.md §8, §9).

import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MEMORY } from '../../uapi/pciRegs.ts';
import { VFIO_PCI_INTX_IRQ_INDEX } from '../../uapi/vfio.ts';
import type { Kernel } from '../kernel.ts';
import { eventfd_signal } from './eventfd.ts';

/** Writes the physical command register. Clearing INTx disable delivers an asserted pin. */
export function setCommand(k: Kernel, command: number): void {
  if (k.pci.command === command) return;
  const opened = (k.pci.command & ~command & PCI_COMMAND_INTX_DISABLE) !== 0;
  k.setPci({ command });
  if (opened) deliverPin(k);
}

/** Sets or clears the INTx disable bit of the physical command register. */
export function pci_intx(k: Kernel, enable: 0 | 1): void {
  k.callVoid('pci_intx', { enable }, () => {
    const command = k.pci.command;
    setCommand(k, enable === 1 ? command & ~PCI_COMMAND_INTX_DISABLE : command | PCI_COMMAND_INTX_DISABLE);
  });
}

/** Takes the memory lock and enables memory decoding. Returns the command register before the change. */
export function vfio_pci_memory_lock_and_enable(k: Kernel): number {
  return k.call('vfio_pci_memory_lock_and_enable', {}, () => {
    const command = k.pci.command;
    if ((command & PCI_COMMAND_MEMORY) === 0) setCommand(k, command | PCI_COMMAND_MEMORY);
    return command;
  });
}

/** Restores the whole saved command register, including the INTx disable bit (docs/facts.md 25). */
export function vfio_pci_memory_unlock_and_restore(k: Kernel, command: number): void {
  k.callVoid('vfio_pci_memory_unlock_and_restore', { cmd: command }, () => setCommand(k, command));
}

/** Returns whether the mode is INTx. */
export function is_intx(k: Kernel): boolean {
  return k.vdev.irq_type === VFIO_PCI_INTX_IRQ_INDEX;
}

/** Sets the driver's own mask state of INTx. */
export function setIntxMasked(k: Kernel, masked: boolean): void {
  const intx = k.vdev.intx;
  if (intx !== null && intx.masked !== masked) k.setVdev({ intx: { ...intx, masked } });
}

/** Signals the INTx eventfd, unless the virtual INTx disable bit is set or no eventfd is attached. */
export function vfio_send_intx_eventfd(k: Kernel, by: 'interrupt' | 'loopback' | 'virqfd'): void {
  const trigger = k.vdev.intx?.trigger ?? null;
  if (is_intx(k) && !k.vdev.virq_disabled && trigger !== null) eventfd_signal(k, trigger, by);
}

/** Unmasks INTx. Returns 1 while the pin is asserted: INTx stays masked and the caller signals again. */
export function vfio_pci_intx_unmask_handler(k: Kernel): number {
  return k.call('vfio_pci_intx_unmask_handler', {}, () => unmaskIntx(k));
}

function unmaskIntx(k: Kernel): 0 | 1 {
  const intx = k.vdev.intx;
  if (!is_intx(k) || intx === null) {
    if (k.device.pci_2_3) pci_intx(k, 1);
    return 0;
  }
  if (!intx.masked || k.vdev.virq_disabled) return 0;
  if (k.device.pci_2_3) {
    if (k.pci.pinAsserted) return 1;
    setIntxMasked(k, false);
    // pci_check_and_unmask_intx() writes the bit without pci_intx()
    setCommand(k, k.pci.command & ~PCI_COMMAND_INTX_DISABLE);
  } else if (k.pci.pinAsserted && intx.trigger !== null && intx.trigger === intx.unmask) {
    // enable_irq() delivers the level at once and the signal leads back here, again and again until the pin falls
    k.setVdev({ intx: { ...intx, looping: true } });
  } else {
    setIntxMasked(k, false);
    deliverPin(k);
  }
  return 0;
}

/** Runs the pin's handler if the pin is asserted, not masked and requested. Returns whether it ran. */
export function deliverPin(k: Kernel): boolean {
  const intx = k.vdev.intx;
  if (!k.pci.pinAsserted || (k.pci.command & PCI_COMMAND_INTX_DISABLE) !== 0) return false;
  if (intx === null || !intx.requested || intx.masked) return false;
  k.interrupt(() => vfio_intx_handler(k));
  return true;
}

/** Masks INTx (at the device or at the irq chip) and signals: the behaviour behind AUTOMASKED. */
function vfio_intx_handler(k: Kernel): void {
  setIntxMasked(k, true);
  // pci_check_and_mask_intx() writes the bit without pci_intx()
  if (k.device.pci_2_3) setCommand(k, k.pci.command | PCI_COMMAND_INTX_DISABLE);
  const trigger = k.vdev.intx?.trigger ?? null;
  if (trigger !== null && !k.vdev.virq_disabled) k.happened({ kind: 'delivered', vector: 0, ev: trigger });
  vfio_send_intx_eventfd(k, 'interrupt');
}
