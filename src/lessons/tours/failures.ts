// Lessons on failing calls and the state that they leave.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const FAILURES: readonly Lesson[] = [
  {
    id: 'ebadf',
    sequence: 'failures',
    title: 'EBADF, and the vector is detached',
    about: 'A failed assignment detaches the vector.',
    minutes: 4,
    level: 'first',
    requires: ['cached'],
    learned: [
      'A failed assignment leaves its vector detached, with its irq cached.',
      'Attaching it again needs no allocation.',
    ],
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
          {
            text: 'It is still attached to eventfd 11',
            holds: 'attached 1',
            feedback:
              'free_irq() and eventfd_ctx_put() have run before the lookup fails, and no code gives vector 1 its eventfd 11 back.',
          },
          { text: 'It is detached, and its irq is cached', holds: 'cached 1' },
          {
            text: 'It has no irq',
            holds: 'not allocated 1',
            feedback:
              'The error path of the merged driver frees no irq; in V3 it ended in vfio_msi_free_irq().',
          },
        ],
        explain:
          'vfio_msi_set_vector_signal() first removes the old trigger and then looks up the new descriptor. When the lookup fails, the old trigger is already removed.',
        notes:
          'Point at the order of free_irq() and eventfd_ctx_fdget(). Ask: what would a client that ignores EBADF see? Common wrong idea: a failing ioctl changes nothing.',
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
        notes:
          'Point at the irq number, which is the same as before. Ask: can ENOSPC come from the allocation here? Common wrong idea: the irq has to be allocated again.',
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
    minutes: 5,
    level: 'middle',
    requires: ['ebadf'],
    learned: [
      'After a failed block every vector from its start to the failing one is detached.',
      'Vectors after the failing one keep their old eventfds.',
    ],
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
            feedback:
              'vfio_msi_set_block() keeps no old eventfds: after the error it sets each vector from the start to the failing one to −1.',
          },
          {
            text: 'No vector',
            holds: 'not attached 0 and not attached 2',
            feedback:
              'The unwinding loop of vfio_msi_set_block() ends at the failing vector 1, so vectors 2 and 3 keep eventfds 12 and 13.',
          },
          {
            text: 'Vectors 2 and 3, to their old eventfds',
            holds: 'not attached 0 and not attached 1 and attached 2 and attached 3',
          },
          {
            text: 'Vector 0, to its new eventfd',
            holds: 'attached 0 and not attached 1 and not attached 2',
            feedback:
              'Vector 0 gets eventfd 20 for a moment, and then the unwinding loop of vfio_msi_set_block() detaches it.',
          },
        ],
        explain:
          'The call attaches vector 0 to its new eventfd and detaches it again when it unwinds. Vector 1 loses its old eventfd in the attempt. The call never reaches vectors 2 and 3.',
        notes:
          'Point at the second round of vfio_msi_set_vector_signal() in the kernel calls. Ask: where does the loop stop? Common wrong idea: unwinding restores the old eventfds.',
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
        notes:
          'Point at vectors 2 and 3, which stay untouched. Ask: what must a client remember to repair a block? Common wrong idea: the client has to disable MSI-X first.',
        source: '"Re: [PATCH V2 7/8]", maintainer, 3 April 2023',
      },
    ],
  },
  {
    id: 'enotty',
    sequence: 'failures',
    title: 'ENOTTY and EINVAL: which layer fails',
    about: 'The errno shows which layer rejects a call.',
    minutes: 5,
    level: 'middle',
    requires: ['three-layers'],
    learned: [
      'EINVAL for range and data comes from a check that VFIO drivers share; ENOTTY comes from vfio_pci_set_irqs_ioctl().',
      'VFIO has no MASK for MSI and MSI-X.',
      'A device has one interrupt mode at a time, and the client changes it by a disable.',
    ],
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
          {
            text: '0, and the table entry is masked',
            holds: 'not fails',
            feedback:
              'vfio_pci_set_irqs_ioctl() has no function for MASK on MSI-X, so no code changes the table entry.',
          },
          {
            text: 'EINVAL: the arguments are wrong',
            holds: 'errno EINVAL',
            feedback:
              'The shared check vfio_set_irqs_validate_and_prepare() gives EINVAL, and it accepts this index, range and data type; it does not check which action is set.',
          },
          { text: 'ENOTTY: the driver has no such operation', holds: 'errno ENOTTY' },
        ],
        explain:
          'The arguments are valid, so the shared VFIO check accepts them. vfio_pci_set_irqs_ioctl() has no function for MASK on this index and returns ENOTTY. QEMU masks by swapping eventfds instead.',
        notes:
          'Point at the last function in the kernel calls. Ask: which function would return EINVAL? Common wrong idea: every wrong call gives EINVAL.',
        source: 'vfio_pci_set_irqs_ioctl(); recording mask-msix',
      },
      {
        kind: 'predict',
        ask: 'A client enables MSI while MSI-X is enabled. What happens?',
        run: 'set_irqs msi trigger eventfd 0 [11]',
        choices: [
          {
            text: 'MSI-X is disabled and MSI enabled',
            holds: 'not fails',
            feedback:
              'vfio_pci_set_msi_trigger() does not leave another mode by itself; the client disables MSI-X first.',
          },
          { text: 'EINVAL, and MSI-X stays enabled', holds: 'errno EINVAL and attached 0' },
          {
            text: 'EBUSY',
            holds: 'errno EBUSY',
            feedback:
              'vfio_pci_set_msi_trigger() compares irq_type at its beginning and returns EINVAL there.',
          },
        ],
        explain:
          'A device has one interrupt mode at a time: the driver compares irq_type and rejects the call without changing anything.',
        notes:
          'Point at irq_type in the check. Ask: what does the client send first? Common wrong idea: enabling a mode replaces the other one.',
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
            feedback:
              'vfio_set_irqs_validate_and_prepare() runs before vfio_pci_set_irqs_ioctl(), so the MSI-X code does not see this call.',
          },
          { text: 'EINVAL from the shared VFIO check', holds: 'check set_irqs.range' },
          {
            text: 'The first five are attached',
            holds: 'not fails',
            feedback:
              'The check compares start + count with the number of vectors once, so the call fails before any vector changes.',
          },
        ],
        explain:
          'vfio-pci calls vfio_set_irqs_validate_and_prepare(), a check that VFIO drivers share. It compares start + count with the number of vectors.',
        notes:
          'Point at the function that returns EINVAL. Ask: is vfio_msi_set_block() called? Common wrong idea: the first five succeed.',
        source: 'drivers/vfio/vfio_main.c; SPDK #3645',
      },
    ],
  },
];
