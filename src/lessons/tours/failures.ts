// Lessons on failing calls and the state that they leave.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const FAILURES: readonly Lesson[] = [
  {
    id: 'ebadf',
    sequence: 'failures',
    title: 'EBADF, and the vector is detached',
    about: 'A failed assignment detaches the vector.',
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
        ask: 'Vector 1 is attached to eventfd 11. It is then given descriptor 99, which is not open, and the call fails with EBADF. In which state is vector 1?',
        run: 'set_irqs msix trigger eventfd 1 [99]',
        choices: [
          { text: 'It is still attached to eventfd 11', holds: 'attached 1' },
          { text: 'It is detached, and its irq is cached', holds: 'cached 1' },
          { text: 'It has no irq', holds: 'not allocated 1' },
        ],
        explain:
          'vfio_msi_set_vector_signal() first removes the old trigger and then looks up the new descriptor. When the lookup fails, the old trigger is already removed.',
        source: 'recording bad-attached-single, step 4',
      },
      {
        kind: 'do',
        ask: 'Attach vector 1 again.',
        goal: 'attached 1',
        hint: 'Its irq is still allocated.',
        solution: 'set_irqs msix trigger eventfd 1 [12]',
        best: 1,
        explain: 'The irq is already allocated, so a shortage of irqs cannot make this call fail.',
        source: 'recording bad-attached-single, step 7',
      },
    ],
  },
  {
    id: 'no-rollback',
    sequence: 'failures',
    title: 'The rollback that isn’t one',
    about:
      'A failing block detaches its vectors up to the failing one and does not restore the earlier eventfds.',
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
        ask: 'Four vectors are attached. A block replaces all four eventfds; its second descriptor, 99, is not open. Which vectors are attached afterwards?',
        run: 'set_irqs msix trigger eventfd 0 [20 99 22 23]',
        choices: [
          {
            text: 'All four, to their old eventfds',
            holds: 'attached 0 and attached 1 and attached 2 and attached 3',
          },
          { text: 'No vector', holds: 'not attached 0 and not attached 2' },
          {
            text: 'Vectors 2 and 3, to their old eventfds',
            holds: 'not attached 0 and not attached 1 and attached 2 and attached 3',
          },
          { text: 'Vector 0, to its new eventfd', holds: 'attached 0 and not attached 1 and not attached 2' },
        ],
        explain:
          'The call attaches vector 0 to its new eventfd and detaches it again when it unwinds. Vector 1 loses its old eventfd in the attempt. The call never reaches vectors 2 and 3.',
        source: 'vfio_msi_set_block(); recording bad-block-third, step 9',
      },
      {
        kind: 'do',
        ask: 'Attach vectors 0 and 1 again without changing 2 and 3.',
        goal: 'attached 0 and attached 1 and attached 2 and attached 3',
        hint: 'One block of two is enough.',
        solution: 'set_irqs msix trigger eventfd 0 [10 11]',
        best: 1,
        explain:
          'A client must be able to send a failed block again: the kernel promises no state after a failed block.',
        source: '"Re: [PATCH V2 7/8]", maintainer, 3 April 2023',
      },
    ],
  },
  {
    id: 'enotty',
    sequence: 'failures',
    title: 'ENOTTY and EINVAL: which layer fails',
    about: 'The errno shows which layer rejects a call.',
    generation: 'dynamic',
    script: `
device e1000e
eventfd 10
eventfd 11
set_irqs msix trigger eventfd 0 [10]`,
    steps: [
      {
        kind: 'predict',
        ask: 'A client masks MSI-X vector 0 with the MASK action. What does the call return?',
        run: 'set_irqs msix mask none 0 1',
        choices: [
          { text: '0, and the table entry is masked', holds: 'not fails' },
          { text: 'EINVAL: the arguments are wrong', holds: 'errno EINVAL' },
          { text: 'ENOTTY: the driver has no such operation', holds: 'errno ENOTTY' },
        ],
        explain:
          'The arguments are valid, so the shared VFIO check accepts them. vfio_pci_set_irqs_ioctl() has no function for MASK on this index and returns ENOTTY. QEMU masks by swapping eventfds instead.',
        source: 'vfio_pci_set_irqs_ioctl(); recording mask-msix',
      },
      {
        kind: 'predict',
        ask: 'A client enables MSI while MSI-X is enabled. What happens?',
        run: 'set_irqs msi trigger eventfd 0 [11]',
        choices: [
          { text: 'MSI-X is disabled and MSI enabled', holds: 'not fails' },
          { text: 'EINVAL, and MSI-X stays enabled', holds: 'errno EINVAL and attached 0' },
          { text: 'EBUSY', holds: 'errno EBUSY' },
        ],
        explain:
          'A device has one interrupt mode at a time: the driver compares irq_type and rejects the call without changing anything.',
        source: 'vfio_pci_set_msi_trigger(); recording mode-msix-msi',
      },
      {
        kind: 'predict',
        ask: 'A client passes six descriptors for a table of five entries. What happens?',
        run: 'set_irqs msix trigger eventfd 0 [10 11 10 11 10 11]',
        choices: [
          {
            text: 'EINVAL from the MSI-X code of vfio-pci',
            holds: 'errno EINVAL and not check set_irqs.range',
          },
          { text: 'EINVAL from the shared VFIO check', holds: 'check set_irqs.range' },
          { text: 'The first five are attached', holds: 'not fails' },
        ],
        explain:
          'vfio-pci calls vfio_set_irqs_validate_and_prepare(), a check that VFIO drivers share. It compares start + count with the number of vectors.',
        source: 'drivers/vfio/vfio_main.c; SPDK #3645',
      },
    ],
  },
  {
    id: 'positive',
    sequence: 'failures',
    title: 'A positive return is not success',
    about: 'A positive return is the number of vectors available; the call enables none.',
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
          { text: 'ENOSPC', holds: 'errno ENOSPC' },
          { text: '3, with three vectors attached', holds: 'positive-return and enabled' },
          { text: '3, and MSI-X is not enabled', holds: 'positive-return and not enabled' },
        ],
        explain:
          'vfio_msi_enable() frees the irqs that pci_alloc_irq_vectors() could allocate and returns their number. A client that treats every result except −1 as success then runs without interrupts.',
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
        source: 'QEMU vfio_msi_enable(); recording exhaust-enable, step 2',
      },
    ],
  },
  {
    id: 'exhaustion',
    sequence: 'failures',
    title: 'The last irq',
    about: 'Cached irqs count as allocated, and only a disable frees them.',
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
          { text: '2: the driver takes an irq from another vector', holds: 'positive-return' },
          { text: 'ENOSPC, and every vector is detached', holds: 'errno ENOSPC and not attached 0' },
          {
            text: 'ENOSPC, and the other vectors are unchanged',
            holds: 'errno ENOSPC and attached 0 and attached 4',
          },
        ],
        explain:
          'The driver unwinds only the vectors of this block. The block has one vector, and that vector never got an irq.',
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
        source: 'pci_free_irq_vectors(); "Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
    ],
  },
];
