// Lessons on kernel releases and hosts: what changed between releases of one driver, and what the host decides.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const KERNELS: readonly Lesson[] = [
  {
    id: 'noresize',
    sequence: 'kernels',
    title: 'A platform without dynamic allocation',
    about:
      'The irq domain decides whether a vector can be added to enabled MSI-X; VFIO_IRQ_INFO_NORESIZE tells it.',
    minutes: 8,
    level: 'middle',
    requires: ['gap'],
    learned: [
      'The irq domain decides whether a vector can be added; VFIO_IRQ_INFO_NORESIZE tells the client.',
      'The merged driver checks no range at the start of a block, so −1 past the range succeeds.',
    ],
    generation: 'dynamic',
    script: `
device nvme msix=4 nodyn
eventfd 10
eventfd 11
eventfd 13
set_irqs msix trigger eventfd 0 [10]`,
    steps: [
      {
        kind: 'predict',
        ask: 'The driver is that of Linux 6.12, but the irq domain cannot add a vector to enabled MSI-X, as on arm64 with a GICv3 ITS and 6.12.117. MSI-X is enabled with vector 0. A client attaches vector 3. What happens?',
        run: 'set_irqs msix trigger eventfd 3 [13]',
        choices: [
          {
            text: '0, and an irq is added',
            holds: 'not fails',
            feedback:
              'This host cannot allocate dynamically, so vfio_msi_alloc_irq() does not call pci_msix_alloc_irq_at().',
          },
          {
            text: 'ENOSPC: the host has no irq for it',
            holds: 'errno ENOSPC',
            feedback:
              'ENOSPC would come from an allocation, and none is tried: pci_irq_vector() returns EINVAL for a vector without an irq.',
          },
          { text: 'EINVAL, and vector 0 stays attached', holds: 'errno EINVAL and attached 0' },
        ],
        explain:
          'GET_IRQ_INFO has set NORESIZE for MSI-X on this host: the range of the enabling call is fixed, as in every kernel before v6.5. The recordings of that arm64 kernel show flags 9 and EINVAL for such a call. With 7.3.4 the ITS can allocate dynamically: flags 1, and such a call adds an irq.',
        notes:
          'Point at the flags of GET_IRQ_INFO for MSI-X. Ask: which layer decides this? Common wrong idea: the kernel release alone decides.',
        source: 'docs/facts.md N17; recording no-dynamic-arm64/linux-6.12/dynamic-single, step 4',
      },
      {
        kind: 'predict',
        ask: 'A block of two goes past the range, but its second descriptor is −1. What does the call return?',
        run: 'set_irqs msix trigger eventfd 0 [11 -1]',
        choices: [
          { text: '0: vector 1 has nothing to detach', holds: 'not fails and attached 0' },
          {
            text: 'EINVAL, and vector 0 keeps eventfd 10',
            holds: 'errno EINVAL and attached 0',
            feedback:
              'That is the range check of kernels before v6.5; the merged driver has none and swaps vector 0.',
          },
          {
            text: 'EINVAL, and vector 0 is detached',
            holds: 'errno EINVAL and cached 0',
            feedback: 'Unwinding follows an error, and no vector fails: −1 for vector 1 needs no irq.',
          },
        ],
        explain:
          'The driver has no range check at the start of a block. It swaps vector 0 and needs no irq for −1. Kernels before v6.5 check the range first and return EINVAL.',
        notes:
          'Point at vfio_msi_set_vector_signal() for vector 1, which calls nothing. Ask: what does 6.1 return? Common wrong idea: NORESIZE rejects every call past the range.',
        source: 'scenario S20; docs/driver.md §13',
      },
      {
        kind: 'do',
        ask: 'Attach vectors 0 and 3 on this host.',
        goal: 'attached 0 and attached 3',
        hint: 'Disable MSI-X, and enable it with a list up to vector 3.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10 -1 -1 13]`,
        best: 2,
        explain:
          'QEMU since 8.2 reads NORESIZE and does this where it is set, and QEMU before 8.2 does it on every host. Between the two lines no vector has a handler.',
        notes:
          'Point at the time between the two lines. Ask: which QEMU sends them on every host? Common wrong idea: the driver can extend the range in place.',
        source: 'docs/clients.md §2 and §3',
      },
      {
        kind: 'predict',
        ask: 'The four irqs are allocated now. The guest unmasks vector 2, which has no eventfd. What does the call return?',
        run: 'set_irqs msix trigger eventfd 2 [11]',
        choices: [
          {
            text: 'EINVAL: NORESIZE is set',
            holds: 'errno EINVAL',
            feedback: 'NORESIZE fixes the range of the enabling call, and vector 2 is in it.',
          },
          { text: '0, and no irq is added', holds: 'not fails and attached 2 and not irq-allocated' },
          {
            text: '0, and an irq is added',
            holds: 'irq-allocated',
            feedback:
              'The enabling call has allocated an irq for the −1 of vector 2, so vfio_msi_alloc_irq() finds it.',
          },
        ],
        explain:
          'Vector 2 is in the range of the enabling call, so its irq is cached. A client that enables the whole table once never needs a second enable on such a host; the price is one irq per entry.',
        notes:
          'Point at the cached irqs of vectors 1 and 2. Ask: what is the price of enabling the whole table? Common wrong idea: NORESIZE forbids every later attach.',
        source: 'docs/facts.md N14',
      },
    ],
  },
  {
    id: 'reset-memory',
    sequence: 'kernels',
    title: 'A reset with memory decoding disabled',
    about: 'Before a fix of 2026 a reset could leave an attached vector with an empty table entry.',
    minutes: 8,
    level: 'deep',
    requires: ['three-layers'],
    learned: [
      'Before the fix, a reset with memory decoding disabled left attached vectors with empty table entries.',
      'Attaching a vector again writes its message and repairs the entry.',
      'With memory decoding enabled all releases agree.',
    ],
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100 101]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is Linux 6.12.107. A client clears the memory space bit of the command register, resets the device and sets the bit again. Both vectors stay attached. The device raises vector 0. What happens to the interrupt?',
        release: '6.12.107',
        run: `
cfg_write off=4 size=2 value=4
reset
cfg_write off=4 size=2 value=6
raise 0`,
        choices: [
          {
            text: 'It is delivered to eventfd 100',
            holds: 'interrupt-delivered',
            feedback:
              'After the reset entry 0 is zero and masked, because the device dropped the writes that would restore it.',
          },
          { text: 'It becomes pending, although vector 0 is attached', holds: 'pending 0 and attached 0' },
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback:
              'MSI-X is enabled and the entry is masked, so the device sets the pending bit of vector 0.',
          },
        ],
        explain:
          'NVMe clears its table in a reset. The kernel writes the table back with the command register as it is, and a device without memory decoding drops these writes. The entry stays zero and masked, and vfio still has the vector attached.',
        notes:
          'Point at the table entry after the reset. Ask: does vfio know of it? Common wrong idea: a reset detaches the vectors.',
        source: 'docs/facts.md N11; recording memory-off/linux-6.12.107/reset-memory-off, step 8',
      },
      {
        kind: 'do',
        ask: 'Get the pending interrupt delivered.',
        goal: 'delivered-on-attach and attached 0',
        hint: 'An attach writes the message of the entry.',
        solution: 'set_irqs msix trigger eventfd 0 [100]',
        best: 1,
        explain:
          'vfio_msi_set_vector_signal() writes the cached message before request_irq(), which unmasks the entry. Vector 1 still has a zero entry until it is attached again.',
        notes:
          'Point at pci_write_msi_msg() and request_irq(). Ask: what about vector 1? Common wrong idea: one attach repairs the whole table.',
        source: 'docs/driver.md §6.4; recording memory-off/linux-6.12.107/reset-memory-off, step 10',
      },
      {
        kind: 'predict',
        ask: 'The same lines on Linux 6.12.111, from the enabling call on. What happens to the interrupt?',
        release: '6.12.111',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [100 101]
cfg_write off=4 size=2 value=4
reset
cfg_write off=4 size=2 value=6
raise 0`,
        choices: [
          { text: 'It is delivered to eventfd 100', holds: 'interrupt-delivered' },
          {
            text: 'It becomes pending',
            holds: 'pending 0',
            feedback:
              '6.12.111 enables memory decoding while it restores the table, so entry 0 has its message and is unmasked.',
          },
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback: 'The restored entry sends its message, and the handler of vector 0 is still installed.',
          },
        ],
        explain:
          'The fix enables memory decoding around these writes and restores the command register afterwards. It is commit 231c7a57d193 of 7.3, and stable 6.1.190 and 6.12.111 have it.',
        notes:
          'Point at the table entry after the reset. Ask: which releases have the fix? Common wrong idea: the fix changes vfio.',
        source: 'docs/facts.md N11; recording memory-off/linux-6.12.111/reset-memory-off, step 7',
      },
      {
        kind: 'predict',
        ask: 'Linux 6.12.107 again. This time the client resets the device with memory decoding enabled. What happens to the interrupt?',
        release: '6.12.107',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [100 101]
cfg_write off=4 size=2 value=6
reset
raise 0`,
        choices: [
          { text: 'It is delivered to eventfd 100', holds: 'interrupt-delivered' },
          {
            text: 'It becomes pending',
            holds: 'pending 0',
            feedback:
              'With memory decoding enabled the device accepts the writes that restore its table, on 6.12.107 too.',
          },
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback: 'The table is restored and the reset leaves the handler of vector 0 installed.',
          },
        ],
        explain:
          'With memory decoding enabled all kernels agree. A device that keeps its table in a reset, such as e1000e, loses nothing in either case.',
        notes:
          'Point at the command register before the reset. Ask: which bit makes the difference? Common wrong idea: 6.12.107 loses the table in every reset.',
        source: 'docs/facts.md N11; recording memory-off/linux-6.12.107/reset-memory-on, step 5',
      },
    ],
  },
];
