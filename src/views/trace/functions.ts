// The purpose of each kernel function of these paths, in one sentence. Its lines are in kernelLines.ts.

/** One function in words. */
export interface FunctionWords {
  readonly why: string;
  /** The section of docs/ on it, for instance `docs/driver.md §6.3`. */
  readonly source: string;
}

const from =
  (section: string) =>
  (why: string): FunctionWords => ({ why, source: `docs/driver.md §${section}` });

const info = from('3');
const validation = from('4');
const dispatch = from('5');
const msi = from('6');
const signal = from('6.4');
const pciMsi = from('7');
const device = from('8');
const intx = from('9');
const errReq = from('10');
const eventfd = from('11');

/** Every function that a frame can name. */
export const FUNCTION_WORDS: Readonly<Record<string, FunctionWords>> = {
  vfio_set_irqs_validate_and_prepare: validation(
    'Checks header, flags, index and range, and computes how many bytes of data follow the header.',
  ),
  vfio_pci_ioctl_set_irqs: validation(
    'Copies the header, validates it, and copies the data that follows it.',
  ),
  vfio_pci_ioctl_get_irq_info: info('Returns the number of interrupts of an index, and its flags.'),
  vfio_pci_ioctl_get_info: info(
    'Returns the device’s flags and how many regions and interrupt indexes it has.',
  ),
  vfio_pci_ioctl_reset: device('Resets the device for user space.'),
  vfio_pci_ioctl_pci_hot_reset: device('Resets every function of the slot or bus for user space.'),
  vfio_pci_ioctl_get_pci_hot_reset_info: device('Lists the functions that a hot reset affects.'),
  vfio_pci_dev_set_hot_reset: device(
    'Checks that the caller owns every affected function, and brings each one to D0 for the reset.',
  ),
  vfio_pci_core_enable: device('Prepares the device for its first open descriptor.'),
  vfio_pci_core_close_device: device(
    'Disables interrupts, drops the ERR and REQ eventfds and resets the device after the last close.',
  ),
  vfio_pci_config_rw: device('Reads or writes config space; vfio-pci emulates the interrupt registers.'),
  vfio_pci_memory_lock_and_enable: validation(
    'Locks memory_lock for writing and turns on memory decoding in the command register.',
  ),
  vfio_pci_memory_unlock_and_restore: validation(
    'Writes the saved command register back and unlocks memory_lock.',
  ),
  vfio_pci_set_irqs_ioctl: dispatch('Selects the handler for the index and the action.'),
  vfio_pci_set_msi_trigger: msi(
    'Enables or disables the mode, changes eventfds, or signals them in a loopback trigger.',
  ),
  vfio_msi_enable: msi('Enables MSI or MSI-X with start + count vectors.'),
  vfio_msi_disable: msi('Detaches every vector, frees all irqs and disables the mode.'),
  vfio_msi_set_block: msi(
    'Assigns one descriptor to each vector of the range, in order; after a failure it detaches the vectors up to the failing one.',
  ),
  vfio_msi_set_vector_signal: signal(
    'Detaches a vector from its eventfd, then attaches it to the new one if there is one.',
  ),
  vfio_msi_alloc_irq: from('6.5')(
    'Returns the vector’s irq, or allocates one if the irq domain can add vectors.',
  ),
  vfio_msi_free_irq: signal('Frees the irq of one vector.'),
  vfio_irq_ctx_alloc: signal('Allocates the vector’s context.'),
  vfio_irq_ctx_free: signal('Frees the vector’s context.'),
  vfio_pci_set_intx_trigger: intx(
    'Enables or disables INTx, changes the eventfd, or signals it in a loopback trigger.',
  ),
  vfio_pci_set_intx_mask: intx('Masks the pin for user space.'),
  vfio_pci_set_intx_unmask: intx('Unmasks the pin, at once or whenever an eventfd is written.'),
  vfio_intx_enable: intx('Allocates the pin’s context and enables the INTx mode.'),
  vfio_intx_disable: intx('Removes the pin’s handler and eventfds and disables the mode.'),
  vfio_intx_set_signal: intx('Replaces the pin’s eventfd.'),
  vfio_pci_set_err_trigger: errReq('Sets or signals the eventfd for uncorrectable errors of the device.'),
  vfio_pci_set_req_trigger: errReq(
    'Sets or signals the eventfd with which the host requests the device back.',
  ),
  vfio_pci_set_ctx_trigger_single: errReq('Replaces or signals the single eventfd of ERR or REQ.'),
  vfio_pci_intx_unmask_handler: intx(
    'Unmasks the pin. While the device still asserts it, the pin stays masked and the caller signals again.',
  ),
  virqfd_wakeup: intx('Runs when the unmask eventfd is written: reads its counter and unmasks the pin.'),
  vfio_virqfd_enable: intx('Installs an eventfd whose writes unmask the pin.'),
  pci_alloc_irq_vectors: from('7.1')(
    'Enables the capability, allocates an irq for each vector and masks the table entries.',
  ),
  pci_free_irq_vectors: from('7.6')(
    'Disables the capability and frees every irq of the device, cached ones too.',
  ),
  pci_msix_alloc_irq_at: from('7.2')('Adds one vector to enabled MSI-X.'),
  pci_msix_free_irq: from('7.5')('Removes one vector from MSI-X, which stays enabled.'),
  pci_irq_vector: from('7.7')('Returns the Linux irq of a vector, or EINVAL when the vector has none.'),
  get_cached_msi_msg: pciMsi('Returns the message that the kernel wrote last for this irq.'),
  pci_write_msi_msg: pciMsi('Writes the message into the table again, in case a reset has cleared it.'),
  request_irq: from('7.3')('Installs a handler on the irq and unmasks the source.'),
  irq_update_devid: from('19.2')(
    'Replaces the eventfd of an installed handler; the irq stays requested. Only the proposal “hold” calls it.',
  ),
  free_irq: from('7.4')('Masks the source and removes the handler; the irq number stays allocated.'),
  pci_intx: device('Sets or clears the interrupt disable bit of the command register.'),
  pci_try_reset_function: device('Resets the function and restores its configuration.'),
  pci_reset_bus: device('Resets the slot or bus, and restores the configuration of each function.'),
  irq_bypass_register_producer: signal(
    'Registers the irq so that KVM can post its interrupts; vfio-pci only logs a failure.',
  ),
  irq_bypass_unregister_producer: signal('Removes the registration for KVM.'),
  eventfd_ctx_fdget: eventfd('Looks up the eventfd of a descriptor and takes a reference to it.'),
  eventfd_ctx_put: eventfd('Drops the kernel’s reference to an eventfd.'),
  eventfd_signal: eventfd('Adds 1 to the counter and wakes the waiters.'),
  memdup_user: validation('Copies the data after the header from user memory.'),
  kasprintf: signal('Allocates the handler’s name for /proc/interrupts.'),
  kcalloc: from('6.2')('Allocates the array of contexts, one for each vector.'),
};
