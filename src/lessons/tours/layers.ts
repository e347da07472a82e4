// Lessons on the three layers: the MSI-X table, the Linux irqs, the eventfds.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const LAYERS: readonly Lesson[] = [
  {
    id: 'three-layers',
    sequence: 'layers',
    title: 'Table, irq, eventfd',
    about: 'One ioctl changes up to three layers.',
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
          { text: 'One: only vector 0 has an eventfd', holds: 'irqs 1' },
          { text: 'Two: start + count', holds: 'irqs 2' },
          { text: 'Eight: the whole table', holds: 'irqs 8' },
        ],
        explain:
          'The call that enables MSI-X allocates one irq for each vector from 0 to start + count − 1, for entries of −1 too. Vector 1 now has an irq and no eventfd: it is cached. The other six table entries have no irq.',
        source: 'vfio_msi_enable(), drivers/vfio/pci/vfio_pci_intrs.c; recording deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'The device raises vector 1, which has an irq and no eventfd. What happens to the interrupt?',
        run: 'raise 1',
        choices: [
          { text: 'It is lost', holds: 'interrupt-lost' },
          { text: 'It stays pending in the device', holds: 'pending 1' },
          { text: 'It is delivered to eventfd 100', holds: 'interrupt-delivered' },
        ],
        explain:
          'The table entry of a vector without a handler is masked, so the device sets its bit in the pending bit array and sends nothing.',
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
        source: 'vfio_msi_set_vector_signal(); recording deassign-reassign, step 6',
      },
    ],
  },
  {
    id: 'cached',
    sequence: 'layers',
    title: 'Cached irqs',
    about: 'Detaching an eventfd keeps the irq; only disabling the mode frees it.',
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
        ask: 'Vector 1 is detached with descriptor −1. What happens to its irq?',
        run: 'set_irqs msix trigger eventfd 1 [-1]',
        choices: [
          { text: 'It is freed', holds: 'not allocated 1' },
          { text: 'It stays allocated, without a handler', holds: 'cached 1' },
          { text: 'The call fails', holds: 'fails' },
        ],
        explain:
          'free_irq() removes the handler, not the allocation. The driver caches the irq: attaching the vector again needs no allocation, so a shortage of irqs cannot make it fail.',
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
        source: 'vfio_msi_alloc_irq(), commit e4163438e015; recording dynamic-block',
      },
      {
        kind: 'do',
        ask: 'Free every irq.',
        goal: 'irqs 0 and not enabled',
        hint: 'One function frees irqs, and one ioctl calls it while the device stays open.',
        solution: 'disable msix',
        best: 1,
        explain:
          'TRIGGER with DATA_NONE and a count of 0 disables the index: pci_free_irq_vectors() frees all irqs, cached or attached. A client cannot free a single irq.',
        source: 'vfio_msi_disable(); "Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
    ],
  },
  {
    id: 'counter',
    sequence: 'layers',
    title: 'An eventfd outlives its descriptor',
    about: 'An attached vector refers to the eventfd object, not to the descriptor.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
set_irqs msix trigger eventfd 0 [100]`,
    steps: [
      {
        kind: 'do',
        ask: 'Leave vector 0 attached to an eventfd that no descriptor of the process refers to.',
        goal: 'attached-to-closed-fd',
        hint: 'No VFIO ioctl is needed.',
        solution: 'close 100',
        explain:
          'eventfd_ctx_fdget() took a reference when the vector was attached. Closing the descriptor drops another reference, so the object stays.',
        source: 'fs/eventfd.c, eventfd_ctx_fdget(); selftests/vfio/vfio_pci_device_test.c',
      },
      {
        kind: 'predict',
        ask: 'The device raises vector 0. What happens to the interrupt?',
        run: 'raise 0',
        choices: [
          { text: 'It is delivered to the eventfd', holds: 'interrupt-delivered' },
          { text: 'It is lost', holds: 'interrupt-lost' },
          { text: 'It stays pending', holds: 'interrupt-pended' },
        ],
        explain: 'The handler signals the eventfd object, even though no process can read it any more.',
        source: 'vfio_msihandler()',
      },
      {
        kind: 'predict',
        ask: 'The process attaches descriptor 100 again, which is now closed. What happens?',
        run: 'set_irqs msix trigger eventfd 0 [100]',
        choices: [
          { text: 'EBADF, and vector 0 stays attached', holds: 'errno EBADF and attached 0' },
          { text: 'EBADF, and vector 0 is detached', holds: 'errno EBADF and cached 0' },
          { text: 'The call succeeds: the object still exists', holds: 'not fails' },
        ],
        explain:
          'vfio_msi_set_vector_signal() removes the old trigger before it looks up the new descriptor. That drops the last reference, and the kernel frees the eventfd.',
        source: 'vfio_msi_set_vector_signal(); recording bad-attached-single',
      },
    ],
  },
  {
    id: 'one-eventfd',
    sequence: 'layers',
    title: 'One eventfd for two vectors',
    about: 'Two vectors can share an eventfd; two irq bypass producers cannot.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
eventfd 101`,
    steps: [
      {
        kind: 'do',
        ask: 'Attach vectors 0 and 1 to the same eventfd.',
        goal: 'one-eventfd-twice and attached 0 and attached 1',
        hint: 'The list of descriptors may contain the same descriptor twice.',
        solution: 'set_irqs msix trigger eventfd 0 [100 100]',
        best: 1,
        explain:
          'VFIO allows it. irq_bypass_register_producer() returns EBUSY for the second vector, because an eventfd identifies its producer; the driver logs this and continues.',
        source: 'recording same-eventfd-twice, step 2',
      },
      {
        kind: 'predict',
        ask: 'A client triggers both vectors by loopback (DATA_NONE, count 2). What happens?',
        run: 'set_irqs msix trigger none 0 2',
        choices: [
          { text: 'The vectors are disabled', holds: 'not enabled' },
          { text: 'The eventfd is signalled', holds: 'signals and enabled' },
          { text: 'EINVAL: an eventfd can be signalled only once', holds: 'errno EINVAL' },
        ],
        explain:
          'A count of 2 triggers two vectors; only a count of 0 disables MSI-X. The counter is 2, one signal per vector.',
        source: 'vfio_pci_set_msi_trigger(); openvmm PR #3778',
      },
    ],
  },
];
