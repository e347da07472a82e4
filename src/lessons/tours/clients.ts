// What real clients do.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const CLIENTS: readonly Lesson[] = [
  {
    id: 'qemu-start',
    sequence: 'clients',
    title: 'QEMU enables MSI-X with nothing in it',
    about: 'A guest enables MSI-X before it unmasks a vector; VFIO cannot.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 15`,
    steps: [
      {
        kind: 'predict',
        ask: 'MSI-X is to be enabled with no vector: eventfds, start 0, count 0.',
        run: 'set_irqs msix trigger eventfd 0 []',
        choices: [
          { text: '0: enabled, no irq', holds: 'not fails' },
          { text: 'EINVAL', holds: 'errno EINVAL' },
          { text: 'ERANGE: no vector is not a range', holds: 'errno ERANGE' },
        ],
        explain: 'pci_alloc_irq_vectors() is asked for at least 1 and at most 0.',
        source: 'recording count-zero, step 2',
      },
      {
        kind: 'do',
        ask: 'Do what QEMU does since 8.2: MSI-X enabled, one irq, nothing attached.',
        goal: 'enabled and irqs 1 and cached 0',
        hint: 'One vector, and "none" for its descriptor.',
        solution: 'set_irqs msix trigger eventfd 0 [-1]',
        best: 1,
        explain: 'The maintainer of VFIO suggested this in the review of the QEMU series.',
        source: 'QEMU vfio_enable_msix_no_vec(), 45d85f62; qemu "[PATCH v2 0/4]", 18 September 2023',
      },
      {
        kind: 'do',
        ask: 'The guest unmasks vector 5. Two irqs in all.',
        goal: 'attached 5 and irqs 2',
        hint: 'No disable is needed.',
        solution: 'set_irqs msix trigger eventfd 5 [15]',
        best: 1,
        explain: 'Nothing is allocated for vectors 1 to 4, and vector 0 was not disturbed.',
        source: 'QEMU 5ebffa4e',
      },
    ],
  },
  {
    id: 'mask-by-swap',
    sequence: 'clients',
    title: 'Masking by swapping',
    about: 'There is no MASK for MSI-X; a guest’s mask becomes another eventfd.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 40
eventfd 30
set_irqs msix trigger eventfd 0 [40]`,
    steps: [
      {
        kind: 'predict',
        ask: 'Eventfd 40 goes to KVM, 30 to QEMU’s own loop. The guest masks vector 0, and QEMU swaps 40 for 30. What happens to the irq?',
        run: 'set_irqs msix trigger eventfd 0 [30]',
        choices: [
          { text: 'It is freed and allocated again', holds: 'irq-freed' },
          { text: 'It is kept; only its handler is changed', holds: 'attached 0 and not irq-freed' },
          { text: 'It becomes cached', holds: 'cached 0' },
        ],
        explain:
          'free_irq() and request_irq() on one irq: for a moment there is no handler. An interrupt of that moment stays pending in the device and comes with the new handler.',
        source: 'QEMU vfio_msix_vector_release(); recording deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'The device fires while the guest has it masked.',
        run: 'raise 0',
        choices: [
          { text: 'Pending in the device', holds: 'interrupt-pended' },
          { text: 'Delivered: to eventfd 30, which QEMU reads', holds: 'interrupt-delivered' },
        ],
        explain:
          'The physical entry was never masked. QEMU sets the bit in the pending array that it shows to the guest.',
        source: 'qemu-client of the specification, section 2',
      },
    ],
  },
  {
    id: 'whole-table',
    sequence: 'clients',
    title: 'Irqs that nobody uses',
    about: 'The first call decides how many irqs are spent.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 9
eventfd 10
eventfd 13`,
    steps: [
      {
        kind: 'predict',
        ask: 'crosvm enables the table with one eventfd and seven times −1, and takes the eventfd away again. How many irqs are allocated?',
        run: `
set_irqs msix trigger eventfd 0 [9 -1 -1 -1 -1 -1 -1 -1]
set_irqs msix trigger eventfd 0 [-1 -1 -1 -1 -1 -1 -1 -1]`,
        choices: [
          { text: 'None', holds: 'irqs 0' },
          { text: 'One', holds: 'irqs 1' },
          { text: 'Eight', holds: 'irqs 8' },
        ],
        explain: 'Start + count of the enabling call, and the cache keeps them.',
        source: 'crosvm devices/src/pci/vfio_pci.rs; scenario S11',
      },
      {
        kind: 'do',
        ask: 'Begin again, and reach vectors 0 and 3 attached with two irqs.',
        goal: 'attached 0 and attached 3 and irqs 2',
        hint: 'Vector 0 first, then 3 alone.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 3 [13]`,
        best: 3,
        explain: 'Since 6.5 a client need not know beforehand how many vectors its guest will use.',
        source: 'commit e4163438e015',
      },
    ],
  },
  {
    id: 'state-of-the-client',
    sequence: 'clients',
    title: 'What a client has to remember',
    about: 'Disabling what is off is an error, and a count that is not 0 fires.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 11`,
    steps: [
      {
        kind: 'predict',
        ask: 'A client makes sure that MSI-X is off before it enables it.',
        run: 'disable msix',
        choices: [
          { text: '0: it is off', holds: 'not fails' },
          { text: 'EINVAL: it was not on', holds: 'errno EINVAL' },
        ],
        explain:
          'Old QEMU does this at every enabling and ignores the error; Cloud Hypervisor once took it for a failure.',
        source: 'recording disable-variants, step 2; cloud-hypervisor #449',
      },
      {
        kind: 'do',
        ask: 'Attach two vectors.',
        goal: 'attached 0 and attached 1',
        hint: 'One call.',
        solution: 'set_irqs msix trigger eventfd 0 [10 11]',
        best: 1,
        explain: 'Now something is on.',
        source: 'include/uapi/linux/vfio.h',
      },
      {
        kind: 'predict',
        ask: 'To "unmap" both, a client sends DATA_NONE with start 0 and count 2.',
        run: 'set_irqs msix trigger none 0 2',
        choices: [
          { text: 'Both are detached', holds: 'not attached 0 and not attached 1' },
          { text: 'MSI-X is disabled', holds: 'not enabled' },
          { text: 'Both fire', holds: 'signals and attached 0 and attached 1' },
        ],
        explain: 'ACTION_TRIGGER with DATA_NONE triggers. Only a count of 0 means "disable".',
        source: 'openvmm PR #3778; scenario S24',
      },
    ],
  },
];
