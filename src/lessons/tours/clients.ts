// Lessons on real clients: QEMU, crosvm, Cloud Hypervisor, openvmm.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const CLIENTS: readonly Lesson[] = [
  {
    id: 'qemu-start',
    sequence: 'clients',
    title: 'QEMU enables MSI-X before any vector is in use',
    about:
      'A guest can enable MSI-X before it unmasks a vector; VFIO needs at least one vector to enable it.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 15`,
    steps: [
      {
        kind: 'predict',
        ask: 'A client tries to enable MSI-X with zero vectors: DATA_EVENTFD, start 0, count 0. What does the call return?',
        run: 'set_irqs msix trigger eventfd 0 []',
        choices: [
          { text: '0: enabled, no irq', holds: 'not fails' },
          { text: 'EINVAL', holds: 'errno EINVAL' },
          { text: 'ERANGE: zero vectors is an empty range', holds: 'errno ERANGE' },
        ],
        explain:
          'The driver calls pci_alloc_irq_vectors() with a minimum of 1 and a maximum of 0, and that function rejects the range.',
        source: 'recording count-zero, step 2',
      },
      {
        kind: 'do',
        ask: 'QEMU 8.2 and later reach this state first: MSI-X enabled, one irq, no vector attached. Reach it.',
        goal: 'enabled and irqs 1 and cached 0',
        hint: 'Pass one vector with descriptor −1.',
        solution: 'set_irqs msix trigger eventfd 0 [-1]',
        best: 1,
        explain: 'The VFIO maintainer suggested this call in the review of the QEMU series.',
        source: 'QEMU vfio_enable_msix_no_vec(), 45d85f62; qemu "[PATCH v2 0/4]", 18 September 2023',
      },
      {
        kind: 'do',
        ask: 'The guest unmasks vector 5. Attach it so that the device has two irqs in all.',
        goal: 'attached 5 and irqs 2',
        hint: 'No disable is needed.',
        solution: 'set_irqs msix trigger eventfd 5 [15]',
        best: 1,
        explain: 'Vectors 1 to 4 still have no irq, and vector 0 is unchanged.',
        source: 'QEMU 5ebffa4e',
      },
    ],
  },
  {
    id: 'mask-by-swap',
    sequence: 'clients',
    title: 'Masking by swapping',
    about: 'VFIO has no MASK for MSI-X, so QEMU swaps the eventfd when the guest masks a vector.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 40
eventfd 30
set_irqs msix trigger eventfd 0 [40]`,
    steps: [
      {
        kind: 'predict',
        ask: 'Eventfd 40 leads to KVM, eventfd 30 to QEMU’s main loop. The guest masks vector 0, and QEMU swaps 40 for 30. What happens to the irq?',
        run: 'set_irqs msix trigger eventfd 0 [30]',
        choices: [
          { text: 'It is freed and allocated again', holds: 'irq-freed' },
          { text: 'It is kept; only its handler changes', holds: 'attached 0 and not irq-freed' },
          { text: 'It becomes cached', holds: 'cached 0' },
        ],
        explain:
          'The driver calls free_irq() and then request_irq() on the same irq. Between the two calls the irq has no handler and free_irq() has masked the table entry. The device keeps an interrupt of that moment pending and delivers it once the new handler is installed.',
        source: 'QEMU vfio_msix_vector_release(); recording deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'After the swap the device raises vector 0, which the guest still has masked. Where does the interrupt go?',
        run: 'raise 0',
        choices: [
          { text: 'It stays pending in the device', holds: 'interrupt-pended' },
          { text: 'It is delivered to eventfd 30, which QEMU reads', holds: 'interrupt-delivered' },
        ],
        explain:
          'request_irq() unmasked the physical table entry again at the end of the swap, so the device sends the interrupt. QEMU reads eventfd 30 and sets the vector’s bit in the pending bit array that it emulates for the guest.',
        source: 'docs/clients.md §2',
      },
    ],
  },
  {
    id: 'whole-table',
    sequence: 'clients',
    title: 'Irqs without a user',
    about: 'The enabling call decides how many irqs the host spends.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 9
eventfd 10
eventfd 13`,
    steps: [
      {
        kind: 'predict',
        ask: 'crosvm enables all eight entries with one eventfd and seven times −1, then detaches the eventfd. How many irqs are allocated?',
        run: `
set_irqs msix trigger eventfd 0 [9 -1 -1 -1 -1 -1 -1 -1]
set_irqs msix trigger eventfd 0 [-1 -1 -1 -1 -1 -1 -1 -1]`,
        choices: [
          { text: 'None', holds: 'irqs 0' },
          { text: 'One', holds: 'irqs 1' },
          { text: 'Eight', holds: 'irqs 8' },
        ],
        explain: 'The enabling call allocates start + count irqs, and the driver keeps all of them cached.',
        source: 'crosvm devices/src/pci/vfio_pci.rs; scenario S11',
      },
      {
        kind: 'do',
        ask: 'Disable MSI-X and attach vectors 0 and 3 with two irqs in all.',
        goal: 'attached 0 and attached 3 and irqs 2',
        hint: 'Enable with vector 0 alone, then add vector 3.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 3 [13]`,
        best: 3,
        explain: 'Since v6.5 a client can add vectors as its guest uses them.',
        source: 'commit e4163438e015',
      },
    ],
  },
  {
    id: 'state-of-the-client',
    sequence: 'clients',
    title: 'A client must track the mode',
    about: 'Disabling a disabled index is an error, and DATA_NONE with a nonzero count triggers vectors.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 11`,
    steps: [
      {
        kind: 'predict',
        ask: 'A client disables MSI-X before it enables it, to be sure that it is off. What does the call return?',
        run: 'disable msix',
        choices: [
          { text: '0: MSI-X is off', holds: 'not fails' },
          { text: 'EINVAL: MSI-X was not enabled', holds: 'errno EINVAL' },
        ],
        explain:
          'QEMU before 8.2 sends this call when a guest enables MSI-X with every vector masked, and ignores the error. Cloud Hypervisor once treated it as a failure.',
        source: 'recording disable-variants, step 2; cloud-hypervisor #449',
      },
      {
        kind: 'do',
        ask: 'Attach two vectors.',
        goal: 'attached 0 and attached 1',
        hint: 'One block of two descriptors is enough.',
        solution: 'set_irqs msix trigger eventfd 0 [10 11]',
        best: 1,
        explain: 'MSI-X is enabled now, so a disable would succeed.',
        source: 'include/uapi/linux/vfio.h',
      },
      {
        kind: 'predict',
        ask: 'To "unmap" both vectors, a client sends TRIGGER with DATA_NONE, start 0 and count 2. What happens?',
        run: 'set_irqs msix trigger none 0 2',
        choices: [
          { text: 'Both are detached', holds: 'not attached 0 and not attached 1' },
          { text: 'MSI-X is disabled', holds: 'not enabled' },
          { text: 'Both eventfds are signalled', holds: 'signals and attached 0 and attached 1' },
        ],
        explain: 'ACTION_TRIGGER with DATA_NONE is a loopback trigger. Only a count of 0 disables the index.',
        source: 'openvmm PR #3778; scenario S24',
      },
    ],
  },
  {
    id: 'read-trace',
    sequence: 'clients',
    title: 'Reading a real trace',
    about: 'A trace of QEMU 7.2 with the results of the real kernel, and what it tells about the kernel.',
    generation: 'dynamic',
    script: `
device e1000e
eventfd 20
set_irqs msix trigger none 0 0 # => -1 EINVAL
set_irqs msix trigger eventfd 0 [20] # => 0
set_irqs msix trigger eventfd 0 [20] # => 0
eventfd 24
set_irqs msix trigger none 0 0 # => 0
set_irqs msix trigger eventfd 0 [20 24] # => 0
eventfd 25
set_irqs msix trigger none 0 0 # => 0
set_irqs msix trigger eventfd 0 [20 24 25] # => 0
set_irqs msix trigger eventfd 1 [24] # => 0
eventfd 26
eventfd 27`,
    steps: [
      {
        kind: 'predict',
        ask: 'The script is from a trace of QEMU 7.2.22 on Linux 6.12.117: behind each ioctl is the result of the real kernel. The guest has unmasked vectors 0, 1 and 2. It now unmasks vector 4, and QEMU sends two ioctls. How many irqs are allocated afterwards?',
        run: `
set_irqs msix trigger none 0 0 # => 0
set_irqs msix trigger eventfd 0 [20 24 25 -1 26] # => 0`,
        choices: [
          { text: 'Four: one for each unmasked vector', holds: 'irqs 4' },
          { text: 'Five: vectors 0 to 4', holds: 'irqs 5' },
          { text: 'One: only vector 4 is new', holds: 'irqs 1' },
        ],
        explain:
          'QEMU before 8.2 does not read NORESIZE: for a vector past the range it disables MSI-X and enables it with a longer list. Vector 3 gets an irq too, and its descriptor is −1.',
        source: 'docs/clients.md §2',
      },
      {
        kind: 'predict',
        ask: 'The guest unmasks vector 3, and the trace has one ioctl. Does the kernel add an irq?',
        run: 'set_irqs msix trigger eventfd 3 [27] # => 0',
        choices: [
          { text: 'Yes: vector 3 had none', holds: 'irq-allocated' },
          {
            text: 'No: vector 3 already has a cached irq',
            holds: 'attached 3 and not irq-allocated and not teardown',
          },
          { text: 'No: MSI-X is disabled and enabled again', holds: 'teardown' },
        ],
        explain:
          'The vector is in the range, so QEMU does not disable MSI-X and no vector loses its handler.',
        source: 'docs/clients.md §2',
      },
      {
        kind: 'predict',
        ask: 'Could this trace come from Linux 6.1, which cannot add irqs? The lab now runs 6.1.192 and repeats the last three ioctls. What does the last one return there?',
        release: '6.1',
        run: `
set_irqs msix trigger none 0 0
set_irqs msix trigger eventfd 0 [20 24 25 -1 26]
set_irqs msix trigger eventfd 3 [27]`,
        choices: [
          { text: 'EINVAL, so the trace is not from 6.1', holds: 'errno EINVAL' },
          { text: '0, as in the trace', holds: 'not fails and attached 3' },
          { text: 'ENOSPC, so the trace is not from 6.1', holds: 'errno ENOSPC' },
        ],
        explain:
          'Every result is as in the trace: QEMU 7.2 stays in the range of its enabling call, so these ioctls cannot tell the two kernels apart. The bar above the script says that they agree with every release.',
        source: 'docs/import.md, traced-results',
      },
      {
        kind: 'do',
        ask: 'Now 6.12.117. Send lines that would tell it from 6.1: a call must add an irq while MSI-X is enabled.',
        release: '6.12',
        goal: 'irq-allocated',
        hint: 'All five entries have an irq. Disable MSI-X and enable it with one vector first.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [20]
set_irqs msix trigger eventfd 1 [24]`,
        explain: 'The last call returns 0 here and EINVAL on 6.1. QEMU since 8.2 sends such calls.',
        source: 'docs/clients.md §3; commit e4163438e015',
      },
    ],
  },
];
