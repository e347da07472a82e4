// What each kernel function of these paths is for, in plain language.

/** One sentence by function name. */
export const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  vfio_pci_set_irqs_ioctl: 'Chooses the handler for the index and the action.',
  vfio_pci_set_msi_trigger: 'Decides between enable, disable, a change of eventfds and a loopback trigger.',
  vfio_msi_enable: 'Turns MSI or MSI-X on with start + count vectors.',
  vfio_msi_disable: 'Detaches every vector, then gives all irqs back and leaves the mode.',
  vfio_msi_set_block:
    'Assigns one descriptor to each vector of the range, in order. After a failure it detaches what it has touched.',
  vfio_msi_set_vector_signal:
    'Detaches a vector from its eventfd, then attaches it to the new one if there is one.',
  vfio_msi_alloc_irq: 'Finds the vector’s irq, or allocates one where the irq domain can.',
  vfio_msi_free_irq: 'Gives the irq of one vector back.',
  pci_alloc_irq_vectors: 'Enables the capability, allocates an irq for each vector and masks the table.',
  pci_free_irq_vectors: 'Disables the capability and frees every irq of the device, cached ones too.',
  pci_msix_alloc_irq_at: 'Adds one vector to MSI-X that is already enabled.',
  pci_msix_free_irq: 'Takes one vector from MSI-X that stays enabled.',
  pci_irq_vector: 'Looks up the Linux irq of a vector; EINVAL when it has none.',
  eventfd_ctx_fdget: 'Turns a descriptor into an eventfd and takes a reference to it.',
  eventfd_ctx_put: 'Drops the kernel’s reference to an eventfd.',
  eventfd_signal: 'Adds 1 to the counter and wakes who waits on it.',
  request_irq: 'Installs vfio_msihandler on the irq; the table entry is unmasked.',
  free_irq: 'Removes the handler; the table entry is masked. The irq number stays allocated.',
  irq_bypass_register_producer: 'Offers the irq for posted interrupts; a refusal is only logged.',
  irq_bypass_unregister_producer: 'Takes the offer for posted interrupts back.',
  get_cached_msi_msg: 'Reads the message that the kernel wrote last for this irq.',
  pci_write_msi_msg: 'Writes the message into the table again, in case a reset has wiped it.',
  pci_intx: 'Sets or clears the interrupt disable bit of the command register.',
  pci_try_reset_function: 'Resets the function and restores its configuration.',
  vfio_pci_memory_lock_and_enable: 'Makes sure that the device answers to memory accesses meanwhile.',
  vfio_pci_memory_unlock_and_restore: 'Puts the command register back.',
  vfio_irq_ctx_alloc: 'Makes the vector’s context.',
  vfio_irq_ctx_free: 'Removes the vector’s context.',
  kasprintf: 'Writes the handler’s name for /proc/interrupts.',
};
