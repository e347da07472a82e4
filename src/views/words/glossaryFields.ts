// The fields of struct vfio_irq_set and the errnos in the words of the glossary (glossary.ts).

import type { Term } from './glossary.ts';

const UAPI = 'include/uapi/linux/vfio.h, struct vfio_irq_set';
const term = (name: string, source: string, text: string, ...also: readonly string[]): Term => ({
  term: name,
  also,
  text,
  source,
});

/** What a caller fills in, and what the screen counts. */
export const FIELD_TERMS: readonly Term[] = [
  term('action', UAPI, 'What SET_IRQS does: exactly one of MASK, UNMASK and TRIGGER in flags.'),
  term('bools', UAPI, 'The bytes behind the header with DATA_BOOL, one for each of the count vectors.'),
  term(
    'bytes',
    UAPI,
    'The data behind the header as the kernel gets it, whatever argsz, count and flags say of it.',
  ),
  term(
    'count',
    UAPI,
    'How many vectors are meant, from start on; 0 with DATA_NONE and TRIGGER disables the whole index.',
  ),
  term(
    'data',
    UAPI,
    'What follows the header: nothing, one byte a vector, or one descriptor a vector; one of the DATA bits in flags.',
  ),
  term(
    'delivered',
    'vfio_msihandler(), fs/eventfd.c',
    'The interrupt reached its handler, which has added 1 to the eventfd of the vector.',
  ),
  term(
    'failed',
    'vfio_msi_set_vector_signal(), vfio_msi_set_block()',
    'The assignment of a descriptor to this vector was refused, and the ioctl with it.',
  ),
  term(
    'fds',
    UAPI,
    'The descriptors behind the header with DATA_EVENTFD, one for each of the count vectors; −1 detaches.',
    'fd',
  ),
  term('flags', UAPI, 'One action bit and one data bit; any other combination is EINVAL.'),
  term(
    'freed',
    'kernel/irq/irqdesc.c',
    'The Linux irq was given back: its number can go to another vector or another device.',
  ),
  term('index', UAPI, 'Which kind of interrupt is meant: INTx, MSI, MSI-X, ERR or REQ.'),
  term(
    'kind',
    UAPI,
    'How the bytes behind the header are written down: none, one byte each, or descriptors of four bytes each.',
  ),
  term(
    'mask bit',
    'PCI specification, MSI-X table',
    'One bit of the table entry: while it is set the device keeps the interrupt of this vector pending.',
    'mask',
  ),
  term(
    'signal',
    'fs/eventfd.c, eventfd_signal()',
    'The kernel adds 1 to the counter of an eventfd and wakes who waits on it.',
    'signalled',
  ),
  term('start', UAPI, 'The first vector that is meant.'),
  term(
    'trigger',
    'include/uapi/linux/vfio.h; drivers/vfio/pci/vfio_pci_intrs.c',
    'As an action: attach eventfds, or signal them; in the driver: the eventfd of a context.',
  ),
  term(
    'unmask',
    'include/uapi/linux/vfio.h; vfio_pci_set_irqs_ioctl()',
    'The action that lets a masked interrupt through again; vfio-pci has it for INTx, and for MSI-X it is ENOTTY.',
  ),
];

/** Every errno that a result can show, in the words of these paths. */
export const ERRNO_TERMS: readonly Term[] = [
  term('EACCES', 'errno(3)', 'Permission is denied; here it comes from an injected fault alone.'),
  term(
    'EAGAIN',
    'fs/eventfd.c, eventfd_read()',
    'The counter of the eventfd is 0 and the read does not wait.',
  ),
  term(
    'EBADF',
    'fs/eventfd.c, eventfd_fget()',
    'A number in fds is not an open descriptor; the driver has detached the vector before it looks, so the vector stays detached.',
  ),
  term(
    'EBUSY',
    'virt/lib/irqbypass.c; drivers/vfio/virqfd.c',
    'Something is in use: the eventfd has a producer already, or INTx has an unmask eventfd already.',
  ),
  term('EEXIST', 'errno(3)', 'It is there already.'),
  term(
    'EFAULT',
    'drivers/vfio/pci/vfio_pci_core.c, copy_from_user()',
    'The header or the data behind it cannot be read from the memory of the caller.',
  ),
  term(
    'EINVAL',
    'vfio_set_irqs_validate_and_prepare(); vfio_pci_intrs.c',
    'The request contradicts itself, its range or the mode that is on, or a descriptor in fds is no eventfd.',
  ),
  term('EIO', 'device model', 'The device does not answer.'),
  term('EMFILE', 'errno(3)', 'The process has no descriptor left.'),
  term('ENODEV', 'drivers/vfio/', 'The device is closed or gone.'),
  term('ENOENT', 'errno(3)', 'There is no such thing.'),
  term('ENOMEM', 'kzalloc(), kasprintf()', 'The kernel had no memory for a context or a name.'),
  term(
    'ENOSPC',
    'drivers/pci/msi/; arch/x86/kernel/apic/vector.c',
    'There is no irq, or no CPU vector, left.',
  ),
  term('ENOTCONN', 'errno(3)', 'It is not connected.'),
  term(
    'ENOTSUPP',
    'drivers/pci/msi/api.c',
    'An errno of the kernel’s own, 524, that reaches user space: the PCI core cannot do it on this device.',
  ),
  term(
    'ENOTTY',
    'vfio_pci_set_irqs_ioctl()',
    'This driver has no function for this action on this index: MASK and UNMASK of MSI and MSI-X, for instance.',
  ),
  term('EOPNOTSUPP', 'device model', 'The device cannot do this in its present state.'),
  term('EPERM', 'errno(3)', 'The operation is not permitted.'),
  term('ERANGE', 'errno(3)', 'A number is out of range.'),
];
