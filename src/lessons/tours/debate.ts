// Lessons on the debate of spring 2023: when should the driver free a single irq? Each view is paraphrased and cites its mail.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const DEBATE: readonly Lesson[] = [
  {
    id: 'gap',
    sequence: 'debate',
    title: 'The gap',
    about: 'Before v6.5 a client disables MSI-X to add a vector.',
    minutes: 6,
    level: 'middle',
    requires: ['cached'],
    learned: [
      'Before v6.5 the enabling call fixed the range of vectors.',
      'A client disabled MSI-X to add a vector, and an interrupt of the time between was lost.',
    ],
    generation: 'static',
    script: `
device e1000e
eventfd 10
eventfd 11
eventfd 13
set_irqs msix trigger eventfd 0 [10]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is Linux 6.4 or earlier. MSI-X is enabled with vector 0, and the guest now unmasks vector 3. What does the call return?',
        run: 'set_irqs msix trigger eventfd 3 [13]',
        choices: [
          {
            text: 'Vector 3 gets an irq',
            holds: 'not fails',
            feedback:
              'Before v6.5 only the enabling call allocates irqs, and no code calls pci_msix_alloc_irq_at().',
          },
          { text: 'EINVAL: the range was fixed by the enabling call', holds: 'errno EINVAL' },
          {
            text: 'ENOSPC',
            holds: 'errno ENOSPC',
            feedback:
              'The range check at the start of vfio_msi_set_block() fails first, so no code tries to allocate an irq.',
          },
        ],
        explain: 'vfio_msi_set_block() compares with num_ctx, which the enabling call set to 1.',
        notes:
          'Point at the first check of vfio_msi_set_block(). Ask: which field does it compare with? Common wrong idea: an irq is missing.',
        source: 'v6.4 vfio_msi_set_block(); VFIO_IRQ_INFO_NORESIZE',
      },
      {
        kind: 'do',
        ask: 'Attach vectors 0 and 3 on this kernel.',
        goal: 'attached 0 and attached 3',
        hint: 'QEMU before 8.2 disabled MSI-X and enabled it again with a longer list, with −1 for unused vectors.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10 -1 -1 13]`,
        best: 2,
        explain: 'Four irqs are allocated for two vectors, and between the two calls no vector was attached.',
        notes:
          'Point at the four irqs for two vectors. Ask: what happens between the two lines? Common wrong idea: vector 0 stays attached during the change.',
        source: 'QEMU 7.0 vfio_msix_vector_do_use()',
      },
      {
        kind: 'predict',
        ask: 'The same again, one call at a time: MSI-X is disabled, and the device raises an interrupt before MSI-X is enabled again. What happens to the interrupt?',
        run: `
disable msix
raise 0`,
        choices: [
          {
            text: 'It stays pending until MSI-X is enabled',
            holds: 'interrupt-pended',
            feedback:
              'A pending bit is set only while MSI-X is enabled; with MSI-X disabled this device asserts its INTx pin instead.',
          },
          { text: 'It is lost', holds: 'interrupt-lost' },
          {
            text: 'It is delivered to eventfd 10',
            holds: 'interrupt-delivered',
            feedback: 'vfio_msi_disable() has detached vector 0 from eventfd 10 and freed its irq.',
          },
        ],
        explain:
          'MSI-X is disabled and INTx has no handler. The guest gets no error: the PCI specification defines no status for unmasking a vector.',
        notes:
          'Point at the timeline between the two lines. Ask: does the guest learn of the loss? Common wrong idea: the pending bit saves the interrupt.',
        source: '"Re: [RFC PATCH 0/8]", maintainer, 16 March 2023; recording bad-first-on-enable, step 4',
      },
    ],
  },
  {
    id: 'v2-policy',
    sequence: 'debate',
    title: 'V2: an irq is freed with its eventfd',
    about: 'V2 frees an irq whenever its vector is detached.',
    minutes: 4,
    level: 'middle',
    requires: ['gap'],
    learned: [
      'V2 frees an irq with its eventfd, so attaching again needs an allocation that can fail.',
      'The merged driver keeps the irq at a detach.',
    ],
    generation: 'v2',
    script: `
device nvme
eventfd 10
eventfd 11
eventfd 21
set_irqs msix trigger eventfd 0 [10 11]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is V2 as posted. Vector 1 is detached with −1. What happens to its irq?',
        run: 'set_irqs msix trigger eventfd 1 [-1]',
        choices: [
          {
            text: 'It stays cached',
            holds: 'cached 1',
            feedback:
              'That is the merged driver; in V2 vfio_msi_set_vector_signal() calls pci_msix_free_irq() after free_irq().',
          },
          { text: 'It is freed', holds: 'irq-freed and not allocated 1' },
          {
            text: 'MSI-X is disabled',
            holds: 'not enabled',
            feedback:
              'Only DATA_NONE with a count of 0 disables MSI-X; −1 detaches one vector, and vector 0 stays attached.',
          },
        ],
        explain:
          'The rule is simple: an irq and its context are created and freed together. But the enabling call allocated this irq, and attaching the vector again needs a new allocation, which may fail.',
        notes:
          'Point at pci_msix_free_irq() in the kernel calls. Ask: which call allocated this irq? Common wrong idea: V2 frees only irqs that it added itself.',
        source: '"[PATCH V2 0/8]", author, 28 March 2023; recording v2/deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'Now the merged driver. Vector 0 is detached with −1. What happens to its irq?',
        generation: 'dynamic',
        run: 'set_irqs msix trigger eventfd 0 [-1]',
        choices: [
          { text: 'It stays cached', holds: 'cached 0' },
          {
            text: 'It is freed',
            holds: 'not allocated 0',
            feedback:
              'In the merged driver pci_msix_free_irq() does not follow free_irq(), so the irq stays allocated until vfio_msi_disable().',
          },
        ],
        explain:
          'A reply of 4 April changed the design: keeping the irq can be faster and more reliable. The author adds that it also suits QEMU, which swaps eventfds when the guest masks and unmasks a vector.',
        notes:
          'Compare the kernel calls with those of step 1. Ask: which client detaches and attaches often? Common wrong idea: the last version of a series is the first one with fixes.',
        source: '"Re: [PATCH V2 7/8]", maintainer, 4 April 2023, quoted by the author on 6 April',
      },
    ],
  },
  {
    id: 'v3-original',
    sequence: 'debate',
    title: 'V3: an irq of the original allocation',
    about:
      'V3 caches irqs except on the error path, where it can free an irq that the enabling call allocated.',
    minutes: 7,
    level: 'deep',
    requires: ['v2-policy', 'ebadf'],
    learned: [
      'The error path of V3 frees the irq of the failing vector, whichever call allocated it.',
      'One failed block in V3 leaves some vectors cached and the failing one without an irq.',
    ],
    generation: 'v3',
    script: `
device nvme
eventfd 10
eventfd 11
eventfd 12
set_irqs msix trigger eventfd 0 [10 11]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is V3 as posted. The enabling call allocated the irq of vector 1. Vector 1 is now given descriptor 99, which is not open. What happens?',
        run: 'set_irqs msix trigger eventfd 1 [99]',
        choices: [
          {
            text: 'EBADF, and the irq stays cached',
            holds: 'errno EBADF and cached 1',
            feedback: 'The error path of V3 ends in vfio_msi_free_irq(), which frees the irq of vector 1.',
          },
          {
            text: 'EBADF, and the irq of the original allocation is freed',
            holds: 'errno EBADF and original-irq-freed',
          },
          {
            text: 'EBADF, and the vector stays attached',
            holds: 'errno EBADF and attached 1',
            feedback:
              'free_irq() has removed the handler before eventfd_ctx_fdget() returns EBADF, in V3 as in the merged driver.',
          },
        ],
        explain:
          'On the error path vfio_msi_free_irq() frees the irq whichever call allocated it. The review rejected tracking the origin of each irq as complexity for little gain.',
        notes:
          'Point at vfio_msi_free_irq() in the kernel calls. Ask: how would the driver know which call allocated the irq? Common wrong idea: an error path only undoes its own call.',
        source:
          '"Re: [PATCH V3 09/10] vfio/pci: Support dynamic MSI-X", maintainer, 18 and 19 April 2023; recording v3/bad-attached-single, step 4',
      },
      {
        kind: 'predict',
        ask: 'A block attaches the new vectors 4 and 5, and its second descriptor is bad. Which irqs does V3 keep?',
        run: 'set_irqs msix trigger eventfd 4 [12 99]',
        choices: [
          {
            text: 'None: the block failed',
            holds: 'not allocated 4 and not allocated 5',
            feedback:
              'Unwinding detaches vector 4, and a detach in V3 removes handler and context and keeps the irq.',
          },
          { text: 'The irq of vector 4 only', holds: 'cached 4 and not allocated 5' },
          {
            text: 'Both irqs',
            holds: 'cached 4 and cached 5',
            feedback:
              'Vector 5 is the failing one: its error path calls vfio_msi_free_irq() for the irq that pci_msix_alloc_irq_at() has just added.',
          },
        ],
        explain:
          'Unwinding detaches vector 4, and every detach in V3 keeps the irq cached. Only the failing vector loses its irq, so V3 treats the two vectors of one failed block differently.',
        notes:
          'Point at vectors 4 and 5 in the wiring. Ask: why are two vectors of one block treated differently? Common wrong idea: unwinding and the error path do the same.',
        source: 'V3 vfio_msi_set_block(); scenario S16b',
      },
      {
        kind: 'do',
        ask: 'Reach a state in which MSI-X is enabled and no irq is allocated.',
        goal: 'enabled and irqs 0',
        hint: 'Pass a bad descriptor for each vector that still has an irq: 0 and 4.',
        solution: `
set_irqs msix trigger eventfd 0 [99]
set_irqs msix trigger eventfd 4 [99]`,
        best: 2,
        explain:
          'Under V3 a client can reach this state only through errors, because an enabling call needs at least one vector.',
        notes:
          'Point at MSI-X enabled and no irq. Ask: can an enabling call reach this state? Common wrong idea: enabled MSI-X always has an irq.',
        source: 'recording v3/random-026, step 16; scenario S38',
      },
    ],
  },
];
