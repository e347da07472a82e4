// Facts of the kernel build and of its machine that do not depend on the generation of the MSI and MSI-X code
// (docs/driver.md §0, §3, §7, §9, §10). A preset sets all of them; a session can change each one alone.

/** Facts of the kernel's code that changed between releases (kernel/releases.ts lists them by release). */
export interface ReleaseFacts {
  /** INTx handling: `persistent` keeps the irq requested while the eventfd changes (docs/driver.md §9). */
  readonly intx: 'legacy' | 'persistent';
  /** Storage of ERR and REQ triggers: `rcu` refuses fd < −1 and defers the put (docs/driver.md §10). */
  readonly errReq: 'plain' | 'rcu';
  /**
   * Unwind order and disable of the static driver. `released`: a failed block is unwound downwards, and disable detaches
   * through one block. `repaired`: upwards, and vector by vector (docs/facts.md N4, N5).
   */
  readonly staticUndo: 'released' | 'repaired';
  /** Whether the kernel reads the UNMASK eventfd when it is written (docs/facts.md N6). */
  readonly unmaskReads: boolean;
  /** Devices with an ERR index: PCI Express devices only, or every device (docs/facts.md N2). */
  readonly errIndex: 'express' | 'any';
  /** Whether a reset prints two warnings (docs/facts.md N1). */
  readonly resetWarns: boolean;
  /** Whether a reset enables memory decoding while it restores the MSI-X table, or uses the command register as it is. */
  readonly resetRestore: 'memory-as-is' | 'memory-on';
  /** Pins without a usable irq that INTx counts as absent: none, unconnected ones, or also those with irq 0. */
  readonly pinCheck: 'none' | 'connected' | 'has-irq';
  /** Key of the bypass registry: a token that the driver sets, or the eventfd that the driver passes (docs/facts.md N7). */
  readonly bypassKey: 'token' | 'eventfd';
  /** Result of a write of more than 8 bytes to an eventfd (docs/facts.md N15). */
  readonly longEventfdWrite: 'accepted' | 'EINVAL';
  /**
   * When vfio-pci reads its parameter nointxmask: at each open, when the module is loaded, or when the device is bound.
   * Scripts do not change it.
   */
  readonly nointxmask: 'at-open' | 'at-load' | 'at-bind';
  /** The name of the release where another one has the same facts, else empty. The model does not read it. */
  readonly release: string;
}

/** The host facts that the model uses. */
export interface Host extends ReleaseFacts {
  /** Whether the irq domain can allocate vectors while MSI-X is enabled (`pci_msix_can_alloc_dyn`). */
  readonly canAllocDyn: boolean;
  /** Whether the IOMMU remaps interrupts; without remapping x86 grants a single MSI vector, and a GIC several. */
  readonly irqRemapping: boolean;
  /**
   * The controller that receives messages. `apic` (x86): an irq is reserved at its allocation, and request_irq gives it a CPU
   * vector. `gic` (arm64, ITS or v2m frame): an irq is active from its allocation and takes no CPU vector (docs/facts.md N17).
   */
  readonly msiController: 'apic' | 'gic';
  /** The lowest Linux irq number for an MSI vector. */
  readonly firstIrq: number;
  /** The Linux irq of the device's pin. */
  readonly pinIrq: number;
  /** Whether the pin has a Linux irq; without one it is marked as unconnected, or its irq is 0. */
  readonly pin: 'connected' | 'not-connected' | 'no-irq';
  /**
   * The handler of another driver on the pin's irq: none, or one with or without IRQF_SHARED. An irq has several handlers only
   * if each one has the flag, and vfio-pci sets it only with `pci_2_3` (docs/driver.md §9).
   */
  readonly pinShared: 'alone' | 'shared' | 'exclusive';
  /**
   * Whether installing a handler on an asserted pin interrupts at once, like a level-triggered pin on real hardware. The
   * recorded machine (QEMU's I/O APIC under software emulation) waits for the next rise.
   */
  readonly pinIsLevel: boolean;
  /** CPU vectors that request_irq can give to this device; x86 takes one there and not at allocation (docs/facts.md 9). */
  readonly cpuVectors: number;
  /** Reservations of CPU vectors by other devices; they only affect when the kernel warns (docs/facts.md N8). */
  readonly otherReservations: number;
  /** Number of irqs that the domain can allocate, or null without a limit. */
  readonly irqPool: number | null;
}

/** Returns the facts of a host that a release sets, without those of its machine. */
export function releaseFactsOf(host: ReleaseFacts): ReleaseFacts {
  const { intx, errReq, staticUndo, unmaskReads, errIndex, resetWarns } = host;
  const { resetRestore, pinCheck, bypassKey, longEventfdWrite, nointxmask, release } = host;
  return {
    intx,
    errReq,
    staticUndo,
    unmaskReads,
    errIndex,
    resetWarns,
    resetRestore,
    pinCheck,
    bypassKey,
    longEventfdWrite,
    nointxmask,
    release,
  };
}
