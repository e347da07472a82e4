// Every term of the kernel that stands on the screen, explained in one sentence with its source. A term is found by any
// of its spellings.

import { ERRNO_TERMS, FIELD_TERMS } from './glossaryFields.ts';

/** A term. */
export interface Term {
  /** As it is written in headings. */
  readonly term: string;
  /** Other spellings under which it stands on the screen. */
  readonly also: readonly string[];
  readonly text: string;
  readonly source: string;
}

const KERNEL_TERMS: readonly Term[] = [
  {
    term: 'argsz',
    also: [],
    text: 'Size in bytes of the struct that the caller passes, header and data together; too small for the data is EINVAL, larger is fine.',
    source: 'include/uapi/linux/vfio.h, struct vfio_irq_set',
  },
  {
    term: 'attached',
    also: ['attach', 'bound'],
    text: 'The vector has an eventfd: its irq has a handler, and its table entry is unmasked.',
    source: 'vfio_msi_set_vector_signal()',
  },
  {
    term: 'cached',
    also: ['cache'],
    text: 'The vector has an irq and no eventfd; the irq is kept until pci_free_irq_vectors() gives all of them back.',
    source: 'vfio_msi_alloc_irq(), comment in v6.5',
  },
  {
    term: 'coalesced',
    also: [],
    text: 'The device fired again while an interrupt of the vector was pending, so the two become one.',
    source: 'PCI specification, pending bit array',
  },
  {
    term: 'CPU vector',
    also: ['CPU vectors', 'cpu_vectors'],
    text: 'One of about 200 interrupt numbers of an x86 processor; an MSI-X irq takes one only while it has a handler, and a reservation before.',
    source: 'arch/x86/kernel/apic/vector.c; recordings exhaust-*',
  },
  {
    term: 'ctx',
    also: ['vfio ctx', 'vfio_pci_irq_ctx', 'num_ctx'],
    text: 'The driver’s link between a vector and its eventfd; an array up to 6.4, an xarray of those in use from 6.5 on.',
    source: 'drivers/vfio/pci/vfio_pci_intrs.c',
  },
  {
    term: 'DATA_BOOL',
    also: ['VFIO_IRQ_SET_DATA_BOOL', 'bool'],
    text: 'One byte a vector follows; what is not 0 selects the vector.',
    source: 'include/uapi/linux/vfio.h',
  },
  {
    term: 'DATA_EVENTFD',
    also: ['VFIO_IRQ_SET_DATA_EVENTFD'],
    text: 'One descriptor a vector follows; −1 detaches.',
    source: 'include/uapi/linux/vfio.h',
  },
  {
    term: 'DATA_NONE',
    also: ['VFIO_IRQ_SET_DATA_NONE', 'none'],
    text: 'No data follows; with TRIGGER it triggers count vectors, and a count of 0 disables the index.',
    source: 'include/uapi/linux/vfio.h',
  },
  {
    term: 'detached',
    also: ['detach'],
    text: 'The eventfd is taken away from a vector: the handler goes, and the entry is masked.',
    source: 'vfio_msi_set_vector_signal()',
  },
  {
    term: 'DisINTx',
    also: ['INTx disable'],
    text: 'Bit 10 of the command register: while it is set the device does not assert its pin.',
    source: 'PCI specification, command register',
  },
  {
    term: 'dynamic',
    also: ['≥ 6.5 dynamic'],
    text: 'The driver from Linux 6.5 on: single vectors can be allocated later, and every irq is kept until the mode is left.',
    source: 'commit e4163438e015',
  },
  {
    term: 'ERR',
    also: ['err_trigger', 'VFIO_PCI_ERR_IRQ_INDEX'],
    text: 'The index whose eventfd is signalled at an uncorrectable PCI Express error; it is no interrupt of the device.',
    source: 'vfio_pci_set_err_trigger()',
  },
  {
    term: 'eventfd',
    also: ['eventfds', 'eventfd_ctx'],
    text: 'A counter in the kernel behind a descriptor: a signal adds 1, a read takes all; bindings hold the object, not the descriptor.',
    source: 'eventfd(2); fs/eventfd.c',
  },
  {
    term: 'function mask',
    also: ['Masked'],
    text: 'One bit of the MSI-X capability that masks every vector of the function at once.',
    source: 'PCI specification, MSI-X message control',
  },
  {
    term: 'has_dyn_msix',
    also: [],
    text: 'The irq domain of this device can allocate MSI-X vectors after MSI-X was enabled; read once when the device is opened.',
    source: 'pci_msix_can_alloc_dyn(); commit dd27a7070038',
  },
  {
    term: 'INTx',
    also: ['pin'],
    text: 'The device’s interrupt pin: shared, level-triggered, and masked by the host at every interrupt until user space unmasks it.',
    source: 'vfio_intx_handler()',
  },
  {
    term: 'irq bypass',
    also: ['producer', 'irq_bypass_register_producer'],
    text: 'A registration by which KVM may inject an interrupt without waking the host’s handler; it is known by its eventfd, so one eventfd can have one.',
    source: 'virt/lib/irqbypass.c',
  },
  {
    term: 'irq_type',
    also: [],
    text: 'The mode that the driver has on: INTx, MSI or MSI-X, or none.',
    source: 'struct vfio_pci_core_device',
  },
  {
    term: 'Linux irq',
    also: ['irq', 'irqs'],
    text: 'A number of the kernel for one interrupt of one device, with its handler; allocated for a vector, and not the same as the vector.',
    source: 'kernel/irq/; /proc/interrupts',
  },
  {
    term: 'loopback',
    also: [],
    text: 'SET_IRQS with TRIGGER and DATA_NONE or DATA_BOOL: the driver signals the eventfd as if the device had fired.',
    source: 'vfio_pci_set_msi_trigger()',
  },
  {
    term: 'lost',
    also: [],
    text: 'An interrupt of the device that reaches nobody: its mode is off, bus mastering is off, or the message was wiped.',
    source: 'recordings bad-first-on-enable, msi-single',
  },
  {
    term: 'message',
    also: ['MSI message', 'address and data'],
    text: 'Where the device writes to interrupt, and what: 64 bits of address and 32 of data in the table entry, programmed by the host kernel.',
    source: 'struct msi_msg',
  },
  {
    term: 'MSI',
    also: [],
    text: 'Message signalled interrupts: up to 32 vectors in one block, with one address; without remapping x86 grants one.',
    source: 'PCI specification, MSI capability',
  },
  {
    term: 'MSI-X table',
    also: ['table entry', 'vector table', 'entry'],
    text: 'The device’s own table: for each vector a message and a mask bit; it exists whether or not an irq was allocated.',
    source: 'PCI specification, MSI-X table',
  },
  {
    term: 'NORESIZE',
    also: ['VFIO_IRQ_INFO_NORESIZE'],
    text: 'A flag of GET_IRQ_INFO: to have more vectors than the enabling call asked for, all have to be disabled first.',
    source: 'include/uapi/linux/vfio.h; commit 6c8017c6a58d clears it for MSI-X',
  },
  {
    term: 'original allocation',
    also: ['original'],
    text: 'The irqs that the enabling call allocated, 0 to start + count − 1, in contrast to those added one by one later.',
    source: '"Re: [PATCH V3 09/10]", maintainer, 18 April 2023',
  },
  {
    term: 'pci_free_irq_vectors',
    also: ['teardown'],
    text: 'Disables MSI or MSI-X in the PCI core and releases every irq of the device; in the merged driver the only place that releases any.',
    source: 'drivers/pci/msi/api.c',
  },
  {
    term: 'pending',
    also: ['PBA', 'pending bit'],
    text: 'The device wanted to interrupt while the vector was masked; the bit in its pending bit array stays until the vector is unmasked.',
    source: 'PCI specification, pending bit array',
  },
  {
    term: 'raise',
    also: ['raised'],
    text: 'The device asks for an interrupt; what becomes of it follows from the layers.',
    source: 'an operation of irqscope and of its recordings',
  },
  {
    term: 'REQ',
    also: ['req_trigger', 'VFIO_PCI_REQ_IRQ_INDEX'],
    text: 'The index whose eventfd is signalled when the host wants the device back.',
    source: 'vfio_pci_set_req_trigger()',
  },
  {
    term: 'reservation',
    also: ['reserved'],
    text: 'A promise of a CPU vector for an irq that has no handler; only a count, so a cached irq costs no CPU vector.',
    source: 'arch/x86/kernel/apic/vector.c; recording exhaust-block, step 2',
  },
  {
    term: 'SET_IRQS',
    also: ['VFIO_DEVICE_SET_IRQS'],
    text: 'The one ioctl that attaches, detaches, triggers, masks and disables the interrupts of a VFIO device.',
    source: 'include/uapi/linux/vfio.h',
  },
  {
    term: 'static',
    also: ['≤ 6.4 static'],
    text: 'The driver up to Linux 6.4: the enabling call fixes the range of vectors.',
    source: 'v6.4 drivers/vfio/pci/vfio_pci_intrs.c',
  },
  {
    term: 'unwind',
    also: ['unwinding'],
    text: 'After a failure in a block the vectors of the block are detached; what was attached to them before does not come back.',
    source: 'vfio_msi_set_block()',
  },
  {
    term: 'V2',
    also: ['V2 patch'],
    text: 'The second version of the series, March 2023: an irq is freed when its eventfd goes.',
    source: '"[PATCH V2 0/8]", 28 March 2023',
  },
  {
    term: 'V3',
    also: ['V3 patch', 'V3 as posted'],
    text: 'The third version of the series, April 2023: irqs are cached, but freed when an assignment fails.',
    source: '"[PATCH V3 00/10]", 18 April 2023',
  },
  {
    term: 'vector',
    also: ['vectors'],
    text: 'The number of an interrupt within the device: for MSI-X the index of its table entry.',
    source: 'PCI specification, MSI-X',
  },
  {
    term: 'virqfd',
    also: ['unmask eventfd'],
    text: 'An eventfd that, when it is signalled, unmasks INTx from inside the kernel; KVM’s resampling uses it.',
    source: 'drivers/vfio/virqfd.c',
  },
];

/** The terms in alphabetical order. */
export const GLOSSARY: readonly Term[] = [...KERNEL_TERMS, ...FIELD_TERMS, ...ERRNO_TERMS].sort((a, b) =>
  a.term.toLowerCase().localeCompare(b.term.toLowerCase(), 'en'),
);

const bySpelling = new Map(
  GLOSSARY.flatMap((entry) =>
    [entry.term, ...entry.also].map((word) => [word.toLowerCase(), entry] as const),
  ),
);

/** The term of that spelling, or null. */
export function termOf(word: string): Term | null {
  return bySpelling.get(word.toLowerCase()) ?? null;
}

/** A word that can stand in a sentence: longer spellings first, so that "vfio ctx" is not read as "ctx". */
const WORDS = [...bySpelling.keys()]
  .filter((word) => word.length > 2)
  .sort((a, b) => b.length - a.length)
  .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const IN_TEXT = new RegExp(`(?<!\\w)(?:${WORDS.join('|')})(?![\\w-])`, 'gi');

/** Words of everyday English that are terms only where they head something. */
const PLAIN: ReadonlySet<string> = new Set(
  'action bool count data delivered entry failed flags freed index mask message none original pin raise raised start'.split(
    ' ',
  ),
);

/** The terms that a text uses, each once: errnos before the others, else in the order in which it uses them. */
export function termsIn(text: string): readonly Term[] {
  const found = new Set<Term>();
  for (const [word] of text.matchAll(IN_TEXT)) {
    const one = termOf(word);
    if (one !== null && !PLAIN.has(word.toLowerCase())) found.add(one);
  }
  const errnos = ERRNO_TERMS.filter((one) => found.has(one));
  return [...errnos, ...[...found].filter((one) => !errnos.includes(one))];
}
