// Lessons on the state that a client tracks, and on reading a trace of one.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const CLIENT_STATE: readonly Lesson[] = [
  {
    id: 'state-of-the-client',
    sequence: 'clients',
    title: 'A client must track the mode',
    about: 'Disabling a disabled index is an error, and DATA_NONE with a nonzero count triggers vectors.',
    minutes: 5,
    level: 'middle',
    requires: ['enotty'],
    learned: [
      'Disabling an index that is not enabled fails with EINVAL.',
      'DATA_NONE with a nonzero count signals vectors and detaches none.',
    ],
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
          {
            text: '0: MSI-X is off',
            holds: 'not fails',
            feedback:
              'vfio_pci_set_msi_trigger() calls vfio_msi_disable() only if irq_type is MSI-X already, and otherwise returns EINVAL for DATA_NONE.',
          },
          { text: 'EINVAL: MSI-X was not enabled', holds: 'errno EINVAL' },
        ],
        explain:
          'QEMU before 8.2 sends this call when a guest enables MSI-X with every vector masked, and ignores the error. Cloud Hypervisor once treated it as a failure.',
        notes:
          'Point at irq_type in the check. Ask: is this EINVAL an error for the client? Common wrong idea: a disable can be sent at any time.',
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
        notes:
          'Point at MSI-X, which is enabled now. Ask: what would the disable of step 1 return here? Common wrong idea: the failed disable has left something behind.',
        source: 'include/uapi/linux/vfio.h',
      },
      {
        kind: 'predict',
        ask: 'To "unmap" both vectors, a client sends TRIGGER with DATA_NONE, start 0 and count 2. What happens?',
        run: 'set_irqs msix trigger none 0 2',
        choices: [
          {
            text: 'Both are detached',
            holds: 'not attached 0 and not attached 1',
            feedback:
              'A detach is DATA_EVENTFD with descriptor −1; DATA_NONE with a count of 2 signals two vectors.',
          },
          {
            text: 'MSI-X is disabled',
            holds: 'not enabled',
            feedback: 'A disable has a count of 0, and here the count is 2.',
          },
          { text: 'Both eventfds are signalled', holds: 'signals and attached 0 and attached 1' },
        ],
        explain: 'ACTION_TRIGGER with DATA_NONE is a loopback trigger. Only a count of 0 disables the index.',
        notes:
          'Point at the two calls of eventfd_signal(). Ask: which line detaches both vectors? Common wrong idea: DATA_NONE means "no eventfd".',
        source: 'openvmm PR #3778; scenario S24',
      },
    ],
  },
  {
    id: 'read-trace',
    sequence: 'clients',
    title: 'Reading a real trace',
    about: 'A trace of QEMU 7.2 with the results of the real kernel, and what it tells about the kernel.',
    minutes: 9,
    level: 'deep',
    requires: ['gap'],
    learned: [
      'QEMU before 8.2 disables MSI-X to add a vector, whatever the kernel can do.',
      'SET_IRQS calls in the range of the enabling call give the same results on 6.1 and 6.12.',
    ],
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
          {
            text: 'Four: one for each unmasked vector',
            holds: 'irqs 4',
            feedback:
              'The second ioctl enables MSI-X again with start + count = 5, and vector 3 gets an irq for its −1.',
          },
          { text: 'Five: vectors 0 to 4', holds: 'irqs 5' },
          {
            text: 'One: only vector 4 is new',
            holds: 'irqs 1',
            feedback: 'The disable has freed the earlier irqs, and the enabling call allocates all five.',
          },
        ],
        explain:
          'QEMU before 8.2 does not read NORESIZE: for a vector past the range it disables MSI-X and enables it with a longer list. Vector 3 gets an irq too, and its descriptor is −1.',
        notes:
          'Point at the results behind the lines. Ask: which line loses interrupts? Common wrong idea: QEMU adds only the new vector.',
        source: 'docs/clients.md §2',
      },
      {
        kind: 'predict',
        ask: 'The guest unmasks vector 3, and the trace has one ioctl. Does the kernel add an irq?',
        run: 'set_irqs msix trigger eventfd 3 [27] # => 0',
        choices: [
          {
            text: 'Yes: vector 3 had none',
            holds: 'irq-allocated',
            feedback:
              'The enabling call has allocated irqs for vectors 0 to 4, so vfio_msi_alloc_irq() finds the irq of vector 3.',
          },
          {
            text: 'No: vector 3 already has a cached irq',
            holds: 'attached 3 and not irq-allocated and not teardown',
          },
          {
            text: 'No: MSI-X is disabled and enabled again',
            holds: 'teardown',
            feedback:
              'The trace has one ioctl here: vector 3 is in the range that QEMU enabled, so QEMU sends no disable.',
          },
        ],
        explain:
          'The vector is in the range, so QEMU does not disable MSI-X and no vector loses its handler.',
        notes:
          'Point at the cached irq of vector 3. Ask: when did it get its irq? Common wrong idea: every unmask of a guest costs a disable.',
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
          {
            text: 'EINVAL, so the trace is not from 6.1',
            holds: 'errno EINVAL',
            feedback:
              'Vector 3 is in the range of the enabling call, so the range check of vfio_msi_set_block() in 6.1 passes.',
          },
          { text: '0, as in the trace', holds: 'not fails and attached 3' },
          {
            text: 'ENOSPC, so the trace is not from 6.1',
            holds: 'errno ENOSPC',
            feedback: 'This call allocates no irq: the enabling call has allocated all five.',
          },
        ],
        explain:
          'Every result is as in the trace: QEMU 7.2 stays in the range of its enabling call, so these ioctls cannot tell the two kernels apart. The bar above the script says that they agree with every release.',
        notes:
          'Point at the bar above the script. Ask: which line could tell the kernels apart? Common wrong idea: a trace always shows its kernel.',
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
        notes:
          'Point at pci_msix_alloc_irq_at() in the kernel calls. Ask: which QEMU sends such a call? Common wrong idea: the block of an enabling call tells the kernels apart.',
        source: 'docs/clients.md §3; commit e4163438e015',
      },
    ],
  },
];
