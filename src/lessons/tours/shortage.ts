// Lessons on hosts with too few irqs.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const SHORTAGE: readonly Lesson[] = [
  {
    id: 'positive',
    sequence: 'failures',
    title: 'A positive return is not success',
    about: 'A positive return is the number of vectors available; the call enables none.',
    minutes: 5,
    level: 'middle',
    requires: ['three-layers'],
    learned: [
      'A positive return of an enabling call is the number of available vectors, and nothing is enabled.',
      'A client has to treat every result other than 0 as a failure.',
    ],
    generation: 'dynamic',
    script: `
device nvme irqs=3
eventfd 10
eventfd 11
eventfd 12
eventfd 13`,
    steps: [
      {
        kind: 'predict',
        ask: 'This host has three irqs for the device. A client enables MSI-X with four vectors. What does the call return?',
        run: 'set_irqs msix trigger eventfd 0 [10 11 12 13]',
        choices: [
          {
            text: 'ENOSPC',
            holds: 'errno ENOSPC',
            feedback:
              'pci_alloc_irq_vectors() has a minimum of 1 and gets 3 irqs, so it does not fail; vfio_msi_enable() returns 3.',
          },
          {
            text: '3, with three vectors attached',
            holds: 'positive-return and enabled',
            feedback:
              'vfio_msi_enable() frees the three irqs with pci_free_irq_vectors() and returns before vfio_msi_set_block() attaches any vector.',
          },
          { text: '3, and MSI-X is not enabled', holds: 'positive-return and not enabled' },
        ],
        explain:
          'vfio_msi_enable() frees the irqs that pci_alloc_irq_vectors() could allocate and returns their number. A client that treats every result except −1 as success then runs without interrupts.',
        notes:
          'Point at pci_free_irq_vectors() in the kernel calls. Ask: what does `if (ret < 0)` do with this result? Common wrong idea: three vectors work.',
        source: 'vfio_msi_enable(); recording msi-multi, step 16 (the same for MSI)',
      },
      {
        kind: 'do',
        ask: 'Enable as many vectors as the host can allocate.',
        goal: 'irqs 3 and attached 0 and attached 1 and attached 2',
        hint: 'The last return value is the number.',
        solution: 'set_irqs msix trigger eventfd 0 [10 11 12]',
        best: 1,
        explain:
          'QEMU does this for MSI. On x86 a shortage usually appears later, as ENOSPC from request_irq(), and the enabling call then frees everything as well.',
        notes:
          'Point at the number that the call before returned. Ask: who may take the irqs between the two calls? Common wrong idea: the kernel reserves them.',
        source: 'QEMU vfio_msi_enable(); recording exhaust-enable, step 2',
      },
    ],
  },
  {
    id: 'exhaustion',
    sequence: 'failures',
    title: 'The last irq',
    about: 'Cached irqs count as allocated, and only a disable frees them.',
    minutes: 6,
    level: 'middle',
    requires: ['cached'],
    learned: [
      'A failed allocation for a new vector leaves the other vectors unchanged.',
      'Cached irqs count as allocated, so only a disable makes irqs available again.',
    ],
    generation: 'dynamic',
    script: `
device nvme irqs=3
eventfd 10
eventfd 11
eventfd 14
eventfd 15
set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 4 [14]`,
    steps: [
      {
        kind: 'predict',
        ask: 'The host has three irqs for this device, and all are allocated. A client attaches vector 5. What happens?',
        run: 'set_irqs msix trigger eventfd 5 [15]',
        choices: [
          {
            text: '2: the driver takes an irq from another vector',
            holds: 'positive-return',
            feedback:
              'A positive number comes only from an enabling call; vfio_msi_alloc_irq() takes no irq from another vector.',
          },
          {
            text: 'ENOSPC, and every vector is detached',
            holds: 'errno ENOSPC and not attached 0',
            feedback:
              'vfio_msi_set_block() unwinds from the start of the block to the failing vector, and both are vector 5.',
          },
          {
            text: 'ENOSPC, and the other vectors are unchanged',
            holds: 'errno ENOSPC and attached 0 and attached 4',
          },
        ],
        explain:
          'The driver unwinds only the vectors of this block. The block has one vector, and that vector never got an irq.',
        notes:
          'Point at pci_msix_alloc_irq_at() with ENOSPC. Ask: which vectors does the loop unwind? Common wrong idea: ENOSPC disables MSI-X.',
        source: '"Re: [PATCH V4 10/11]", reviewer, 28 April 2023; recording exhaust-dynamic, step 4',
      },
      {
        kind: 'do',
        ask: 'Attach vector 5 and keep vector 0 attached. The client no longer needs vectors 1 and 4.',
        goal: 'attached 5 and attached 0',
        hint: 'Detaching vector 4 does not help, because its irq stays cached.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 5 [15]`,
        best: 3,
        explain:
          'This is the cost of the cache: the driver frees irqs only all at once. Enabling with a block up to vector 5 would need six irqs.',
        notes:
          'Point at the cached irq of vector 4 after a detach. Ask: why does −1 not help? Common wrong idea: a detach gives the irq back.',
        source: 'pci_free_irq_vectors(); "Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
    ],
  },
];
