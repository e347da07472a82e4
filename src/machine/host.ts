// Facts of the kernel build and of the machine it runs on that are orthogonal to the generation of the
// MSI/MSI-X code (spec sections 0, 3, 7, 9, 10). A preset sets them; each can be set alone.

/** Everything about the host that the model asks for. */
export interface Host {
  /** How INTx is handled: `persistent` keeps the irq requested while the eventfd changes (spec section 9). */
  readonly intx: 'legacy' | 'persistent';
  /** How ERR and REQ triggers are held: `rcu` refuses fd < −1 and defers the put (spec section 10). */
  readonly errReq: 'plain' | 'rcu';
  /** The irq domain can allocate MSI-X vectors after MSI-X was enabled (`pci_msix_can_alloc_dyn`). */
  readonly canAllocDyn: boolean;
  /** The IOMMU remaps interrupts; without it x86 grants a single MSI vector. */
  readonly irqRemapping: boolean;
  /** The lowest Linux irq number that an MSI vector can get. */
  readonly firstIrq: number;
  /** The Linux irq of the device's pin. */
  readonly pinIrq: number;
  /**
   * Installing a handler on a pin that is asserted already interrupts at once, as a level-triggered pin does on real
   * hardware. The recorded machine (QEMU's I/O APIC under software emulation) waits for the next rise.
   */
  readonly pinIsLevel: boolean;
  /** CPU vectors that request_irq can still hand to this device; x86 takes one there, not at allocation (FACTS 9). */
  readonly cpuVectors: number;
  /** Reservations of CPU vectors that other devices hold; they only show in the kernel's warning about them. */
  readonly otherReservations: number;
  /** Irqs that the domain can allocate at all, or null for no such limit: "a host where allocation is the limit". */
  readonly irqPool: number | null;
}
