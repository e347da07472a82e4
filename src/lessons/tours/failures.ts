// What fails, and what is left behind.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const FAILURES: readonly Lesson[] = [
  {
    id: 'ebadf',
    sequence: 'failures',
    title: 'EBADF, and the vector is detached',
    about: 'A failed assignment does not leave the vector as it was.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 11
eventfd 12
set_irqs msix trigger eventfd 0 [10 11]`,
    steps: [
      {
        kind: 'predict',
        ask: 'Vector 1 is attached to eventfd 11. It is given descriptor 99, which is not open. The call fails with EBADF. What is left?',
        run: 'set_irqs msix trigger eventfd 1 [99]',
        choices: [
          { text: 'Vector 1 is still attached to 11', holds: 'attached 1' },
          { text: 'Vector 1 is detached, its irq cached', holds: 'cached 1' },
          { text: 'Vector 1 has no irq any more', holds: 'not allocated 1' },
        ],
        explain:
          'vfio_msi_set_vector_signal() takes the old trigger down first and looks the new descriptor up afterwards. When that fails there is nothing to go back to.',
        source: 'recording bad-attached-single, step 4',
      },
      {
        kind: 'do',
        ask: 'Attach vector 1 again.',
        goal: 'attached 1',
        hint: 'Its irq is still there.',
        solution: 'set_irqs msix trigger eventfd 1 [12]',
        best: 1,
        explain: 'No allocation is needed, so this cannot fail for want of an irq.',
        source: 'recording bad-attached-single, step 7',
      },
    ],
  },
  {
    id: 'no-rollback',
    sequence: 'failures',
    title: 'The rollback that is none',
    about: 'A block that fails in the middle unwinds what it did, and does not bring back what was there.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 11
eventfd 12
eventfd 13
eventfd 20
eventfd 22
eventfd 23
set_irqs msix trigger eventfd 0 [10 11 12 13]`,
    steps: [
      {
        kind: 'predict',
        ask: 'Four vectors are attached. A block replaces all four descriptors; the second of them, 99, is not open. Which vectors are attached afterwards?',
        run: 'set_irqs msix trigger eventfd 0 [20 99 22 23]',
        choices: [
          {
            text: 'All four, to their old eventfds',
            holds: 'attached 0 and attached 1 and attached 2 and attached 3',
          },
          { text: 'None', holds: 'not attached 0 and not attached 2' },
          {
            text: 'Vectors 2 and 3, to their old eventfds',
            holds: 'not attached 0 and not attached 1 and attached 2 and attached 3',
          },
          { text: 'Vector 0, to its new eventfd', holds: 'attached 0 and not attached 1 and not attached 2' },
        ],
        explain:
          'Vector 0 got its new eventfd and lost it again in the unwinding; vector 1 lost its old one in the attempt; 2 and 3 were never reached.',
        source: 'vfio_msi_set_block(); recording bad-block-third, step 9',
      },
      {
        kind: 'do',
        ask: 'Bring vectors 0 and 1 back, leaving 2 and 3 alone.',
        goal: 'attached 0 and attached 1 and attached 2 and attached 3',
        hint: 'One block of two will do.',
        solution: 'set_irqs msix trigger eventfd 0 [10 11]',
        best: 1,
        explain:
          'Who sends a block has to be ready to send it again: the kernel promises nothing about a block that failed.',
        source: '"Re: [PATCH V2 7/8]", maintainer, 3 April 2023',
      },
    ],
  },
  {
    id: 'enotty',
    sequence: 'failures',
    title: 'ENOTTY, EINVAL and who says it',
    about: 'Which layer answers tells what was wrong.',
    generation: 'dynamic',
    script: `
device e1000e
eventfd 10
eventfd 11
set_irqs msix trigger eventfd 0 [10]`,
    steps: [
      {
        kind: 'predict',
        ask: 'MASK for MSI-X vector 0.',
        run: 'set_irqs msix mask none 0 1',
        choices: [
          { text: '0, and the entry is masked', holds: 'not fails' },
          { text: 'EINVAL: the arguments are wrong', holds: 'errno EINVAL' },
          { text: 'ENOTTY: there is no such operation', holds: 'errno ENOTTY' },
        ],
        explain:
          'The arguments are fine, so the ioctl’s own checks let it pass. The driver has no function for MASK on this index and answers ENOTTY. QEMU masks by swapping eventfds instead.',
        source: 'vfio_pci_set_irqs_ioctl(); recording mask-msix',
      },
      {
        kind: 'predict',
        ask: 'MSI is asked for while MSI-X is enabled.',
        run: 'set_irqs msi trigger eventfd 0 [11]',
        choices: [
          { text: 'MSI-X is switched off, MSI on', holds: 'not fails' },
          { text: 'EINVAL, and MSI-X stays', holds: 'errno EINVAL and attached 0' },
          { text: 'EBUSY', holds: 'errno EBUSY' },
        ],
        explain: 'One mode at a time: the driver compares irq_type and refuses. Nothing has changed.',
        source: 'vfio_pci_set_msi_trigger(); recording mode-msix-msi',
      },
      {
        kind: 'predict',
        ask: 'Six descriptors for a table of five entries.',
        run: 'set_irqs msix trigger eventfd 0 [10 11 10 11 10 11]',
        choices: [
          { text: 'EINVAL from the driver', holds: 'errno EINVAL and not check set_irqs.range' },
          { text: 'EINVAL before any driver is asked', holds: 'check set_irqs.range' },
          { text: 'The first five are attached', holds: 'not fails' },
        ],
        explain:
          'vfio_set_irqs_validate_and_prepare() compares start + count with the number of vectors, for every driver alike.',
        source: 'drivers/vfio/vfio_main.c; SPDK #3645',
      },
    ],
  },
  {
    id: 'positive',
    sequence: 'failures',
    title: 'A result that is neither 0 nor an error',
    about: 'A positive return says how many could be had, and nothing is enabled.',
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
        ask: 'This host can give the device three irqs. MSI-X is asked for with four vectors.',
        run: 'set_irqs msix trigger eventfd 0 [10 11 12 13]',
        choices: [
          { text: 'ENOSPC', holds: 'errno ENOSPC' },
          { text: '3, with three vectors attached', holds: 'positive-return and enabled' },
          { text: '3, and nothing is enabled', holds: 'positive-return and not enabled' },
        ],
        explain:
          'vfio_msi_enable() gives back what pci_alloc_irq_vectors() could get and returns the number. A client that takes every result but −1 for success goes on without interrupts.',
        source: 'vfio_msi_enable(); recording msi-multi, step 16 (the same for MSI)',
      },
      {
        kind: 'do',
        ask: 'Do what a good client does: enable as many as can be had.',
        goal: 'irqs 3 and attached 0 and attached 1 and attached 2',
        hint: 'The kernel has just told the number.',
        solution: 'set_irqs msix trigger eventfd 0 [10 11 12]',
        best: 1,
        explain:
          'QEMU does this for MSI. On x86 the shortage usually shows later, in request_irq(), as ENOSPC; then all is undone as well.',
        source: 'QEMU vfio_msi_enable(); recording exhaust-enable, step 2',
      },
    ],
  },
  {
    id: 'exhaustion',
    sequence: 'failures',
    title: 'The last irq',
    about: 'Cached irqs count, and only a disable brings them back.',
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
        ask: 'Three irqs are allocated, and there are no more. Vector 5 is asked for.',
        run: 'set_irqs msix trigger eventfd 5 [15]',
        choices: [
          { text: '2: an irq is taken from another vector', holds: 'positive-return' },
          { text: 'ENOSPC, and everything is unwound', holds: 'errno ENOSPC and not attached 0' },
          { text: 'ENOSPC, the others are untouched', holds: 'errno ENOSPC and attached 0 and attached 4' },
        ],
        explain: 'Only vectors of this block are unwound, and it had one vector that never got anywhere.',
        source: '"Re: [PATCH V4 10/11]", reviewer, 28 April 2023; recording exhaust-dynamic, step 4',
      },
      {
        kind: 'do',
        ask: 'Get vector 5 attached, and vector 0 too. Vectors 1 and 4 are not needed any more.',
        goal: 'attached 5 and attached 0',
        hint: 'Detaching vector 4 does not help: its irq stays cached.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 5 [15]`,
        best: 3,
        explain:
          'The price of the cache: irqs come back only together. To begin with a block up to vector 5 would need six irqs.',
        source: 'pci_free_irq_vectors(); "Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
    ],
  },
];
