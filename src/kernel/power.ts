// Power states through config space, and the state that the kernel restores in a device (drivers/vfio/pci/vfio_pci_core.c,
// drivers/pci/pci.c, drivers/pci/msi/msi.c; docs/driver.md §8).

import { BLANK_MSI } from '../machine/boot.ts';
import { LOSES_ALL, type ResetBehaviour } from '../machine/device.ts';
import { BLANK_ENTRY, ZERO_MESSAGE } from '../machine/machine.ts';
import { PCI_COMMAND_MEMORY, PCI_D0, PCI_D3hot } from '../uapi/pciRegs.ts';
import type { Kernel } from './kernel.ts';
import { unmaskEntry } from './services/delivery.ts';
import { pci_intx, setCommand } from './services/pci.ts';

/**
 * Moves the device between D0 and D3hot. The PCI core refuses D1 and D2, which no device of the model supports, and leaves
 * D3hot only for D0 (`power/linux-6.12/power-idle#7`, `#12`). A device without No_Soft_Reset may lose its state on the way back to D0, so
 * vfio-pci saves and restores it.
 */
export function vfio_pci_set_power_state(k: Kernel, state: number): void {
  const { power } = k.device;
  if (power === null) return;
  if (state === PCI_D3hot && !k.pci.d3hot) {
    if (!power.noSoftReset) k.setVdev({ pm_save: k.pci.command });
    k.setPci({ d3hot: true });
    // a silent device deasserts its pin
    if (power.silent) k.setPci({ pinAsserted: false });
  } else if (state === PCI_D0 && k.pci.d3hot) {
    k.setPci({ d3hot: false });
    if (power.silent && !power.noSoftReset) loseState(k, LOSES_ALL);
    const { pm_save } = k.vdev;
    if (pm_save === null) return;
    k.setVdev({ pm_save: null });
    pci_restore_state(k, pm_save);
  }
}

/** Restores the saved command register, and MSI or MSI-X from the kernel's own messages. */
export function pci_restore_state(k: Kernel, command: number): void {
  setCommand(k, command);
  restoreMsi(k);
  restoreMsix(k);
}

/** __pci_restore_msi_state: writes the message and enables MSI again. */
function restoreMsi(k: Kernel): void {
  if (k.domain.mode !== 'msi') return;
  pci_intx(k, 0);
  const message = k.domain.descs.get(0)?.message ?? ZERO_MESSAGE;
  k.setPci({ msi: { ...k.pci.msi, enabled: true, message, vectors: k.domain.msiGranted } });
}

/** __pci_restore_msix_state: writes message and mask of every allocated vector; other entries keep their values. */
function restoreMsix(k: Kernel): void {
  if (k.domain.mode !== 'msix') return;
  pci_intx(k, 0);
  k.setPci({ msixEnabled: true, msixFunctionMask: true });
  // the device drops writes to its table while memory decoding is off (`memory-off/linux-6.12.107/reset-memory-off#7`)
  const reachable = k.host.resetRestore === 'memory-on' || (k.pci.command & PCI_COMMAND_MEMORY) !== 0;
  if (reachable) restoreEntries(k);
  else k.setPci({ msixFunctionMask: false });
}

function restoreEntries(k: Kernel): void {
  const toUnmask: number[] = [];
  for (const [vector, desc] of k.domain.descs.entries()) {
    k.setEntry(vector, { ...k.entry(vector), ...desc.message, masked: true });
    if (desc.handler !== null) toUnmask.push(vector);
  }
  k.setPci({ msixFunctionMask: false });
  for (const vector of toUnmask) unmaskEntry(k, vector);
}

/** Clears the state that a device loses in a reset (docs/facts.md 27). */
export function loseState(k: Kernel, lost: ResetBehaviour): void {
  if (lost.clearsPin) k.setPci({ pinAsserted: false });
  if (lost.clearsTable) k.setPci({ msi: BLANK_MSI });
  for (const [vector, entry] of k.pci.entries.entries()) {
    const message = lost.clearsTable ? BLANK_ENTRY : entry;
    k.setEntry(vector, { ...message, pending: lost.clearsPending ? false : entry.pending });
  }
}
