// The three layers: the MSI-X table, the Linux irqs, the eventfds.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const LAYERS: readonly Lesson[] = [
  {
    id: 'three-layers',
    sequence: 'layers',
    title: 'Table, irq, eventfd',
    about: 'One ioctl fills three layers, and not always all three.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
eventfd 101`,
    steps: [
      {
        kind: 'predict',
        ask: 'The device has 8 table entries. MSI-X is enabled with two vectors: eventfd 100 for vector 0, −1 (none) for vector 1. How many Linux irqs are allocated?',
        run: 'set_irqs msix trigger eventfd 0 [100 -1]',
        choices: [
          { text: 'One: only vector 0 has an eventfd', holds: 'irqs 1' },
          { text: 'Two: start + count', holds: 'irqs 2' },
          { text: 'Eight: the whole table', holds: 'irqs 8' },
        ],
        explain:
          'The call that enables MSI-X allocates one irq for each vector from 0 to start + count − 1, whatever the descriptors say. Vector 1 now has an irq and nothing attached: it is cached. The other six table entries have no irq.',
        source: 'vfio_msi_enable(), drivers/vfio/pci/vfio_pci_intrs.c; recording deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'The device raises vector 1, which has an irq and no eventfd. What becomes of the interrupt?',
        run: 'raise 1',
        choices: [
          { text: 'It is lost', holds: 'interrupt-lost' },
          { text: 'It stays pending in the device', holds: 'pending 1' },
          { text: 'Eventfd 100 gets it', holds: 'interrupt-delivered' },
        ],
        explain:
          'The table entry of a vector without a handler is masked, so the device sets its bit in the pending bit array and sends nothing.',
        source: 'PCI specification, 6.8.2; recording deassign-reassign, step 5',
      },
      {
        kind: 'do',
        ask: 'Attach eventfd 101 to vector 1, so that it gets the interrupt that is waiting.',
        goal: 'attached 1 and not pending 1',
        hint: 'SET_IRQS, MSI-X, trigger, eventfd, start 1, one descriptor.',
        solution: 'set_irqs msix trigger eventfd 1 [101]',
        best: 1,
        explain:
          'request_irq() unmasks the entry, the device sends what was pending, and the handler signals eventfd 101: its counter is 1. The irq was there already; only the eventfd was missing.',
        source: 'vfio_msi_set_vector_signal(); recording deassign-reassign, step 6',
      },
    ],
  },
  {
    id: 'cached',
    sequence: 'layers',
    title: 'What is cached',
    about: 'Detaching an eventfd keeps the irq; only switching the mode off gives it back.',
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
          { text: 'It stays, without a handler', holds: 'cached 1' },
          { text: 'The call fails', holds: 'fails' },
        ],
        explain:
          'free_irq() removes the handler, not the allocation. The irq is kept as a cache: attaching again needs no allocation and cannot fail for want of one.',
        source: 'vfio_msi_set_vector_signal(); "Re: [PATCH V2 7/8]", author, 6 April 2023',
      },
      {
        kind: 'do',
        ask: 'Vector 5 was not part of the enabling call. Give it an eventfd without touching the others.',
        goal: 'attached 5 and attached 0 and cached 1',
        hint: 'A single vector may lie beyond the range of the enabling call since 6.5.',
        solution: 'set_irqs msix trigger eventfd 5 [105]',
        best: 1,
        explain:
          'pci_msix_alloc_irq_at() adds one irq. Vectors 2 to 4 still have none: the irqs need not be contiguous.',
        source: 'vfio_msi_alloc_irq(), commit e4163438e015; recording dynamic-block',
      },
      {
        kind: 'do',
        ask: 'Now give every irq back to the host.',
        goal: 'irqs 0 and not enabled',
        hint: 'There is one function that releases irqs, and one ioctl that reaches it while the device stays open.',
        solution: 'disable msix',
        best: 1,
        explain:
          'DATA_NONE with a count of 0 disables the index: pci_free_irq_vectors() releases all of them, cached or attached. A single irq cannot be given back.',
        source: 'vfio_msi_disable(); "Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
    ],
  },
  {
    id: 'counter',
    sequence: 'layers',
    title: 'An eventfd outlives its number',
    about: 'A binding holds the eventfd object, not the descriptor.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 100
set_irqs msix trigger eventfd 0 [100]`,
    steps: [
      {
        kind: 'do',
        ask: 'Make vector 0 point to an eventfd that no descriptor of the process refers to.',
        goal: 'attached-to-closed-fd',
        hint: 'Nothing about VFIO is needed for this.',
        solution: 'close 100',
        explain:
          'eventfd_ctx_fdget() took a reference when the vector was attached. Closing the descriptor drops another one; the object stays.',
        source: 'fs/eventfd.c, eventfd_ctx_fdget(); selftests/vfio/vfio_pci_device_test.c',
      },
      {
        kind: 'predict',
        ask: 'The device raises vector 0.',
        run: 'raise 0',
        choices: [
          { text: 'The interrupt is delivered to the eventfd', holds: 'interrupt-delivered' },
          { text: 'The interrupt is lost', holds: 'interrupt-lost' },
          { text: 'It stays pending', holds: 'interrupt-pended' },
        ],
        explain: 'The handler has the object. That nobody can read it any more is not the kernel’s concern.',
        source: 'vfio_msihandler()',
      },
      {
        kind: 'predict',
        ask: 'The process attaches descriptor 100 again, which is now closed.',
        run: 'set_irqs msix trigger eventfd 0 [100]',
        choices: [
          { text: 'EBADF, and the old binding stays', holds: 'errno EBADF and attached 0' },
          { text: 'EBADF, and vector 0 is detached', holds: 'errno EBADF and cached 0' },
          { text: 'It works: the object still exists', holds: 'not fails' },
        ],
        explain:
          'The old trigger is taken down before the new descriptor is looked up. The last reference goes with it, and the eventfd is gone.',
        source: 'vfio_msi_set_vector_signal(); recording bad-attached-single',
      },
    ],
  },
  {
    id: 'one-eventfd',
    sequence: 'layers',
    title: 'One eventfd for two vectors',
    about: 'Vectors may share an eventfd; irq bypass may not.',
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
        hint: 'The list of descriptors may repeat one.',
        solution: 'set_irqs msix trigger eventfd 0 [100 100]',
        best: 1,
        explain:
          'Nothing forbids it. irq_bypass_register_producer() refuses the second one with EBUSY, since a producer is known by its eventfd; the driver logs this and goes on.',
        source: 'recording same-eventfd-twice, step 2',
      },
      {
        kind: 'predict',
        ask: 'Both vectors are triggered by loopback (DATA_NONE, count 2).',
        run: 'set_irqs msix trigger none 0 2',
        choices: [
          { text: 'The vectors are disabled', holds: 'not enabled' },
          { text: 'The eventfd is signalled', holds: 'signals and enabled' },
          { text: 'EINVAL: an eventfd can be signalled once', holds: 'errno EINVAL' },
        ],
        explain:
          'A count of 2 means "trigger two vectors"; only a count of 0 disables. The counter is 2, one for each vector.',
        source: 'vfio_pci_set_msi_trigger(); openvmm PR #3778',
      },
    ],
  },
];
