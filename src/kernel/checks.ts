// Every check that can fail an operation: its kernel function, its reason and its source. `section` is a section of
// docs/driver.md, `file` a kernel source file.

/** One check. */
export interface Check {
  /** Kernel function that contains the check. */
  readonly fn: string;
  /** The test and its purpose in one sentence, for a kernel developer. */
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

/** All checks by id; the first part of an id names the place, the rest names the test. */
export const CHECKS = {
  'ioctl.device-closed': check('ioctl', 'The device has no open descriptor.', '4', MAIN),
  'set_irqs.header-copy': check(
    'vfio_pci_ioctl_set_irqs',
    'The kernel could not read the 20-byte header of struct vfio_irq_set from user memory.',
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
  'set_irqs.overflow': check(
    validate,
    'count >= U32_MAX - start: start + count could overflow 32 bits.',
    '4 step 3.3',
    MAIN,
  ),
  'set_irqs.unknown-flag': check(
    validate,
    'flags has a bit besides the three data bits and the three action bits.',
    '4 step 3.4',
    MAIN,
  ),
  'set_irqs.start': check(
    validate,
    'start must be below the number of interrupts of this index, even for a disable.',
    '4 step 3.5',
    MAIN,
  ),
  'set_irqs.range': check(
    validate,
    'start + count must not exceed the number of interrupts of this index.',
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
    'argsz is too small for count elements of the data type.',
    '4 step 3.8',
    MAIN,
  ),
  'set_irqs.data-copy': check(
    'memdup_user',
    'argsz includes data that is not mapped in user memory.',
    '4 step 4',
    MAIN,
  ),
  'set_irqs.no-memory': check('memdup_user', 'No memory for a copy of the data.', '4 step 4', MAIN),
  'dispatch.action': check(
    'vfio_pci_set_irqs_ioctl',
    'This index has no handler for these action bits. MSI, MSI-X, ERR and REQ accept only TRIGGER; exactly one action bit must be set.',
    '5',
    INTRS,
  ),
  'msi.other-mode': check(
    'vfio_pci_set_msi_trigger',
    'Another interrupt mode is enabled; disable it first.',
    '6.1 step 2',
    INTRS,
  ),
  'msi.not-enabled': check(
    'vfio_pci_set_msi_trigger',
    'This index is not enabled, so it cannot be triggered or disabled.',
    '6.1 step 4',
    INTRS,
  ),
  'msi.trigger-range': check(
    'vfio_pci_set_msi_trigger',
    'Before v6.5 a loopback trigger must stay inside the vectors allocated at enable.',
    '6.1 step 5',
    INTRS,
  ),
  'msi.block-range': check(
    'vfio_msi_set_block',
    'Before v6.5 a block must stay inside the vectors allocated at enable. No vector has changed.',
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
    'V2 has contexts only for the enabled range. This vector has none, and the irq domain cannot add vectors.',
    '18.4 step 1',
    INTRS,
  ),
  'msi.no-irq': check(
    'pci_irq_vector',
    'This vector has no Linux irq, and the driver cannot allocate one now.',
    '7.7',
    'drivers/pci/msi/api.c',
  ),
  'msi.ctx-memory': check('vfio_irq_ctx_alloc', 'No memory for the vector’s context.', '6.4 step 5', INTRS),
  'msi.array-memory': check('vfio_msi_enable', 'No memory for the array of contexts.', '6.2 step 2', INTRS),
  'msi.name-memory': check('kasprintf', 'No memory for the handler’s name.', '6.4 step 6', INTRS),
  'msi.no-vectors': check(
    'pci_alloc_irq_vectors',
    'start + count is 0, and the PCI core allocates at least 1 vector.',
    '7.1',
    'drivers/pci/msi/api.c',
  ),
  'msi.not-d0': check(
    'pci_alloc_irq_vectors',
    'The device is in D3hot, and the PCI core enables MSI and MSI-X only in D0.',
    '7.1',
    'drivers/pci/msi/msi.c',
  ),
  'msi.too-few': check(
    'vfio_msi_enable',
    'Fewer vectors are available than requested. The ioctl returns their number and enables none.',
    '6.2 step 5',
    INTRS,
  ),
  'msi.no-host-irqs': check('pci_alloc_irq_vectors', 'The host has no free irq.', '7.1', 'kernel/irq/msi.c'),
  'msi.alloc-at': check(
    'pci_msix_alloc_irq_at',
    'The PCI core cannot add this vector to enabled MSI-X: no free irq, no dynamic allocation, past the table, or in use.',
    '7.2',
    'drivers/pci/msi/api.c',
  ),
  'irq.no-cpu-vector': check(
    'request_irq',
    'x86 assigns a CPU vector when a handler is installed, and no CPU vector is free.',
    '7.3',
    'arch/x86/kernel/apic/vector.c',
  ),
  'msi.no-cpu-vector': check(
    'pci_msix_alloc_irq_at',
    'A vector below every allocated one needs its CPU vector at allocation, and no CPU vector is free.',
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
    'The descriptor is open but is not an eventfd.',
    '6.4 step 7',
    EVENTFD,
  ),
  'eventfd.empty': check('eventfd_read', 'The counter is 0 and the eventfd is non-blocking.', '11', EVENTFD),
  'eventfd.full': check(
    'eventfd_write',
    'The sum would exceed 2^64 − 2 and the eventfd is non-blocking.',
    '11',
    EVENTFD,
  ),
  'eventfd.write-size': check(
    'eventfd_write',
    'A write to an eventfd contains 8 bytes. Kernels before 6.9 ignore further bytes.',
    '11',
    EVENTFD,
  ),
  'eventfd.write-max': check(
    'eventfd_write',
    'An eventfd does not accept the value 2^64 − 1.',
    '11',
    EVENTFD,
  ),
  'fd.closed': check('fdget', 'The number is not an open file descriptor.', '11', 'fs/read_write.c'),
  'intx.state': check(
    'vfio_pci_set_intx_trigger',
    'INTx accepts start 0 and count 1, while INTx or no mode is enabled.',
    '9',
    INTRS,
  ),
  'intx.not-enabled': check(
    'vfio_pci_set_intx_trigger',
    'INTx is not enabled, so it cannot be triggered or disabled.',
    '9',
    INTRS,
  ),
  'intx.mask-state': check(
    'vfio_pci_set_intx_mask',
    'MASK needs enabled INTx, start 0 and count 1.',
    '9',
    INTRS,
  ),
  'intx.mask-eventfd': check(
    'vfio_pci_set_intx_mask',
    'Linux does not implement masking by an eventfd.',
    '9',
    INTRS,
  ),
  'intx.unmask-state': check(
    'vfio_pci_set_intx_unmask',
    'UNMASK needs enabled INTx, start 0 and count 1.',
    '9',
    INTRS,
  ),
  'intx.no-pin': check('vfio_intx_enable', 'The device has no usable interrupt pin.', '9', INTRS),
  'intx.not-connected': check(
    'request_irq',
    'The pin has no Linux irq (IRQ_NOTCONNECTED); kernels before 6.15 detect it only here.',
    '9',
    'kernel/irq/manage.c',
  ),
  'intx.pin-busy': check(
    'request_irq',
    'Another driver’s handler is on the pin’s irq, and __setup_irq wants IRQF_SHARED of both. vfio-pci sets it only if the device can mask its pin (pci_2_3), so not with nointxmask.',
    '9',
    'kernel/irq/manage.c',
  ),
  'intx.memory': check('vfio_intx_enable', 'No memory for the INTx context or its name.', '9', INTRS),
  'virqfd.busy': check(
    'vfio_virqfd_enable',
    'An unmask eventfd is installed already.',
    '9',
    'drivers/vfio/virqfd.c',
  ),
  'virqfd.memory': check('vfio_virqfd_enable', 'No memory for the virqfd.', '9', 'drivers/vfio/virqfd.c'),
  'single.range': check(
    'vfio_pci_set_err_trigger',
    'ERR and REQ have one interrupt: start 0, count 0 or 1.',
    '10',
    INTRS,
  ),
  'single.empty': check(
    'vfio_pci_set_ctx_trigger_single',
    'No eventfd is set, so it cannot be signalled or cleared.',
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
    '−1 is the only negative number that means "no eventfd" here.',
    '10',
    INTRS,
  ),
  'single.memory': check(
    'vfio_pci_set_ctx_trigger_single',
    'No memory for the object that stores the eventfd of ERR or REQ.',
    '10',
    INTRS,
  ),
  'info.index': check(
    'vfio_pci_ioctl_get_irq_info',
    'Indexes are 0 to 4; before Linux 7.3 only PCI Express devices have ERR.',
    '3',
    CORE,
  ),
  'config.past-end': check(
    'vfio_pci_config_rw',
    'The access reaches past the end of config space.',
    '8',
    'drivers/vfio/pci/vfio_pci_config.c',
  ),
  'reset.none': check('vfio_pci_ioctl_reset', 'This device has no working reset.', '8', CORE),
  'hot_reset.none': check(
    'vfio_pci_ioctl_pci_hot_reset',
    'Neither the slot nor the bus of the device can be reset.',
    '8',
    CORE,
  ),
  'hot_reset.space': check(
    'vfio_pci_ioctl_get_pci_hot_reset_info',
    'argsz has no room for the list of devices; the caller asks again with the returned count.',
    '8',
    CORE,
  ),
  'raise.unable': check(
    'raise',
    'The device cannot raise this interrupt in its present state.',
    '11',
    'device model',
  ),
  'raise.closed': check(
    'raise',
    'The device is closed, so it cannot be made to raise an interrupt.',
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

/** Every check id, in the order of the table. */
export const CHECK_IDS: readonly CheckId[] = Object.keys(CHECKS).filter(isCheckId);
