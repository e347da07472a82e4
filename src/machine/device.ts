// What a PCI device is: facts that no ioctl changes. Devices differ in what a reset clears, in when they can raise
// an interrupt and in where their capabilities lie; all of that is data here and nothing in the model asks for a name.

/** When the device can be told to raise an interrupt (recordings/FORMAT.md, `raise`). */
export type RaiseAbility = 'never' | 'with-msix' | 'always';

/** What a function reset does to what the device keeps in the MSI-X table and PBA (FACTS 27). */
export interface ResetBehaviour {
  /** Every table entry becomes zero and masked, and MSI registers zero, before the kernel writes back what is allocated. */
  readonly clearsTable: boolean;
  /** Pending bits are dropped. */
  readonly clearsPending: boolean;
  /** A pin that the device had asserted is taken back. */
  readonly clearsPin: boolean;
}

/** The MSI capability as the device offers it. */
export interface MsiCapability {
  /** Where it lies in config space, in bytes; null where that is not known. */
  readonly offset: number | null;
  /** Vectors offered, a power of two from 1 to 32. */
  readonly vectors: number;
  /** The capability has mask and pending registers. */
  readonly maskable: boolean;
}

/** The MSI-X capability as the device offers it. */
export interface MsixCapability {
  readonly offset: number | null;
  /** Table entries, 1 to 2048. */
  readonly vectors: number;
}

/** A PCI device's fixed properties. */
export interface Device {
  /** vendor:device, for instance `1b36:0010`. */
  readonly id: string;
  readonly model: string;
  /** Domain, bus, device and function as the kernel prints them, for instance `0000:00:04.0`. */
  readonly bdf: string;
  readonly msix: MsixCapability | null;
  readonly msi: MsiCapability | null;
  /** The device has an interrupt pin. */
  readonly intx: boolean;
  /** PCI Express: it has an ERR index. */
  readonly pcie: boolean;
  /** The interrupt disable bit works (`pci_2_3` in the driver). */
  readonly pci_2_3: boolean;
  /** The driver does not use INTx of this device (`nointx`). */
  readonly nointx: boolean;
  /** A function reset works: VFIO_DEVICE_FLAGS_RESET. */
  readonly reset: boolean;
  readonly raise: RaiseAbility;
  /** How many MSI-X vector numbers the device can hold for its event (a higher number wraps), or null for all. */
  readonly raiseVectors: number | null;
  /** Telling the device to raise takes back a pin that it had asserted, so that the pin rises anew. */
  readonly raisePulses: boolean;
  readonly onReset: ResetBehaviour;
}

/** The name under which vfio requests the irq of a vector, for instance `vfio-msix[3](0000:00:04.0)`. */
export function handlerName({ bdf }: Device, msix: boolean, vector: number): string {
  return `vfio-msi${msix ? 'x' : ''}[${vector}](${bdf})`;
}
