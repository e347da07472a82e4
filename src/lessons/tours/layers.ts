// Lessons on the three layers: the MSI-X table, the Linux irqs, the eventfds.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const LAYERS: readonly Lesson[] = [
  {
    id: 'three-layers',
    sequence: 'layers',
    title: 'Table, irq, eventfd',
    about: 'One ioctl changes up to three layers.',
    minutes: 3,
    level: 'first',
    requires: [],
    learned: [
      'The enabling call allocates one irq for each vector from 0 to start + count − 1, for entries of −1 too.',
      'The device keeps an interrupt of a masked MSI-X entry as pending, and an attach delivers it.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
eventfd 101`,
    steps: [
      {
        kind: 'predict',
        ask: 'The device has 8 table entries. A client enables MSI-X with two vectors: eventfd 100 for vector 0, and −1 (no eventfd) for vector 1. How many Linux irqs are allocated?',
        run: 'set_irqs msix trigger eventfd 0 [100 -1]',
        choices: [
          {
            text: 'One: only vector 0 has an eventfd',
            holds: 'irqs 1',
            feedback:
              'vfio_msi_enable() asks pci_alloc_irq_vectors() for start + count irqs, and an entry of −1 counts; only request_irq() depends on an eventfd.',
          },
          { text: 'Two: start + count', holds: 'irqs 2' },
          {
            text: 'Eight: the whole table',
            holds: 'irqs 8',
            feedback:
              'vfio_msi_enable() allocates for the range of the call and not for the table, so entries 2 to 7 get no irq.',
          },
        ],
        explain:
          'The call that enables MSI-X allocates one irq for each vector from 0 to start + count − 1, for entries of −1 too. Vector 1 now has an irq and no eventfd: it is cached. The other six table entries have no irq.',
        notes:
          'Point at the three columns of the wiring: table entry, irq, eventfd. Ask: which of the three does −1 leave out? Common wrong idea: without an eventfd there is no irq.',
        source: 'vfio_msi_enable(), drivers/vfio/pci/vfio_pci_intrs.c; recording deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'The device raises vector 1, which has an irq and no eventfd. What happens to the interrupt?',
        run: 'raise 1',
        choices: [
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback:
              'An interrupt is lost only where the device cannot keep it, and a masked MSI-X entry keeps it in the pending bit array.',
          },
          { text: 'It stays pending in the device', holds: 'pending 1' },
          {
            text: 'It is delivered to eventfd 100',
            holds: 'interrupt-delivered',
            feedback:
              'Eventfd 100 belongs to the handler of vector 0, and the masked entry 1 sends no message at all.',
          },
        ],
        explain:
          'The table entry of a vector without a handler is masked, so the device sets its bit in the pending bit array and sends nothing.',
        notes:
          'Point at the mask bit and the pending bit of entry 1. Ask: who masks the entry of a vector without a handler? Common wrong idea: an interrupt without a handler is lost.',
        source: 'PCI specification, 6.8.2; recording deassign-reassign, step 5',
      },
      {
        kind: 'do',
        ask: 'Attach eventfd 101 to vector 1, so that the pending interrupt is delivered to it.',
        goal: 'attached 1 and not pending 1',
        hint: 'SET_IRQS, MSI-X, trigger, eventfd, start 1, one descriptor.',
        solution: 'set_irqs msix trigger eventfd 1 [101]',
        best: 1,
        explain:
          'request_irq() unmasks the entry, the device sends the pending interrupt, and the handler signals eventfd 101: its counter is 1. The irq was already allocated; only the eventfd was missing.',
        notes:
          'Point at the counter of eventfd 101 while the line runs. Ask: which call unmasks the entry? Common wrong idea: the client has to raise the interrupt again.',
        source: 'vfio_msi_set_vector_signal(); recording deassign-reassign, step 6',
      },
    ],
  },
  {
    id: 'cached',
    sequence: 'layers',
    title: 'Cached irqs',
    about: 'Detaching an eventfd keeps the irq; only disabling the mode frees it.',
    minutes: 6,
    level: 'first',
    requires: ['three-layers'],
    learned: [
      'A detach calls free_irq() and keeps the irq allocated: the vector is cached.',
      'Since v6.5 a call can attach a vector beyond the range of the enabling call.',
      'A client frees irqs only all at once, by disabling the index.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
eventfd 101
eventfd 105
set_irqs msix trigger eventfd 0 [100 101]`,
    steps: [
      {
        kind: 'predict',
        ask: 'The descriptor −1 detaches a vector from its eventfd. A client detaches vector 1. What happens to its irq?',
        run: 'set_irqs msix trigger eventfd 1 [-1]',
        choices: [
          {
            text: 'It is freed',
            holds: 'not allocated 1',
            feedback:
              'A detach calls free_irq(), which removes only the handler; pci_free_irq_vectors() frees the irq when the index is disabled.',
          },
          { text: 'It stays allocated, without a handler', holds: 'cached 1' },
          {
            text: 'The call fails',
            holds: 'fails',
            feedback:
              'A negative descriptor is a valid request to detach: vfio_msi_set_vector_signal() removes the handler and returns 0.',
          },
        ],
        explain:
          'free_irq() removes the handler, not the allocation. The driver caches the irq: attaching the vector again needs no allocation, so a shortage of irqs cannot make it fail.',
        notes:
          'Point at free_irq() in the kernel calls, and at the irq number that stays. Ask: which function would free the irq? Common wrong idea: free_irq() frees the irq.',
        source: 'vfio_msi_set_vector_signal(); "Re: [PATCH V2 7/8]", author, 6 April 2023',
      },
      {
        kind: 'do',
        ask: 'The enabling call did not include vector 5. Attach an eventfd to it without changing the others.',
        goal: 'attached 5 and attached 0 and cached 1',
        hint: 'Since v6.5 a call may attach a vector beyond the range of the enabling call.',
        solution: 'set_irqs msix trigger eventfd 5 [105]',
        best: 1,
        explain:
          'pci_msix_alloc_irq_at() adds one irq. Vectors 2 to 4 still have no irq: allocated vectors need not be contiguous.',
        notes:
          'Point at pci_msix_alloc_irq_at() in the kernel calls. Ask: which vectors have an irq now? Common wrong idea: vectors 2 to 4 get one too.',
        source: 'vfio_msi_alloc_irq(), commit e4163438e015; recording dynamic-block',
      },
      {
        kind: 'do',
        ask: 'Free every irq.',
        goal: 'irqs 0 and not enabled',
        hint: 'pci_free_irq_vectors() frees them, and disabling the index calls it: SET_IRQS, MSI-X, trigger, data none, start 0, count 0.',
        solution: 'disable msix',
        best: 1,
        explain:
          'TRIGGER with DATA_NONE and a count of 0 disables the index: pci_free_irq_vectors() frees all irqs, cached or attached. A client cannot free a single irq.',
        notes:
          'Point at the empty column of irqs. Ask: can a client free the irq of vector 1 alone? Common wrong idea: −1 for every vector frees the irqs.',
        source: 'vfio_msi_disable(); "Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
    ],
  },
];
