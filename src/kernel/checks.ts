// Every check that can refuse an operation: which kernel function holds it, why it is there, and where that is
// written. `section` is a section of the project's specification of the driver, `file` a kernel source file.

/** What is known about one check. */
export interface Check {
  /** Kernel function that holds the check. */
  readonly fn: string;
  /** One sentence for a person who reads kernels: what was tested and what it protects. */
  readonly why: string;
  readonly section: string;
  readonly file: string;
}

const INTRS = 'drivers/vfio/pci/vfio_pci_intrs.c';
const CORE = 'drivers/vfio/pci/vfio_pci_core.c';
const MAIN = 'drivers/vfio/vfio_main.c';
const EVENTFD = 'fs/eventfd.c';

function check<F extends string>(fn: F, why: string, section: string, file: string) {
  return { fn, why, section, file };
}

const validate = 'vfio_set_irqs_validate_and_prepare';

/** All checks by id; the id's first part says the place, the rest what is tested. */
export const CHECKS = {
  'ioctl.device-closed': check(
    'ioctl',
    'The device descriptor is closed, so there is no file to send the ioctl to.',
    '4',
    MAIN,
  ),
  'set_irqs.header-copy': check(
    'vfio_pci_ioctl_set_irqs',
    'The 20-byte header of struct vfio_irq_set could not be read from user memory.',
    '4 step 1',
    CORE,
  ),
  'set_irqs.argsz': check(
    validate,
    'argsz must cover the 20-byte header of struct vfio_irq_set.',
    '4 step 3.1',
    MAIN,
  ),
  'set_irqs.index': check(
    validate,
    'PCI devices have the indexes INTx, MSI, MSI-X, ERR and REQ (0 to 4).',
    '4 step 3.2',
    MAIN,
  ),
  'set_irqs.overflow': check(validate, 'start + count must not pass 32 bits.', '4 step 3.3', MAIN),
  'set_irqs.unknown-flag': check(
    validate,
    'Only the three data bits and the three action bits of flags are defined.',
    '4 step 3.4',
    MAIN,
  ),
  'set_irqs.start': check(
    validate,
    'start lies at or past the number of interrupts that this index has, even for a disable.',
    '4 step 3.5',
    MAIN,
  ),
  'set_irqs.range': check(
    validate,
    'start + count passes the number of interrupts that this index has.',
    '4 step 3.6',
    MAIN,
  ),
  'set_irqs.data-type': check(
    validate,
    'Exactly one of DATA_NONE, DATA_BOOL and DATA_EVENTFD must be set.',
    '4 step 3.7',
    MAIN,
  ),
  'set_irqs.data-size': check(
    validate,
    'argsz leaves no room for count elements of the data type.',
    '4 step 3.8',
    MAIN,
  ),
  'set_irqs.data-copy': check(
    'memdup_user',
    'argsz promises data that is not mapped in user memory.',
    '4 step 4',
    MAIN,
  ),
  'set_irqs.no-memory': check('memdup_user', 'There was no memory for a copy of the data.', '4 step 4', MAIN),
  'dispatch.action': check(
    'vfio_pci_set_irqs_ioctl',
    'This index has no handler for these action bits: MSI and MSI-X, ERR and REQ take TRIGGER alone, and two actions or none fit nothing.',
    '5',
    INTRS,
  ),
  'msi.other-mode': check(
    'vfio_pci_set_msi_trigger',
    'One interrupt mode at a time: another one is enabled and has to be disabled first.',
    '6.1 step 2',
    INTRS,
  ),
  'msi.not-enabled': check(
    'vfio_pci_set_msi_trigger',
    'This index is not enabled, so there is nothing to trigger or to disable.',
    '6.1 step 4',
    INTRS,
  ),
  'msi.trigger-range': check(
    'vfio_pci_set_msi_trigger',
    'Before v6.5 a loopback must stay inside the vectors allocated at enable.',
    '6.1 step 5',
    INTRS,
  ),
  'msi.block-range': check(
    'vfio_msi_set_block',
    'Before v6.5 a block must stay inside the vectors allocated at enable; nothing is touched.',
    '6.3 step 1',
    INTRS,
  ),
  'msi.vector-range': check(
    'vfio_msi_set_vector_signal',
    'Before v6.5 a vector must lie inside the vectors allocated at enable.',
    '6.4 static step 1',
    INTRS,
  ),
  'msi.no-ctx': check(
    'vfio_msi_set_vector_signal',
    'V2 keeps a context for each vector of the enabled range, and this vector has none and cannot get one.',
    '18.4 step 1',
    INTRS,
  ),
  'msi.no-irq': check(
    'pci_irq_vector',
    'No Linux irq is allocated for this vector, and none can be allocated now.',
    '7.7',
    'drivers/pci/msi/api.c',
  ),
  'msi.ctx-memory': check(
    'vfio_irq_ctx_alloc',
    'There was no memory for the vector’s context.',
    '6.4 step 5',
    INTRS,
  ),
  'msi.array-memory': check(
    'vfio_msi_enable',
    'There was no memory for the array of contexts.',
    '6.2 step 2',
    INTRS,
  ),
  'msi.name-memory': check('kasprintf', 'There was no memory for the handler’s name.', '6.4 step 6', INTRS),
  'msi.no-vectors': check(
    'pci_alloc_irq_vectors',
    'start + count is 0, and the PCI core refuses to allocate fewer vectors than the minimum of 1.',
    '7.1',
    'drivers/pci/msi/api.c',
  ),
  'msi.too-few': check(
    'vfio_msi_enable',
    'Fewer vectors could be had than were asked for. The ioctl returns their number and enables nothing.',
    '6.2 step 5',
    INTRS,
  ),
  'msi.no-host-irqs': check(
    'pci_alloc_irq_vectors',
    'The host has no irq left to allocate.',
    '7.1',
    'kernel/irq/msi.c',
  ),
  'msi.alloc-at': check(
    'pci_msix_alloc_irq_at',
    'The PCI core could not add a vector to enabled MSI-X: no irq is left, or the slot cannot be had.',
    '7.2',
    'drivers/pci/msi/api.c',
  ),
  'irq.no-cpu-vector': check(
    'request_irq',
    'x86 takes a CPU vector only when a handler is installed, and no CPU vector is left.',
    '7.3',
    'arch/x86/kernel/apic/vector.c',
  ),
  'msi.no-cpu-vector': check(
    'pci_msix_alloc_irq_at',
    'A vector below every allocated one needs its CPU vector at allocation, and no CPU vector is left.',
    '7.2',
    'kernel/irq/msi.c',
  ),
  'irq.request': check(
    'request_irq',
    'The irq core could not install the handler.',
    '7.3',
    'kernel/irq/manage.c',
  ),
  'eventfd.closed': check(
    'eventfd_ctx_fdget',
    'The number is not an open file descriptor.',
    '6.4 step 7',
    EVENTFD,
  ),
  'eventfd.not-eventfd': check(
    'eventfd_ctx_fdget',
    'The descriptor is open, and it is not an eventfd.',
    '6.4 step 7',
    EVENTFD,
  ),
  'eventfd.empty': check('eventfd_read', 'The counter is 0 and the eventfd is non-blocking.', '11', EVENTFD),
  'eventfd.full': check(
    'eventfd_write',
    'The sum would pass 2^64 − 2 and the eventfd is non-blocking.',
    '11',
    EVENTFD,
  ),
  'eventfd.write-max': check('eventfd_write', '2^64 − 1 cannot be written to an eventfd.', '11', EVENTFD),
  'fd.closed': check('fdget', 'The number is not an open file descriptor.', '11', 'fs/read_write.c'),
  'intx.state': check(
    'vfio_pci_set_intx_trigger',
    'INTx takes start 0 and count 1, while INTx or nothing is enabled.',
    '9',
    INTRS,
  ),
  'intx.not-enabled': check(
    'vfio_pci_set_intx_trigger',
    'INTx is not enabled, so there is nothing to trigger or to disable.',
    '9',
    INTRS,
  ),
  'intx.mask-state': check(
    'vfio_pci_set_intx_mask',
    'Masking takes enabled INTx, start 0 and count 1.',
    '9',
    INTRS,
  ),
  'intx.mask-eventfd': check(
    'vfio_pci_set_intx_mask',
    'Masking by an eventfd was never implemented.',
    '9',
    INTRS,
  ),
  'intx.unmask-state': check(
    'vfio_pci_set_intx_unmask',
    'Unmasking takes enabled INTx, start 0 and count 1.',
    '9',
    INTRS,
  ),
  'intx.no-pin': check('vfio_intx_enable', 'The device has no usable interrupt pin.', '9', INTRS),
  'intx.memory': check(
    'vfio_intx_enable',
    'There was no memory for the INTx context or its name.',
    '9',
    INTRS,
  ),
  'virqfd.busy': check(
    'vfio_virqfd_enable',
    'An unmask eventfd is installed already.',
    '9',
    'drivers/vfio/virqfd.c',
  ),
  'virqfd.memory': check(
    'vfio_virqfd_enable',
    'There was no memory for the virqfd.',
    '9',
    'drivers/vfio/virqfd.c',
  ),
  'single.range': check(
    'vfio_pci_set_ctx_trigger_single',
    'ERR and REQ have one interrupt: start 0, count 0 or 1.',
    '10',
    INTRS,
  ),
  'single.empty': check(
    'vfio_pci_set_ctx_trigger_single',
    'No eventfd is set, so there is nothing to signal or to clear.',
    '10',
    INTRS,
  ),
  'single.count': check(
    'vfio_pci_set_ctx_trigger_single',
    'DATA_BOOL and DATA_EVENTFD need one element.',
    '10',
    INTRS,
  ),
  'single.negative': check(
    'vfio_pci_set_ctx_trigger_single',
    'Of the negative numbers only −1 means "no eventfd" here.',
    '10',
    INTRS,
  ),
  'info.index': check(
    'vfio_pci_ioctl_get_irq_info',
    'Indexes are 0 to 4, and ERR exists on PCI Express devices only.',
    '3',
    CORE,
  ),
  'config.past-end': check(
    'vfio_pci_config_rw',
    'The offset lies past the end of config space.',
    '8',
    'drivers/vfio/pci/vfio_pci_config.c',
  ),
  'reset.none': check('vfio_pci_ioctl_reset', 'This device has no reset that works.', '8', CORE),
  'open.busy': check('VFIO_GROUP_GET_DEVICE_FD', 'The device is open already.', '8', 'drivers/vfio/group.c'),
  'raise.unable': check(
    'raise',
    'The device cannot raise this interrupt in its present state.',
    '11',
    'device model',
  ),
  'raise.closed': check(
    'raise',
    'The device is closed, so nobody can tell it to raise an interrupt.',
    '11',
    'device model',
  ),
  'fault.injected': check('fault', 'The script injects this failure.', '12.2', 'script'),
} as const satisfies Record<string, Check>;

/** The id of a check. */
export type CheckId = keyof typeof CHECKS;

function isCheckId(text: string): text is CheckId {
  return Object.hasOwn(CHECKS, text);
}

/** Every check's id, in the order of the table. */
export const CHECK_IDS: readonly CheckId[] = Object.keys(CHECKS).filter(isCheckId);
