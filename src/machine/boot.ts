// The machine at the start of a script: the device is open and no interrupt mode is enabled.

import { IntMap } from '../base/intMap.ts';
import { PCI_COMMAND_MASTER, PCI_MSI_FLAGS_64BIT, PCI_MSI_FLAGS_ENABLE } from '../uapi/pciRegs.ts';
import { VFIO_PCI_NUM_IRQS } from '../uapi/vfio.ts';
import type { Device } from './device.ts';
import type { Host } from './host.ts';
import {
  type IrqDomain,
  type Machine,
  type MsiRegisters,
  type PciState,
  type Vdev,
  ZERO_MESSAGE,
} from './machine.ts';

/** I/O, memory, bus master and SERR: the bits set by firmware and by the driver that opened the device. */
export const OPENED_COMMAND = 0x107;

/** MSI registers before MSI is first enabled. */
export const BLANK_MSI: MsiRegisters = {
  enabled: false,
  vectors: 1,
  message: ZERO_MESSAGE,
  mask: 0,
  pending: 0,
};

/** Returns the driver's state right after opening the device; `pci` is config space at that moment. */
export function freshVdev(device: Device, host: Host, pci: PciState): Vdev {
  const { addressLow, addressHigh, data } = pci.msi.message;
  return {
    irq_type: VFIO_PCI_NUM_IRQS,
    ctx: IntMap.empty(),
    num_ctx: 0,
    intx: null,
    err_trigger: null,
    req_trigger: null,
    has_dyn_msix: device.msix !== null && host.canAllocDyn,
    virq_disabled: false,
    msi_qmax: 0,
    virtualCommand: 0,
    virtualMsi: { control: msiControlByte(device, pci.msi), addressLow, addressHigh, data },
    savedCommand: pci.command & ~PCI_COMMAND_MASTER,
    pm_save: null,
  };
}

/** Returns an irq domain without allocations. */
function emptyDomain(host: Host): IrqDomain {
  return {
    mode: null,
    initialRange: 0,
    msiGranted: 1,
    descs: IntMap.empty(),
    numbers: IntMap.empty(),
    lowestFree: host.firstIrq,
    cpuVectorsUsed: 0,
    reserved: 0,
  };
}

/** Returns the low byte of the MSI control word: enable, log2 of capable and enabled vectors, 64-bit addresses. */
function msiControlByte(device: Device, msi: MsiRegisters): number {
  if (device.msi === null) return 0;
  return (
    (msi.enabled ? PCI_MSI_FLAGS_ENABLE : 0) |
    (Math.log2(device.msi.vectors) << 1) |
    (Math.log2(msi.vectors) << 4) |
    PCI_MSI_FLAGS_64BIT
  );
}

/** Returns the machine before the first line. */
export function bootMachine(device: Device, host: Host, command: number = OPENED_COMMAND): Machine {
  const pci: PciState = {
    command,
    pinAsserted: false,
    d3hot: false,
    msi: BLANK_MSI,
    msixEnabled: false,
    msixFunctionMask: false,
    entries: IntMap.empty(),
  };
  return {
    host,
    device,
    fds: IntMap.empty(),
    eventfds: IntMap.empty(),
    nextEventfd: 0,
    openCount: 1,
    pci,
    domain: emptyDomain(host),
    vdev: freshVdev(device, host, pci),
    producers: IntMap.empty(),
  };
}
