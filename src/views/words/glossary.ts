// Every kernel term on the screen, explained in one sentence with its source.

import { ERRNO_TERMS, FIELD_TERMS } from './glossaryFields.ts';

/** A term of the glossary. */
export interface Term {
  /** Its spelling in headings. */
  readonly term: string;
  /** Other spellings on the screen. */
  readonly also: readonly string[];
  readonly text: string;
  readonly source: string;
}

const KERNEL_TERMS: readonly Term[] = [
  {
    term: 'agree',
    also: ['agrees', 'agrees with'],
    text: 'A release, host or device agrees with a trace if the model has every traced result there.',
    source: 'docs/import.md, agreement',
  },
  {
    term: 'argsz',
    also: [],
    text: 'Size in bytes of the struct that the caller passes, header and data together; a size too small for the data is EINVAL, a larger one is accepted.',
    source: 'struct vfio_irq_set; vfio_set_irqs_validate_and_prepare()',
  },
  {
    term: 'attached',
    also: ['attach', 'bound'],
    text: 'The vector has an eventfd: its irq has a handler, and its MSI-X table entry is unmasked.',
    source: 'vfio_msi_set_vector_signal()',
  },
  {
    term: 'cached',
    also: ['cache'],
    text: 'The vector has an irq and no eventfd; in the merged driver the irq stays until pci_free_irq_vectors() frees all of them.',
    source: 'vfio_msi_alloc_irq(); docs/driver.md §6.4',
  },
  {
    term: 'client',
    also: [],
    text: 'The process that has the device’s descriptor: it sees the results of its calls and the counters of its eventfds, and nothing else of the host.',
    source: 'docs/clients.md',
  },
  {
    term: 'coalesced',
    also: [],
    text: 'The device raises the vector again while it is pending, so the two interrupts become one.',
    source: 'PCI specification, pending bit array; docs/driver.md §11',
  },
  {
    term: 'CPU vector',
    also: ['CPU vectors', 'cpu_vectors'],
    text: 'An interrupt number of an x86 processor, about 200 in all; an MSI-X irq usually takes one only when its handler is installed, and has only a reservation before.',
    source: 'activate_reserved(); docs/facts.md 9',
  },
  {
    term: 'ctx',
    also: ['vfio ctx', 'vfio_pci_irq_ctx', 'num_ctx'],
    text: 'The driver’s link between a vector and its eventfd; an array up to 6.4, from 6.5 on an xarray with an entry for each attached vector.',
    source: 'struct vfio_pci_irq_ctx',
  },
  {
    term: 'DATA_BOOL',
    also: ['VFIO_IRQ_SET_DATA_BOOL', 'bool'],
    text: 'One byte per vector follows the header; a byte other than 0 selects the vector.',
    source: 'include/uapi/linux/vfio.h',
  },
  {
    term: 'DATA_EVENTFD',
    also: ['VFIO_IRQ_SET_DATA_EVENTFD'],
    text: 'One descriptor per vector follows the header; −1 detaches.',
    source: 'include/uapi/linux/vfio.h',
  },
  {
    term: 'DATA_NONE',
    also: ['VFIO_IRQ_SET_DATA_NONE', 'none'],
    text: 'No data follows the header; TRIGGER then signals count vectors, and a count of 0 disables the index.',
    source: 'include/uapi/linux/vfio.h',
  },
  {
    term: 'detached',
    also: ['detach'],
    text: 'The vector has lost its eventfd: the handler is removed and the MSI-X table entry is masked.',
    source: 'vfio_msi_set_vector_signal()',
  },
  {
    term: 'DisINTx',
    also: ['INTx disable'],
    text: 'Bit 10 of the command register: while it is set, the device does not assert its pin.',
    source: 'PCI specification, command register; pci_intx()',
  },
  {
    term: 'dynamic',
    also: ['≥ 6.5 dynamic'],
    text: 'The driver from Linux 6.5 on: it allocates single vectors on demand and keeps every irq until the mode is disabled.',
    source: 'commit e4163438e015',
  },
  {
    term: 'ERR',
    also: ['err_trigger', 'VFIO_PCI_ERR_IRQ_INDEX'],
    text: 'The index whose eventfd is signalled at an uncorrectable PCI Express error; it is not an interrupt of the device.',
    source: 'vfio_pci_set_err_trigger(); docs/driver.md §10',
  },
  {
    term: 'eventfd',
    also: ['eventfds', 'eventfd_ctx'],
    text: 'A counter in the kernel behind a descriptor: a signal adds 1, a read returns the count and clears it; vectors refer to the object, not to the descriptor.',
    source: 'eventfd(2); eventfd_signal(); docs/driver.md §11',
  },
  {
    term: 'function mask',
    also: ['Masked'],
    text: 'A bit of the MSI-X capability that masks every vector of the function at once.',
    source: 'PCI specification, MSI-X message control',
  },
  {
    term: 'has_dyn_msix',
    also: [],
    text: 'The irq domain of this device can allocate MSI-X vectors after MSI-X is enabled; vfio-pci reads it once, at open.',
    source: 'pci_msix_can_alloc_dyn(); commit dd27a7070038',
  },
  {
    term: 'hold',
    also: ['hold (proposed)'],
    text: 'A proposal that no kernel has: dynamic, but a swap replaces the handler’s eventfd while the irq stays requested.',
    source: '"[PATCH v6 0/3]", Ben Luo, 2019; docs/driver.md §19.2',
  },
  {
    term: 'hot reset',
    also: ['hot_reset', 'VFIO_DEVICE_PCI_HOT_RESET'],
    text: 'A reset of every function of a slot or bus; the driver keeps contexts, irqs and eventfds, and the kernel writes its messages again.',
    source: 'vfio_pci_dev_set_hot_reset(); docs/driver.md §8',
  },
  {
    term: 'INTx',
    also: ['pin'],
    text: 'The device’s interrupt pin: level-triggered, usually shared, and masked by the host at every interrupt until user space unmasks it.',
    source: 'vfio_intx_handler(); docs/driver.md §9',
  },
  {
    term: 'irq bypass',
    also: ['producer', 'irq_bypass_register_producer'],
    text: 'A registration with which KVM can inject an interrupt without waking the host’s handler; each eventfd can have one producer.',
    source: 'irq_bypass_register_producer()',
  },
  {
    term: 'irqfd',
    also: ['irqfds', 'KVM_IRQFD'],
    text: 'An eventfd that KVM reads itself: a signal becomes an interrupt of the guest without waking QEMU’s main loop.',
    source: 'KVM_IRQFD, Linux 6.12 virt/kvm/eventfd.c; docs/clients.md',
  },
  {
    term: 'irq_type',
    also: [],
    text: 'The mode that the driver has enabled: INTx, MSI, MSI-X or none.',
    source: 'struct vfio_pci_core_device',
  },
  {
    term: 'Linux irq',
    also: ['irq', 'irqs'],
    text: 'The kernel’s number for one interrupt of one device; it is allocated for a vector and differs from the vector’s number.',
    source: '/proc/interrupts; docs/driver.md §1',
  },
  {
    term: 'loopback',
    also: [],
    text: 'SET_IRQS with TRIGGER and DATA_NONE or DATA_BOOL: the driver signals the eventfd as if the device had raised the interrupt.',
    source: 'vfio_pci_set_msi_trigger(); docs/facts.md 19',
  },
  {
    term: 'lost',
    also: [],
    text: 'An interrupt of the device that is delivered to no eventfd: no mode is enabled, no handler is installed, bus mastering is off or the message was cleared.',
    source: 'docs/driver.md §11; docs/facts.md 18, 29',
  },
  {
    term: 'message',
    also: ['MSI message', 'address and data'],
    text: 'The address and data that the device writes to raise an interrupt: 64 and 32 bits in the table entry, programmed by the host kernel.',
    source: 'struct msi_msg',
  },
  {
    term: 'MSI',
    also: [],
    text: 'Message signalled interrupts: up to 32 vectors in one block with one address; x86 grants one vector without interrupt remapping.',
    source: 'PCI specification, MSI capability; docs/facts.md 8',
  },
  {
    term: 'MSI-X table',
    also: ['table entry', 'vector table', 'entry'],
    text: 'The device’s own table with a message and a mask bit for each vector; an entry exists whether or not the vector has an irq.',
    source: 'PCI specification, MSI-X table',
  },
  {
    term: 'nointxmask',
    also: ['pci_2_3', 'IRQF_SHARED'],
    text: 'A parameter of vfio-pci: it does not use the INTx disable bit, masks INTx at the irq chip, and so wants the pin’s irq alone (EBUSY if another driver has it).',
    source: 'vfio_pci_core_enable(); vfio_intx_enable(); docs/driver.md §9',
  },
  {
    term: 'NORESIZE',
    also: ['VFIO_IRQ_INFO_NORESIZE'],
    text: 'A flag of GET_IRQ_INFO: user space must disable the index before it can enable more vectors.',
    source: 'struct vfio_irq_info; commit 6c8017c6a58d clears it for MSI-X',
  },
  {
    term: 'original allocation',
    also: ['original'],
    text: 'The irqs that the enabling call allocated, 0 to start + count − 1; later calls can add single irqs.',
    source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
  },
  {
    term: 'pci_free_irq_vectors',
    also: ['teardown'],
    text: 'Disables MSI or MSI-X in the PCI core and frees every irq of the device; in the merged driver no other call frees one.',
    source: 'pci_free_irq_vectors(); docs/driver.md §7.6',
  },
  {
    term: 'pending',
    also: ['PBA', 'pending bit'],
    text: 'The device raised the vector while it was masked; its bit in the pending bit array stays set until the interrupt is delivered.',
    source: 'PCI specification, pending bit array; docs/facts.md 17',
  },
  {
    term: 'raise',
    also: ['raised'],
    text: 'An operation of irqscope: the device raises an interrupt, which is then delivered, pending, coalesced or lost.',
    source: 'docs/driver.md §11',
  },
  {
    term: 'REQ',
    also: ['req_trigger', 'VFIO_PCI_REQ_IRQ_INDEX'],
    text: 'The index whose eventfd is signalled when the host requests the device back.',
    source: 'vfio_pci_set_req_trigger(); docs/driver.md §10',
  },
  {
    term: 'reservation',
    also: ['reserved'],
    text: 'A count of CPU vectors that irqs without a handler will need; a cached irq usually has only a reservation and no CPU vector.',
    source: 'reserve_irq_vector(); docs/facts.md 9',
  },
  {
    term: 'root',
    also: [],
    text: 'The user of the host who reads /proc/interrupts, and the files msi_irqs and config of the device in sysfs.',
    source: '/proc/interrupts, /sys/bus/pci/devices/…/msi_irqs',
  },
  {
    term: 'SET_IRQS',
    also: ['VFIO_DEVICE_SET_IRQS'],
    text: 'The ioctl that attaches, detaches, triggers, masks and disables the interrupts of a VFIO device.',
    source: 'include/uapi/linux/vfio.h; docs/driver.md §4',
  },
  {
    term: 'static',
    also: ['≤ 6.4 static'],
    text: 'The driver up to Linux 6.4: the enabling call fixes the range of vectors.',
    source: 'vfio_msi_set_block(); docs/driver.md §0',
  },
  {
    term: 'track',
    also: ['track (proposed)'],
    text: 'A proposal that no kernel has: V3, but a failing assignment frees the irq only if this assignment allocated it.',
    source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023; docs/driver.md §19.1',
  },
  {
    term: 'traced result',
    also: ['traced results', 'as traced'],
    text: 'The result that a real kernel gave in an imported text; it stays with its line until the operation changes, and is compared with the model’s.',
    source: 'docs/import.md, traced-results',
  },
  {
    term: 'unwind',
    also: ['unwinding'],
    text: 'After a failure in a block, the vectors from start up to the failing one are detached; the driver restores no earlier eventfd.',
    source: 'vfio_msi_set_block(); docs/facts.md 11',
  },
  {
    term: 'V2',
    also: ['V2 patch'],
    text: 'The second version of the patch series, March 2023: detaching a vector frees its irq.',
    source: '"[PATCH V2 0/8]", 28 March 2023; docs/driver.md §18',
  },
  {
    term: 'V3',
    also: ['V3 patch', 'V3 as posted'],
    text: 'The third version of the patch series, April 2023: irqs are cached, but a failing assignment frees the vector’s irq.',
    source: '"[PATCH V3 00/10]", 18 April 2023; docs/driver.md §6.4',
  },
  {
    term: 'vector',
    also: ['vectors'],
    text: 'The number of an interrupt within the device; for MSI-X it is the index of the table entry.',
    source: 'PCI specification, MSI-X',
  },
  {
    term: 'virqfd',
    also: ['unmask eventfd'],
    text: 'An eventfd whose writes unmask INTx inside the kernel; KVM uses it for resampling.',
    source: 'vfio_virqfd_enable(); virqfd_wakeup()',
  },
  {
    term: 'what-if kernel',
    also: ['what-if'],
    text: 'A driver with other choices of its policies, such as the fate of an irq whose assignment failed; no kernel has its code.',
    source: 'docs/import.md, patches',
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

/** Returns the term with that spelling, or null. */
export function termOf(word: string): Term | null {
  return bySpelling.get(word.toLowerCase()) ?? null;
}

/** Spellings that can be part of a sentence, longest first, so that "vfio ctx" does not match as "ctx". */
const WORDS = [...bySpelling.keys()]
  .filter((word) => word.length > 2)
  .sort((a, b) => b.length - a.length)
  .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
const IN_TEXT = new RegExp(`(?<!\\w)(?:${WORDS.join('|')})(?![\\w-])`, 'gi');

/** Everyday English words, which are terms only in headings. */
const PLAIN: ReadonlySet<string> = new Set(
  'action agree agrees bool client count data delivered entry failed flags freed index mask message none original pin raise raised root start'.split(
    ' ',
  ),
);

/** Returns the terms of a text, each once: errnos first, the others in order of appearance. */
export function termsIn(text: string): readonly Term[] {
  const found = new Set<Term>();
  for (const [word] of text.matchAll(IN_TEXT)) {
    const one = termOf(word);
    if (one !== null && !PLAIN.has(word.toLowerCase())) found.add(one);
  }
  const errnos = ERRNO_TERMS.filter((one) => found.has(one));
  return [...errnos, ...[...found].filter((one) => !errnos.includes(one))];
}
