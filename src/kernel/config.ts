// Config space through vfio: the command register, MSI, MSI-X, function level reset and power state. The rest of config space is not
// modelled (drivers/vfio/pci/vfio_pci_config.c; docs/driver.md §8).

import { EFAULT } from '../uapi/errno.ts';
import {
  PCI_AF_CTRL_FLR,
  PCI_CAP_MSIX_SIZEOF,
  PCI_COMMAND,
  PCI_COMMAND_INTX_DISABLE,
  PCI_COMMAND_IO,
  PCI_COMMAND_MEMORY,
  PCI_D0,
  PCI_D3hot,
  PCI_EXP_DEVCTL_BCR_FLR,
  PCI_MSI_ADDRESS_HI,
  PCI_MSI_ADDRESS_LO,
  PCI_MSI_DATA_64,
  PCI_MSI_FLAGS,
  PCI_MSI_FLAGS_ENABLE,
  PCI_MSI_FLAGS_MASKBIT,
  PCI_MSI_FLAGS_QSIZE,
  PCI_MSIX_FLAGS,
  PCI_MSIX_FLAGS_ENABLE,
  PCI_MSIX_FLAGS_MASKALL,
  PCI_PM_CTRL,
  PCI_PM_CTRL_NO_SOFT_RESET,
  PCI_PM_CTRL_STATE_MASK,
  PCI_PM_SIZEOF,
  PCI_STD_HEADER_SIZEOF,
} from '../uapi/pciRegs.ts';
import { VFIO_PCI_MSI_IRQ_INDEX } from '../uapi/vfio.ts';
import { vfio_pci_intx_mask, vfio_pci_intx_unmask } from './intx.ts';
import type { Kernel } from './kernel.ts';
import { pci_try_reset_function } from './lifecycle.ts';
import { vfio_pci_set_power_state } from './power.ts';
import { irq_is } from './services/ctx.ts';
import { setCommand } from './services/pci.ts';

/** Returns the size of an access, or −EFAULT past the end of config space (256 bytes, 4096 with PCI Express). */
export function configSpan(k: Kernel, off: number, size: number): number {
  return off + size > (k.device.pcie ? 4096 : 256) ? k.refuse('config.past-end', EFAULT) : size;
}

/** Writable bits of the command register besides INTx disable: I/O, memory, bus master, SERR. */
const WRITABLE_COMMAND = 0x107;

interface Register {
  readonly off: number;
  readonly size: number;
  /** Absent where the value is not modelled. */
  readonly read?: () => number;
  /** Absent where vfio drops writes. */
  readonly write?: (value: number) => void;
}

/** Returns the modelled registers of config space, as user space sees them. */
function registers(k: Kernel): readonly Register[] {
  const { msi, msix, functionReset, afReset, power } = k.device;
  const list: Register[] = [
    { off: PCI_COMMAND, size: 2, read: () => virtualCommand(k), write: (value) => writeCommand(k, value) },
  ];
  if (msi !== null && msi.offset !== null) {
    const virtual = (field: 'addressLow' | 'addressHigh' | 'data') => ({
      read: () => k.vdev.virtualMsi[field],
      write: (value: number) => {
        k.setVdev({ virtualMsi: { ...k.vdev.virtualMsi, [field]: value } });
      },
    });
    list.push(
      {
        off: msi.offset + PCI_MSI_FLAGS,
        size: 1,
        read: () => k.vdev.virtualMsi.control,
        write: (value) => writeMsiControl(k, value),
      },
      {
        off: msi.offset + PCI_MSI_FLAGS + 1,
        size: 1,
        read: () => (msi.maskable ? PCI_MSI_FLAGS_MASKBIT >> 8 : 0),
      },
      { off: msi.offset + PCI_MSI_ADDRESS_LO, size: 4, ...virtual('addressLow') },
      { off: msi.offset + PCI_MSI_ADDRESS_HI, size: 4, ...virtual('addressHigh') },
      { off: msi.offset + PCI_MSI_DATA_64, size: 2, ...virtual('data') },
      { off: msi.offset, size: PCI_MSI_FLAGS },
    );
  }
  // the reset bit is virtual and reads as 0; the other bits of the device control word are not modelled (docs/facts.md N9)
  if (functionReset !== null) {
    list.push({ off: functionReset + 1, size: 1, write: resetsBy(k, PCI_EXP_DEVCTL_BCR_FLR >> 8) });
  }
  if (afReset !== null) list.push({ off: afReset, size: 1, write: resetsBy(k, PCI_AF_CTRL_FLR) });
  // the state bits are physical, and only vfio-pci writes them (`power/linux-6.12/power-idle#3`)
  if (power !== null) {
    list.push({
      off: power.offset + PCI_PM_CTRL,
      size: 1,
      read: () => (power.noSoftReset ? PCI_PM_CTRL_NO_SOFT_RESET : 0) | (k.pci.d3hot ? PCI_D3hot : PCI_D0),
      write: (value) => vfio_pci_set_power_state(k, value & PCI_PM_CTRL_STATE_MASK),
    });
    list.push({ off: power.offset, size: PCI_PM_SIZEOF });
  }
  // only the kernel controls the MSI-X capability: vfio drops writes (docs/facts.md 31)
  if (msix !== null && msix.offset !== null) {
    list.push({ off: msix.offset + PCI_MSIX_FLAGS, size: 2, read: () => msixControl(k) });
    list.push({ off: msix.offset, size: PCI_CAP_MSIX_SIZEOF });
  }
  return list;
}

/** Returns the value at `off` of `size` bytes, or undefined if a byte of it is not modelled. */
export function readConfig(k: Kernel, off: number, size: number): number | undefined {
  const known = registers(k);
  let value = 0;
  for (let at = off + size - 1; at >= off; at--) {
    const register = known.find((one) => at >= one.off && at < one.off + one.size);
    if (register?.read === undefined) return undefined;
    value = value * 256 + byteOf(register.read(), at - register.off);
  }
  return value;
}

/** Writes config space. A write to registers that are not modelled has no effect, and the run says so. */
export function writeConfig(k: Kernel, off: number, size: number, value: number): void {
  // of the header only the command register acts on interrupts
  k.unmodelled =
    off >= PCI_STD_HEADER_SIZEOF &&
    !registers(k).some((one) => off < one.off + one.size && off + size > one.off);
  for (let at = off; at < off + size; ) {
    const length = chunk(at, off + size - at);
    writeChunk(k, at, length, Math.floor(value / 256 ** (at - off)));
    at += length;
  }
}

/** Returns the size of vfio's next access: it uses aligned words of four, two and one bytes. */
function chunk(at: number, left: number): number {
  if (left >= 4 && at % 4 === 0) return 4;
  return left >= 2 && at % 2 === 0 ? 2 : 1;
}

function writeChunk(k: Kernel, off: number, size: number, value: number): void {
  for (const register of registers(k)) {
    if (register.write === undefined || off >= register.off + register.size || off + size <= register.off)
      continue;
    let merged = register.read?.() ?? 0;
    for (
      let at = Math.max(off, register.off);
      at < Math.min(off + size, register.off + register.size);
      at++
    ) {
      merged = withByte(merged, at - register.off, byteOf(value, at - off));
    }
    register.write(merged);
  }
  // after a write that ends just before the MSI control word, vfio writes the virtual word to hardware again
  const msi = k.device.msi?.offset ?? null;
  if (msi !== null && off >= msi && off + size === msi + PCI_MSI_FLAGS) {
    writeMsiControl(k, k.vdev.virtualMsi.control);
  }
}

/** Returns the command register that user space sees: INTx disable is virtual, the rest physical. */
function virtualCommand(k: Kernel): number {
  return (k.pci.command & ~PCI_COMMAND_INTX_DISABLE) | (k.vdev.virtualCommand & PCI_COMMAND_INTX_DISABLE);
}

/** Returns the write of a byte in which a bit starts a function level reset (vfio_exp_config_write, vfio_af_config_write). */
function resetsBy(k: Kernel, bit: number): (value: number) => void {
  return (value) => {
    if ((value & bit) !== 0) pci_try_reset_function(k);
  };
}

function writeCommand(k: Kernel, value: number): void {
  const physical = (k.pci.command & PCI_COMMAND_INTX_DISABLE) | (value & WRITABLE_COMMAND);
  k.setVdev({ virtualCommand: value & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_INTX_DISABLE) });
  setCommand(k, physical);
  const disabled = (value & PCI_COMMAND_INTX_DISABLE) !== 0;
  if (disabled === k.vdev.virq_disabled) return;
  k.setVdev({ virq_disabled: disabled });
  if (disabled) vfio_pci_intx_mask(k);
  else vfio_pci_intx_unmask(k);
}

/**
 * Writes the low byte of the MSI control word, which is virtual. Enable has an effect only while the mode is MSI, the vectors
 * are clamped to the granted ones, and both then go to hardware: user space can clear and set the physical enable bit.
 */
function writeMsiControl(k: Kernel, value: number): void {
  const enabled = irq_is(k, VFIO_PCI_MSI_IRQ_INDEX) && (value & PCI_MSI_FLAGS_ENABLE) !== 0;
  const log2 = Math.min((value & PCI_MSI_FLAGS_QSIZE) >> 4, k.vdev.msi_qmax);
  const rest = value & ~(PCI_MSI_FLAGS_ENABLE | PCI_MSI_FLAGS_QSIZE);
  const control = rest | (log2 << 4) | (enabled ? PCI_MSI_FLAGS_ENABLE : 0);
  k.setVdev({ virtualMsi: { ...k.vdev.virtualMsi, control } });
  // a device that can send messages lowers its pin
  const pinAsserted = k.pci.pinAsserted && !enabled;
  k.setPci({ pinAsserted, msi: { ...k.pci.msi, enabled, vectors: 1 << log2 } });
}

function msixControl(k: Kernel): number {
  return (
    ((k.device.msix?.vectors ?? 1) - 1) |
    (k.pci.msixEnabled ? PCI_MSIX_FLAGS_ENABLE : 0) |
    (k.pci.msixFunctionMask ? PCI_MSIX_FLAGS_MASKALL : 0)
  );
}

function byteOf(register: number, at: number): number {
  return (register >>> (at * 8)) & 0xff;
}

function withByte(register: number, at: number, byte: number): number {
  return ((register & ~(0xff << (at * 8))) | (byte << (at * 8))) >>> 0;
}
