// The functions of a kernel stack that belong to the interrupts of vfio-pci, with what each one does.

/** A line of a call trace. */
export interface StackFrame {
  readonly fn: string;
  /** The frame may be a leftover of an earlier call (`?`). */
  readonly isUnsure: boolean;
}

const FRAME =
  /^\s*(?:#\d+\s+)?(?:\[?<?[\da-f]{8,16}>?\]?\s*)?(\? )?([A-Za-z_][\w.]*)\+0x[\da-f]+\/0x[\da-f]+(?:\s+\[[\w.]+(?:\s+[\da-f]+)?\])?(?:\s+\([A-Z]+\))?\s*$/;

/** Returns the frame of a line without its prefix, or null. */
export function stackFrame(text: string): StackFrame | null {
  const found = FRAME.exec(text);
  if (found === null) return null;
  // the compiler splits functions and marks the parts
  return {
    fn: (found[2] ?? '').replace(/\.(?:cold|part|isra|constprop|llvm)(?:\.\d+)*.*$/, ''),
    isUnsure: found[1] !== undefined,
  };
}

const SET_IRQS = 'SET_IRQS, before the function of its index and action';

/** What each function does. */
const FRAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    vfio_device_fops_unl_ioctl: 'an ioctl on the device',
    vfio_pci_ioctl: 'an ioctl on the device',
    vfio_pci_core_ioctl: 'an ioctl on the device',
    vfio_pci_ioctl_set_irqs: 'the ioctl SET_IRQS',
    vfio_pci_set_irqs_ioctl: SET_IRQS,
    vfio_pci_set_msi_trigger: 'TRIGGER of MSI or MSI-X',
    vfio_msi_enable: 'enabling MSI or MSI-X',
    vfio_msi_set_block: 'the loop over the vectors of one call',
    vfio_msi_set_vector_signal: 'detaching or binding the eventfd of one vector',
    vfio_msi_disable: 'disabling MSI or MSI-X',
    vfio_msi_alloc_irq: 'allocating the irq of one vector',
    vfio_msihandler: 'the handler of an MSI or MSI-X irq',
    vfio_pci_set_intx_trigger: 'TRIGGER of INTx',
    vfio_pci_set_intx_mask: 'MASK of INTx',
    vfio_pci_set_intx_unmask: 'UNMASK of INTx',
    vfio_intx_enable: 'enabling INTx',
    vfio_intx_set_signal: 'binding the eventfd of INTx',
    vfio_intx_disable: 'disabling INTx',
    vfio_intx_handler: 'the handler of the irq of the pin',
    vfio_send_intx_eventfd: 'signalling the eventfd of INTx',
    vfio_pci_intx_mask: 'masking INTx',
    vfio_pci_intx_unmask: 'unmasking INTx',
    __vfio_pci_intx_mask: 'masking INTx',
    vfio_pci_intx_unmask_handler: 'unmasking INTx after its UNMASK eventfd was written',
    vfio_pci_set_err_trigger: 'TRIGGER of ERR',
    vfio_pci_set_req_trigger: 'TRIGGER of REQ',
    vfio_pci_set_ctx_trigger_single: 'TRIGGER of ERR or REQ',
    vfio_pci_core_request: 'asking the user to give the device back',
    vfio_pci_core_aer_err_detected: 'a PCI Express error, which signals ERR',
    vfio_virqfd_enable: 'installing the UNMASK eventfd of INTx',
    vfio_virqfd_disable: 'removing the UNMASK eventfd of INTx',
    virqfd_wakeup: 'a write to the UNMASK eventfd of INTx',
    vfio_pci_core_enable: 'opening the device',
    vfio_pci_core_disable: 'closing the device',
    vfio_pci_disable: 'closing the device',
    vfio_pci_core_close_device: 'closing the device',
    vfio_pci_release: 'closing the device',
    vfio_device_fops_release: 'closing the device',
    irq_bypass_register_producer: 'registering a bypass producer',
    irq_bypass_unregister_producer: 'removing a bypass producer',
    irq_bypass_register_consumer: 'registering a bypass consumer of KVM',
    irq_bypass_unregister_consumer: 'removing a bypass consumer of KVM',
    request_threaded_irq: 'installing a handler on an irq',
    __setup_irq: 'installing a handler on an irq',
    free_irq: 'removing a handler from an irq',
    __free_irq: 'removing a handler from an irq',
    eventfd_signal: 'signalling an eventfd',
    eventfd_signal_mask: 'signalling an eventfd',
    eventfd_ctx_put: 'dropping the reference to an eventfd',
    eventfd_ctx_fdget: 'looking up an eventfd',
    pci_alloc_irq_vectors_affinity: 'allocating the vectors of MSI or MSI-X',
    __pci_enable_msix_range: 'enabling MSI-X in the PCI core',
    __pci_enable_msi_range: 'enabling MSI in the PCI core',
    pci_msix_alloc_irq_at: 'allocating one more vector while MSI-X is enabled',
    pci_free_irq_vectors: 'freeing the vectors of MSI or MSI-X',
  }),
);

/** Returns what a function does, or null for a function that is not about interrupts of vfio. */
export function frameWords(fn: string): string | null {
  return FRAMES.get(fn) ?? null;
}

/** Returns true for functions that only an ioctl on interrupts or an interrupt of vfio reaches. */
export function isVfioInterrupt(fn: string): boolean {
  return (
    FRAMES.has(fn) &&
    /^(?:__)?(?:vfio_(?:pci_(?:set|intx|ioctl_set|core_request|core_aer)|msi|intx|send|virqfd)|virqfd|irq_bypass)/.test(
      fn,
    )
  );
}
