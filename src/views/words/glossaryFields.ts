// The fields of struct vfio_irq_set and the errnos as glossary terms (glossary.ts).

import type { Term } from './glossary.ts';

const UAPI = 'struct vfio_irq_set';
const FAULT = 'errno(3); docs/driver.md §12.2';
const term = (name: string, source: string, text: string, ...also: readonly string[]): Term => ({
  term: name,
  also,
  text,
  source,
});

/** The fields that a caller fills in, and the counts on the screen. */
export const FIELD_TERMS: readonly Term[] = [
  term('action', UAPI, 'The effect of SET_IRQS: exactly one of MASK, UNMASK and TRIGGER in flags.'),
  term('bools', UAPI, 'The bytes after the header with DATA_BOOL, one for each of the count vectors.'),
  term(
    'bytes',
    UAPI,
    'The data after the header as the kernel receives it, even if argsz, count and flags disagree with it.',
  ),
  term(
    'count',
    UAPI,
    'The number of vectors, from start on; 0 with DATA_NONE and TRIGGER disables the whole index.',
  ),
  term(
    'data',
    UAPI,
    'The bytes after the header: zero bytes, one byte per vector or one descriptor per vector; a DATA bit in flags selects the type.',
  ),
  term(
    'delivered',
    'vfio_msihandler(); eventfd_signal()',
    'The interrupt reached its handler, which added 1 to the eventfd of the vector.',
  ),
  term(
    'failed',
    'vfio_msi_set_vector_signal(); vfio_msi_set_block()',
    'The assignment of a descriptor to this vector failed, and the ioctl with it.',
  ),
  term(
    'fds',
    UAPI,
    'The descriptors after the header with DATA_EVENTFD, one for each of the count vectors; −1 detaches.',
    'fd',
  ),
  term(
    'flags',
    'vfio_set_irqs_validate_and_prepare(); vfio_pci_set_irqs_ioctl(); docs/facts.md 2, 3',
    'One action bit and one data bit; two or no data bits give EINVAL, two or no action bits give ENOTTY.',
  ),
  term(
    'freed',
    'irq_free_descs()',
    'The Linux irq is released: its number can go to another vector or another device.',
  ),
  term('index', UAPI, 'The kind of interrupt: INTx, MSI, MSI-X, ERR or REQ.'),
  term(
    'kind',
    UAPI,
    'The format of the data after the header: no data, one byte per vector, or one descriptor of four bytes per vector.',
  ),
  term(
    'mask bit',
    'PCI specification, MSI-X table',
    'A bit of the table entry: while it is set, the device keeps the interrupt of this vector pending.',
    'mask',
  ),
  term(
    'signal',
    'eventfd_signal()',
    'The kernel adds 1 to the counter of an eventfd and wakes its waiters.',
    'signalled',
  ),
  term('start', UAPI, 'The first vector of the range.'),
  term(
    'trigger',
    'include/uapi/linux/vfio.h; struct vfio_pci_irq_ctx',
    'As an action: attaches eventfds, or signals them; in the driver: the eventfd of a context.',
  ),
  term(
    'unmask',
    'include/uapi/linux/vfio.h; vfio_pci_set_irqs_ioctl()',
    'The action that unmasks an interrupt; vfio-pci has it for INTx only and returns ENOTTY for every other index.',
  ),
];

/** Every errno that a result can show, with its meaning on these paths. */
export const ERRNO_TERMS: readonly Term[] = [
  term('EACCES', FAULT, 'Permission denied; only an injected fault returns it here.'),
  term(
    'EAGAIN',
    'eventfd_read(); eventfd_write()',
    'The eventfd is non-blocking, and a read finds 0 or a write would exceed 2^64 − 2.',
  ),
  term(
    'EBADF',
    'eventfd_ctx_fdget(); docs/driver.md §6.4, §9 and §10; docs/facts.md 12, 26',
    'A descriptor is not open; MSI and MSI-X detach the vector before the lookup, so it stays detached, whereas persistent INTx, ERR and REQ keep their old eventfd.',
  ),
  term(
    'EBUSY',
    '__setup_irq(); vfio_virqfd_enable(); irq_bypass_register_producer(); docs/driver.md §9; docs/facts.md 20, 26',
    'Another driver has the pin’s irq and the two cannot share it, INTx has an unmask eventfd already, or the eventfd has a producer already, which vfio-pci only logs.',
  ),
  term('EEXIST', FAULT, 'The object exists already; only an injected fault returns it here.'),
  term(
    'EFAULT',
    'vfio_pci_ioctl_set_irqs(); memdup_user(); vfio_pci_config_rw()',
    'The caller’s memory cannot be read, or the offset is past the end of config space.',
  ),
  term(
    'EINVAL',
    'vfio_set_irqs_validate_and_prepare(); eventfd_ctx_fdget(); docs/driver.md §4',
    'A field or range of the request is invalid, another mode is enabled, or a descriptor is not an eventfd.',
  ),
  term(
    'EIO',
    'docs/driver.md §11',
    'The device model returns it for raise while memory space is off, or in D3hot, and the device does not respond.',
  ),
  term('EMFILE', FAULT, 'The process has no free descriptor; only an injected fault returns it here.'),
  term(
    'ENODEV',
    'vfio_intx_enable(); vfio_pci_ioctl_pci_hot_reset(); docs/driver.md §8, §9',
    'INTx has no usable irq, or neither slot nor bus can be reset; raise also returns it while the device is closed.',
  ),
  term('ENOENT', FAULT, 'The object does not exist; only an injected fault returns it here.'),
  term(
    'ENOMEM',
    'memdup_user(); kasprintf(); docs/driver.md §12.2',
    'The kernel had no memory for the data, a context or a name.',
  ),
  term(
    'ENOSPC',
    'activate_reserved(); docs/facts.md 9; docs/driver.md §8',
    'The host has no irq or no CPU vector left, or argsz has no room for the functions of a hot reset.',
  ),
  term(
    'ENOTCONN',
    'commit 860be250fc32; docs/driver.md §9',
    'The pin is not connected to an interrupt controller; request_irq returned it for such a pin before Linux 6.15.',
  ),
  term(
    'ENOTSUPP',
    'pci_msix_alloc_irq_at(); docs/driver.md §7.1 and §7.2',
    'A kernel-internal errno, 524, that reaches user space: the irq domain has no MSI-X, or cannot add vectors to enabled MSI-X.',
  ),
  term(
    'ENOTTY',
    'vfio_pci_set_irqs_ioctl(); vfio_pci_set_intx_mask(); docs/facts.md 3',
    'The index has no handler for these action bits, for instance MASK of MSI-X, MASK of INTx by an eventfd, or two action bits.',
  ),
  term(
    'EOPNOTSUPP',
    'docs/driver.md §11',
    'The device model cannot raise this interrupt in its present mode.',
  ),
  term('EPERM', FAULT, 'The operation is not permitted; only an injected fault returns it here.'),
  term(
    'ERANGE',
    'pci_alloc_irq_vectors(); docs/facts.md 5',
    'An enabling call with start + count = 0 requests fewer vectors than the minimum of 1.',
  ),
];
