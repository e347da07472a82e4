// The reason of each check, by its id: the test and its purpose in one sentence, for a kernel developer. The page needs the reasons
// for its first picture, and the rest of checks.ts later.

/** All reasons; the first part of an id names the place, the rest names the test. */
export const REASONS = {
  'ioctl.device-closed': 'The device has no open descriptor.',
  'set_irqs.header-copy':
    'The kernel could not read the 20-byte header of struct vfio_irq_set from user memory.',
  'set_irqs.argsz': 'argsz must cover the 20-byte header of struct vfio_irq_set.',
  'set_irqs.index': 'PCI devices have the indexes INTx, MSI, MSI-X, ERR and REQ (0 to 4).',
  'set_irqs.overflow': 'count >= U32_MAX - start: start + count could overflow 32 bits.',
  'set_irqs.unknown-flag': 'flags has a bit besides the three data bits and the three action bits.',
  'set_irqs.start': 'start must be below the number of interrupts of this index, even for a disable.',
  'set_irqs.range': 'start + count must not exceed the number of interrupts of this index.',
  'set_irqs.data-type': 'Exactly one of DATA_NONE, DATA_BOOL and DATA_EVENTFD must be set.',
  'set_irqs.data-size': 'argsz is too small for count elements of the data type.',
  'set_irqs.data-copy': 'argsz includes data that is not mapped in user memory.',
  'set_irqs.no-memory': 'No memory for a copy of the data.',
  'dispatch.action':
    'This index has no handler for these action bits. MSI, MSI-X, ERR and REQ accept only TRIGGER; exactly one action bit must be set.',
  'msi.other-mode': 'Another interrupt mode is enabled; disable it first.',
  'msi.not-enabled': 'This index is not enabled, so it cannot be triggered or disabled.',
  'msi.trigger-range': 'Before v6.5 a loopback trigger must stay inside the vectors allocated at enable.',
  'msi.block-range':
    'Before v6.5 a block must stay inside the vectors allocated at enable. No vector has changed.',
  'msi.vector-range': 'Before v6.5 a vector must lie inside the vectors allocated at enable.',
  'msi.no-ctx':
    'V2 has contexts only for the enabled range. This vector has none, and the irq domain cannot add vectors.',
  'msi.no-irq': 'This vector has no Linux irq, and the driver cannot allocate one now.',
  'msi.ctx-memory': 'No memory for the vector’s context.',
  'msi.array-memory': 'No memory for the array of contexts.',
  'msi.name-memory': 'No memory for the handler’s name.',
  'msi.no-vectors': 'start + count is 0, and the PCI core allocates at least 1 vector.',
  'msi.not-d0': 'The device is in D3hot, and the PCI core enables MSI and MSI-X only in D0.',
  'msi.too-few':
    'Fewer vectors are available than requested. The ioctl returns their number and enables none.',
  'msi.no-host-irqs': 'The host has no free irq.',
  'msi.alloc-at':
    'The PCI core cannot add this vector to enabled MSI-X: no free irq, no dynamic allocation, past the table, or in use.',
  'irq.no-cpu-vector': 'x86 assigns a CPU vector when a handler is installed, and no CPU vector is free.',
  'msi.no-cpu-vector':
    'A vector below every allocated one needs its CPU vector at allocation, and no CPU vector is free.',
  'irq.request': 'The irq core could not install the handler.',
  'eventfd.closed': 'The number is not an open file descriptor.',
  'eventfd.not-eventfd': 'The descriptor is open but is not an eventfd.',
  'eventfd.empty': 'The counter is 0 and the eventfd is non-blocking.',
  'eventfd.full': 'The sum would exceed 2^64 − 2 and the eventfd is non-blocking.',
  'eventfd.write-size': 'A write to an eventfd contains 8 bytes. Kernels before 6.9 ignore further bytes.',
  'eventfd.write-max': 'An eventfd does not accept the value 2^64 − 1.',
  'fd.closed': 'The number is not an open file descriptor.',
  'intx.state': 'INTx accepts start 0 and count 1, while INTx or no mode is enabled.',
  'intx.not-enabled': 'INTx is not enabled, so it cannot be triggered or disabled.',
  'intx.mask-state': 'MASK needs enabled INTx, start 0 and count 1.',
  'intx.mask-eventfd': 'Linux does not implement masking by an eventfd.',
  'intx.unmask-state': 'UNMASK needs enabled INTx, start 0 and count 1.',
  'intx.no-pin': 'The device has no usable interrupt pin.',
  'intx.not-connected':
    'The pin has no Linux irq (IRQ_NOTCONNECTED); kernels before 6.15 detect it only here.',
  'intx.pin-busy':
    'Another driver has the pin’s irq, and __setup_irq wants IRQF_SHARED of both; vfio-pci sets it only with pci_2_3, not with nointxmask.',
  'intx.memory': 'No memory for the INTx context or its name.',
  'virqfd.busy': 'An unmask eventfd is installed already.',
  'virqfd.memory': 'No memory for the virqfd.',
  'single.range': 'ERR and REQ have one interrupt: start 0, count 0 or 1.',
  'single.empty': 'No eventfd is set, so it cannot be signalled or cleared.',
  'single.count': 'DATA_BOOL and DATA_EVENTFD need one element.',
  'single.negative': '−1 is the only negative number that means "no eventfd" here.',
  'single.memory': 'No memory for the object that stores the eventfd of ERR or REQ.',
  'info.index': 'Indexes are 0 to 4; before Linux 7.3 only PCI Express devices have ERR.',
  'config.past-end': 'The access reaches past the end of config space.',
  'reset.none': 'This device has no working reset.',
  'hot_reset.none': 'Neither slot nor bus of the device can be reset.',
  'hot_reset.space': 'argsz has no room for the list of devices.',
  'raise.unable': 'The device cannot raise this interrupt in its present state.',
  'raise.closed': 'The device is closed, so it cannot be made to raise an interrupt.',
  'fault.injected': 'The script injects this failure.',
} as const satisfies Readonly<Record<string, string>>;
