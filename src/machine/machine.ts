// The machine at one moment, immutable. Three layers are kept apart: the device's MSI-X table (`pci.entries`), the Linux
// irqs (`domain.descs`) and the eventfds (`eventfds`, attached through `vdev.ctx`). Source: docs/driver.md §12.1.

import type { IntMap } from '../base/intMap.ts';
import type { Device } from './device.ts';
import type { Host } from './host.ts';

/** The file of an open descriptor: an eventfd object by number, or another file. */
export type File = { readonly kind: 'eventfd'; readonly ev: number } | { readonly kind: 'other' };

/** An eventfd object (`struct eventfd_ctx`). It exists while it has references, also after its descriptor is closed. */
export interface Eventfd {
  readonly count: bigint;
  readonly semaphore: boolean;
  /** One for the open file and one for each use in the kernel (docs/driver.md §11). */
  readonly refs: number;
}

/** One MSI-X table entry with its pending bit. Addresses and data are u32. */
export interface TableEntry {
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly data: number;
  readonly masked: boolean;
  readonly pending: boolean;
}

/** An MSI message: the address to which the device writes, and the data. All three words are u32. */
export interface MsiMessage {
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly data: number;
}

/** An unused table entry: zero, masked, not pending. */
export const BLANK_ENTRY: TableEntry = {
  addressLow: 0,
  addressHigh: 0,
  data: 0,
  masked: true,
  pending: false,
};

/** The message of a vector after a detach. */
export const ZERO_MESSAGE: MsiMessage = { addressLow: 0, addressHigh: 0, data: 0 };

/** Returns whether two messages have the same address and data. */
export function sameMessage(a: MsiMessage, b: MsiMessage): boolean {
  return a.addressLow === b.addressLow && a.addressHigh === b.addressHigh && a.data === b.data;
}

/** MSI capability registers. `vectors` is "multiple message enable" as a count; it keeps its value after a disable. */
export interface MsiRegisters {
  readonly enabled: boolean;
  readonly vectors: number;
  readonly message: MsiMessage;
  /** Mask and pending registers as bit sets; 0 where the capability lacks them. */
  readonly mask: number;
  readonly pending: number;
}

/** The device's physical registers; user space sees vfio's virtual ones. */
export interface PciState {
  /** Physical command register, 16 bits. */
  readonly command: number;
  /** Whether the device asserts its pin (interrupt status bit of the status register). */
  readonly pinAsserted: boolean;
  /** Whether the device is in the power state D3hot; otherwise it is in D0. */
  readonly d3hot: boolean;
  readonly msi: MsiRegisters;
  readonly msixEnabled: boolean;
  readonly msixFunctionMask: boolean;
  /** MSI-X entries that differ from BLANK_ENTRY, by vector. */
  readonly entries: IntMap<TableEntry>;
}

/** `struct msi_desc` and `struct irq_desc` of one allocated vector. */
export interface MsiDesc {
  /** Linux irq number. */
  readonly irq: number;
  /** The message that the kernel last wrote for this irq. */
  readonly message: MsiMessage;
  /** Eventfd object of the installed handler; null while the vector is cached. */
  readonly handler: number | null;
  /** The handler's name in /proc/interrupts. */
  readonly name: string | null;
  /** Whether the enabling call allocated it, instead of a later dynamic allocation. */
  readonly original: boolean;
  /**
   * Whether the irq is active from its allocation on. On x86 it then has a CPU vector until its release. Otherwise it has one
   * only while a handler is installed, and a reservation before and after.
   */
  readonly fixed: boolean;
  /** Whether a message arrived without a handler; the irq core resends it when a handler is installed (kernel/irq/chip.c). */
  readonly resend: boolean;
}

/** The part of irq core and irq domain that belongs to this device. */
export interface IrqDomain {
  /** Kind of the allocated vectors; null while the PCI core has neither MSI nor MSI-X enabled. */
  readonly mode: 'msi' | 'msix' | null;
  /** Number of vectors that the enabling call allocated: the initial range is 0 … this − 1. */
  readonly initialRange: number;
  /** MSI vectors granted, rounded up to a power of two; every MSI message write sets the register field to it again. */
  readonly msiGranted: number;
  /** Allocated vectors. */
  readonly descs: IntMap<MsiDesc>;
  /** Linux irq number → vector, for every used number. */
  readonly numbers: IntMap<number>;
  /** Lower bound of the free numbers: every number below it is used. */
  readonly lowestFree: number;
  /** CPU vectors that this device uses. */
  readonly cpuVectorsUsed: number;
  /** Open reservations: allocated vectors without a CPU vector. */
  readonly reserved: number;
}

/** `struct vfio_pci_irq_ctx` of one MSI or MSI-X vector. */
export interface IrqCtx {
  /** Eventfd object; null where a generation keeps a context without an eventfd. */
  readonly trigger: number | null;
  /** Whether the irq-bypass producer is registered. */
  readonly producer: boolean;
}

/** `struct vfio_pci_irq_ctx` while the mode is INTx. */
export interface IntxCtx {
  readonly trigger: number | null;
  readonly masked: boolean;
  /** Eventfd object of the unmask virqfd, or null. */
  readonly unmask: number | null;
  /** Whether a handler is installed on the pin's irq. */
  readonly requested: boolean;
  /**
   * Whether one eventfd is trigger and unmask eventfd while the pin is asserted: each signal causes an unmask, which
   * signals again from a work queue until the device lowers its pin.
   */
  readonly looping: boolean;
}

/** The MSI registers in `vconfig`. Only `control`, the low byte of the control word, can reach the hardware. */
export interface VirtualMsi {
  readonly control: number;
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly data: number;
}

/** The interrupt part of `struct vfio_pci_core_device`. */
export interface Vdev {
  /** VFIO_PCI_INTX_IRQ_INDEX, _MSI_, _MSIX_, or VFIO_PCI_NUM_IRQS without a mode. */
  readonly irq_type: number;
  /** MSI and MSI-X contexts, by vector. */
  readonly ctx: IntMap<IrqCtx>;
  /** Length of the context array; only the static generation uses it. */
  readonly num_ctx: number;
  readonly intx: IntxCtx | null;
  readonly err_trigger: number | null;
  readonly req_trigger: number | null;
  /** Read when the device is opened. */
  readonly has_dyn_msix: boolean;
  /** Whether user space has set the virtual INTx disable bit. */
  readonly virq_disabled: boolean;
  /** log2 of the granted MSI vectors; it limits the vectors field of the virtual capability. */
  readonly msi_qmax: number;
  /** Virtual command register: the bits that user space sees in place of the physical ones. */
  readonly virtualCommand: number;
  /** Virtual MSI registers: the values that user space wrote and reads back. */
  readonly virtualMsi: VirtualMsi;
  /** Physical command register saved when the device was opened; closing the device restores it. */
  readonly savedCommand: number;
  /**
   * Command register in `pm_save`: saved when a device without No_Soft_Reset enters D3hot, restored when it returns to D0;
   * null before.
   */
  readonly pm_save: number | null;
}

/** The whole machine at one moment. */
export interface Machine {
  readonly host: Host;
  readonly device: Device;
  /** Open descriptors of the process, by number. */
  readonly fds: IntMap<File>;
  /** Eventfd objects with references, by object number. */
  readonly eventfds: IntMap<Eventfd>;
  /** Number of the next eventfd object. */
  readonly nextEventfd: number;
  /** Open descriptors of the device (`open_count` of struct vfio_device); 0 while it is closed. */
  readonly openCount: number;
  readonly pci: PciState;
  readonly domain: IrqDomain;
  readonly vdev: Vdev;
  /** irq-bypass producers: eventfd object → Linux irq. */
  readonly producers: IntMap<number>;
}
