// Everything that exists at one moment, immutable. The three layers that people confuse stand side by side here:
// the device's MSI-X table (`pci.entries`), the Linux irqs (`domain.descs`) and the eventfds (`eventfds`, bound by
// `vdev.ctx`). Spec section 12.1.

import type { IntMap } from '../base/intMap.ts';
import type { Device } from './device.ts';
import type { Host } from './host.ts';

/** What an open file descriptor refers to: an eventfd object by number, or a file that is not an eventfd. */
export type File = { readonly kind: 'eventfd'; readonly ev: number } | { readonly kind: 'other' };

/** An eventfd object (`struct eventfd_ctx`). It lives while something refers to it, also after its fd is closed. */
export interface Eventfd {
  readonly count: bigint;
  readonly semaphore: boolean;
  /** One for the open file and one for each binding in the kernel (spec section 11). */
  readonly refs: number;
}

/** One MSI-X table entry with its bit of the PBA. Addresses and data are u32. */
export interface TableEntry {
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly data: number;
  readonly masked: boolean;
  readonly pending: boolean;
}

/** An MSI message: where the device writes, and what. */
export interface MsiMessage {
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly data: number;
}

/** The entry of a table that nobody has touched: zero, masked, not pending. */
export const BLANK_ENTRY: TableEntry = {
  addressLow: 0,
  addressHigh: 0,
  data: 0,
  masked: true,
  pending: false,
};

/** The message that detaching leaves behind. */
export const ZERO_MESSAGE: MsiMessage = { addressLow: 0, addressHigh: 0, data: 0 };

/** MSI capability registers. `vectors` is "multiple message enable" as a number; it stays after a disable. */
export interface MsiRegisters {
  readonly enabled: boolean;
  readonly vectors: number;
  readonly message: MsiMessage;
  /** Mask and pending registers as bit sets; stay 0 where the capability has none. */
  readonly mask: number;
  readonly pending: number;
}

/** The device's registers: physical, not what vfio shows to user space. */
export interface PciState {
  /** Physical command register, 16 bits. */
  readonly command: number;
  /** The device asserts its pin (interrupt status bit of the status register). */
  readonly pinAsserted: boolean;
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
  /** The message the kernel last wrote for it. */
  readonly message: MsiMessage;
  /** Eventfd object of the installed handler, or null: cached. */
  readonly handler: number | null;
  /** The handler's name as /proc/interrupts shows it. */
  readonly name: string | null;
  /** It came with the enabling call, not by a later dynamic allocation. */
  readonly original: boolean;
  /**
   * It holds its CPU vector from allocation to release. Otherwise it holds one only while a handler is installed, and
   * a reservation before and after.
   */
  readonly fixed: boolean;
  /** A message came while no handler was installed; the irq core sends it again when one is (kernel/irq/chip.c). */
  readonly resend: boolean;
}

/** The irq core and irq domain as far as this device sees them. */
export interface IrqDomain {
  /** What the allocated vectors are; null when none of MSI and MSI-X is enabled in the PCI core. */
  readonly mode: 'msi' | 'msix' | null;
  /** Vectors that the enabling call allocated: the initial range is 0 … this − 1. */
  readonly initialRange: number;
  /** MSI vectors granted, rounded up to a power of two; every MSI message that is written sets the field again. */
  readonly msiGranted: number;
  /** By vector. */
  readonly descs: IntMap<MsiDesc>;
  /** Linux irq number → vector, for every number in use. */
  readonly numbers: IntMap<number>;
  /** No number below this one is free. */
  readonly lowestFree: number;
  /** CPU vectors in use by this device. */
  readonly cpuVectorsUsed: number;
  /** Reservations outstanding (vectors allocated that hold no CPU vector). */
  readonly reserved: number;
}

/** `struct vfio_pci_irq_ctx` of one MSI or MSI-X vector. */
export interface IrqCtx {
  /** Eventfd object, or null where a generation keeps a ctx without one. */
  readonly trigger: number | null;
  /** The irq-bypass producer is registered. */
  readonly producer: boolean;
}

/** `struct vfio_pci_irq_ctx` while the mode is INTx. */
export interface IntxCtx {
  readonly trigger: number | null;
  readonly masked: boolean;
  /** Eventfd object of the unmask virqfd, or null. */
  readonly unmask: number | null;
  /** A handler is installed on the pin's irq. */
  readonly requested: boolean;
  /**
   * Trigger and unmask eventfd are one, and the pin is asserted: each signal asks for an unmask, which signals again,
   * in a work queue without end until the pin is taken back.
   */
  readonly looping: boolean;
}

/** The MSI registers in `vconfig`. `control` is the low byte of the control word; the rest never reaches hardware. */
export interface VirtualMsi {
  readonly control: number;
  readonly addressLow: number;
  readonly addressHigh: number;
  readonly data: number;
}

/** The interrupt part of `struct vfio_pci_core_device`. */
export interface Vdev {
  /** VFIO_PCI_INTX_IRQ_INDEX, _MSI_, _MSIX_, or VFIO_PCI_NUM_IRQS for none. */
  readonly irq_type: number;
  /** MSI and MSI-X contexts, by vector. */
  readonly ctx: IntMap<IrqCtx>;
  /** Length of the context array; only the generation with an array uses it. */
  readonly num_ctx: number;
  readonly intx: IntxCtx | null;
  readonly err_trigger: number | null;
  readonly req_trigger: number | null;
  /** Sampled when the device is opened. */
  readonly has_dyn_msix: boolean;
  /** The user has set the virtual INTx disable bit. */
  readonly virq_disabled: boolean;
  /** log2 of the MSI vectors granted, as the virtual capability shows it. */
  readonly msi_qmax: number;
  /** Virtual command register: the bits that user space sees instead of the physical ones. */
  readonly virtualCommand: number;
  /** Virtual MSI registers: what user space wrote and reads back. */
  readonly virtualMsi: VirtualMsi;
  /** Physical command register as it was saved when the device was opened; a release brings it back. */
  readonly savedCommand: number;
}

/** Everything that exists at one moment. */
export interface Machine {
  readonly host: Host;
  readonly device: Device;
  /** Open descriptors of the process, by number. */
  readonly fds: IntMap<File>;
  /** Eventfd objects that are still referred to, by object number. */
  readonly eventfds: IntMap<Eventfd>;
  /** Number of the next eventfd object. */
  readonly nextEventfd: number;
  /** The device descriptor is open. */
  readonly opened: boolean;
  readonly pci: PciState;
  readonly domain: IrqDomain;
  readonly vdev: Vdev;
  /** irq-bypass producers: eventfd object → Linux irq. */
  readonly producers: IntMap<number>;
}
