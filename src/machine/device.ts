// A PCI device: facts that no ioctl changes. Devices differ in the effect of a reset, in when they can raise an interrupt
// and in the place of their capabilities. All of that is data; the model never looks at a device's name.

/** When the device can raise an interrupt on demand (docs/recording-format.md, `raise`). */
export type RaiseAbility = 'never' | 'with-msix' | 'always';

/** The effect of a function reset on MSI-X table, pending bits and pin (docs/facts.md 27). */
export interface ResetBehaviour {
  /** Whether table entries become zero and masked, and MSI registers zero, before the kernel restores allocated vectors. */
  readonly clearsTable: boolean;
  /** Whether pending bits are cleared. */
  readonly clearsPending: boolean;
  /** Whether an asserted pin is lowered. */
  readonly clearsPin: boolean;
}

/** The effect of a reset of the whole bus or slot on every device, and of a function reset on some. */
export const LOSES_ALL: ResetBehaviour = { clearsTable: true, clearsPending: true, clearsPin: true };

/** The MSI capability of the device. */
export interface MsiCapability {
  /** Offset in config space in bytes, or null if unknown. */
  readonly offset: number | null;
  /** Vectors offered, a power of two from 1 to 32. */
  readonly vectors: number;
  /** Whether the capability has mask and pending registers. */
  readonly maskable: boolean;
}

/** The entries of the largest MSI-X table (PCI 3.0, 6.8.2.3). */
export const MSIX_VECTORS_MAX = 2048;

/** The MSI-X capability of the device. */
export interface MsixCapability {
  readonly offset: number | null;
  /** Table entries, 1 to MSIX_VECTORS_MAX. */
  readonly vectors: number;
}

/** The power management capability of the device. */
export interface PowerCapability {
  /** Offset in config space in bytes. */
  readonly offset: number;
  /** Whether the device keeps its state from D3hot to D0; otherwise vfio-pci saves and restores it. */
  readonly noSoftReset: boolean;
  /**
   * Whether D3hot is as PCI wants it: no interrupts, no answers to memory accesses, and without No_Soft_Reset all registers lost on
   * the way back. The recorded devices (QEMU 7.2) answer, raise and keep them (docs/driver.md §8).
   */
  readonly silent: boolean;
}

/** A PCI device's fixed properties. */
export interface Device {
  /** vendor:device, for instance `1b36:0010`. */
  readonly id: string;
  readonly model: string;
  /** Domain, bus, device and function in the kernel's notation, for instance `0000:00:04.0`. */
  readonly bdf: string;
  readonly msix: MsixCapability | null;
  readonly msi: MsiCapability | null;
  /** Whether the device has an interrupt pin. */
  readonly intx: boolean;
  /** Whether the device is PCI Express and so has an ERR index. */
  readonly pcie: boolean;
  /** Whether the interrupt disable bit works (`pci_2_3` in the driver). */
  readonly pci_2_3: boolean;
  /** Whether the driver avoids INTx on this device (`nointx`). */
  readonly nointx: boolean;
  /** Whether a function reset works (VFIO_DEVICE_FLAGS_RESET). */
  readonly reset: boolean;
  /** Whether its bus or slot can be reset (VFIO_DEVICE_PCI_HOT_RESET). A root bus, as in the recorded machines, cannot. */
  readonly hotReset: boolean;
  /**
   * Offset of the PCI Express device control word if its bit 15 starts a function level reset, else null (docs/facts.md N9).
   */
  readonly functionReset: number | null;
  /** Offset of the control byte of the Advanced Features capability if its bit 0 starts a function level reset, else null. */
  readonly afReset: number | null;
  /** The power management capability, or null without one. D1 and D2 are not supported. */
  readonly power: PowerCapability | null;
  readonly raise: RaiseAbility;
  /** Number of MSI-X vector numbers that the device can raise (a higher number wraps), or null for all. */
  readonly raiseVectors: number | null;
  /** Whether raising first lowers an asserted pin, so that the pin rises again. */
  readonly raisePulses: boolean;
  readonly onReset: ResetBehaviour;
}

/** Returns the handler name with which vfio requests a vector's irq, for instance `vfio-msix[3](0000:00:04.0)`. */
export function handlerName({ bdf }: Device, msix: boolean, vector: number): string {
  return `vfio-msi${msix ? 'x' : ''}[${vector}](${bdf})`;
}
