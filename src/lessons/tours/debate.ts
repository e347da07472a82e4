// Lessons on the debate of spring 2023: when should the driver free a single irq? Each view is paraphrased and cites its mail.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const DEBATE: readonly Lesson[] = [
  {
    id: 'gap',
    sequence: 'debate',
    title: 'The gap',
    about: 'Before v6.5 a client disables MSI-X to add a vector.',
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
          { text: 'Vector 3 gets an irq', holds: 'not fails' },
          { text: 'EINVAL: the range was fixed by the enabling call', holds: 'errno EINVAL' },
          { text: 'ENOSPC', holds: 'errno ENOSPC' },
        ],
        explain: 'vfio_msi_set_block() compares with num_ctx, which the enabling call set to 1.',
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
        source: 'QEMU 7.0 vfio_msix_vector_do_use()',
      },
      {
        kind: 'predict',
        ask: 'The same again, one call at a time: MSI-X is disabled, and the device raises an interrupt before MSI-X is enabled again. What happens to the interrupt?',
        run: `
disable msix
raise 0`,
        choices: [
          { text: 'It stays pending until MSI-X is enabled', holds: 'interrupt-pended' },
          { text: 'It is lost', holds: 'interrupt-lost' },
          { text: 'It is delivered to eventfd 10', holds: 'interrupt-delivered' },
        ],
        explain:
          'MSI-X is disabled and INTx has no handler. The guest gets no error: the PCI specification defines no status for unmasking a vector.',
        source: '"Re: [RFC PATCH 0/8]", maintainer, 16 March 2023; recording bad-first-on-enable, step 4',
      },
    ],
  },
  {
    id: 'v2-policy',
    sequence: 'debate',
    title: 'V2: an irq is freed with its eventfd',
    about: 'V2 frees an irq whenever its vector is detached.',
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
          { text: 'It stays cached', holds: 'cached 1' },
          { text: 'It is freed', holds: 'irq-freed and not allocated 1' },
          { text: 'MSI-X is disabled', holds: 'not enabled' },
        ],
        explain:
          'The rule is simple: an irq and its context are created and freed together. But the enabling call allocated this irq, and attaching the vector again needs a new allocation, which may fail.',
        source: '"[PATCH V2 0/8]", author, 28 March 2023; recording v2/deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'Now the merged driver. Vector 0 is detached with −1. What happens to its irq?',
        generation: 'dynamic',
        run: 'set_irqs msix trigger eventfd 0 [-1]',
        choices: [
          { text: 'It stays cached', holds: 'cached 0' },
          { text: 'It is freed', holds: 'not allocated 0' },
        ],
        explain:
          'A reply of 4 April changed the design: keeping the irq can be faster and more reliable. The author adds that it also suits QEMU, which swaps eventfds when the guest masks and unmasks a vector.',
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
          { text: 'EBADF, and the irq stays cached', holds: 'errno EBADF and cached 1' },
          {
            text: 'EBADF, and the irq of the original allocation is freed',
            holds: 'errno EBADF and original-irq-freed',
          },
          { text: 'EBADF, and the vector stays attached', holds: 'errno EBADF and attached 1' },
        ],
        explain:
          'On the error path vfio_msi_free_irq() frees the irq whichever call allocated it. The review rejected tracking the origin of each irq as complexity for little gain.',
        source:
          '"Re: [PATCH V3 09/10] vfio/pci: Support dynamic MSI-X", maintainer, 18 and 19 April 2023; recording v3/bad-attached-single, step 4',
      },
      {
        kind: 'predict',
        ask: 'A block attaches the new vectors 4 and 5, and its second descriptor is bad. Which irqs does V3 keep?',
        run: 'set_irqs msix trigger eventfd 4 [12 99]',
        choices: [
          { text: 'None: the block failed', holds: 'not allocated 4 and not allocated 5' },
          { text: 'The irq of vector 4 only', holds: 'cached 4 and not allocated 5' },
          { text: 'Both irqs', holds: 'cached 4 and cached 5' },
        ],
        explain:
          'Unwinding detaches vector 4, and every detach in V3 keeps the irq cached. Only the failing vector loses its irq, so V3 treats the two vectors of one failed block differently.',
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
        source: 'recording v3/random-026, step 16; scenario S38',
      },
    ],
  },
  {
    id: 'three-roads',
    sequence: 'debate',
    title: 'Three ways to "allocated, not attached"',
    about:
      'A vector never set, set to −1 or failed ends in the same state in the merged driver, but not in V3.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 11
eventfd 12`,
    steps: [
      {
        kind: 'do',
        ask: 'First way: allocate an irq for vector 1 without ever attaching an eventfd to it.',
        goal: 'cached 1',
        hint: 'The enabling call also allocates irqs for entries of −1.',
        solution: 'set_irqs msix trigger eventfd 0 [10 -1 12]',
        best: 1,
        explain: 'The API creates this state under every policy. This is the first argument for the cache.',
        source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
      {
        kind: 'do',
        ask: 'Second way: bring vector 2 into the same state.',
        goal: 'cached 1 and cached 2',
        hint: 'Detach its eventfd.',
        solution: 'set_irqs msix trigger eventfd 2 [-1]',
        best: 1,
        explain: 'Kernels up to v6.4 also keep the irq here.',
        source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
      {
        kind: 'do',
        ask: 'Third way: bring vector 0 into the same state by a failing call.',
        goal: 'cached 0 and cached 1 and cached 2',
        hint: 'Pass a descriptor that is not open.',
        solution: 'set_irqs msix trigger eventfd 0 [99]',
        best: 1,
        explain:
          'One rule covers all three ways. The mail lists its advantages: consistency, latency, reliability, and one place that frees irqs. A malicious user gains no advantage from the cache: the user owns the device, the table size limits the cache, and a mode change frees all irqs.',
        source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
      {
        kind: 'predict',
        ask: 'The same three lines under V3. Which vectors keep an irq?',
        generation: 'v3',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [10 -1 12]
set_irqs msix trigger eventfd 2 [-1]
set_irqs msix trigger eventfd 0 [99]`,
        choices: [
          { text: '0, 1 and 2', holds: 'cached 0 and cached 1 and cached 2' },
          { text: '1 and 2', holds: 'not allocated 0 and cached 1 and cached 2' },
          { text: 'Only 1', holds: 'not allocated 0 and cached 1 and not allocated 2' },
        ],
        explain: 'V3 frees the irq when the call fails. V4 removed vfio_msi_free_irq().',
        source: '"[PATCH V4 00/11]", author, 27 April 2023',
      },
    ],
  },
  {
    id: 'pool',
    sequence: 'debate',
    title: 'The cost of a cached irq',
    about: 'A cached irq helps its own vector; other vectors cannot use it when irqs are short.',
    generation: 'dynamic',
    script: `
device nvme irqs=2
eventfd 10
eventfd 11
eventfd 12
eventfd 15
set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 1 [99]`,
    steps: [
      {
        kind: 'predict',
        ask: 'The host has two irqs for this device. The assignment of vector 1 has just failed, and the merged driver keeps its irq. A client now attaches vector 5. What happens?',
        run: 'set_irqs msix trigger eventfd 5 [15]',
        choices: [
          { text: 'Vector 5 gets the cached irq of vector 1', holds: 'attached 5' },
          { text: 'ENOSPC: both irqs are allocated', holds: 'errno ENOSPC' },
        ],
        explain:
          'Only the vector that owns a cached irq can use it. The reviewer was concerned about the whole system, because remapping entries are a shared pool. The replies: the table size limits the cache, a mode change empties it, and earlier kernels do the same.',
        source: '"Re: [PATCH V4 10/11]", reviewer, 28 April; maintainer, 5 May 2023',
      },
      {
        kind: 'do',
        ask: 'Attach vector 1 again.',
        goal: 'attached 1',
        hint: 'Its irq is still cached.',
        solution: 'set_irqs msix trigger eventfd 1 [12]',
        best: 1,
        explain: 'The mail calls this reliability: another vector or device cannot take a cached irq.',
        source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
      {
        kind: 'predict',
        ask: 'The same lines under V3: the failure, then vector 5, then vector 1 again. What does the last call return?',
        generation: 'v3',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 1 [99]
set_irqs msix trigger eventfd 5 [15]
set_irqs msix trigger eventfd 1 [12]`,
        choices: [
          { text: '0', holds: 'not fails' },
          { text: 'ENOSPC: vector 5 took the irq', holds: 'errno ENOSPC and attached 5' },
        ],
        explain:
          'V3 serves vector 5 and fails for vector 1; the merged driver does the opposite. A client sees a difference between the two drivers only when irqs are short.',
        source: 'scenario S35',
      },
    ],
  },
  {
    id: 'silent',
    sequence: 'debate',
    title: 'The removed range check',
    about: 'Dynamic allocation removed the range check at the start of a block.',
    generation: 'static',
    script: `
device nvme nodyn
eventfd 10
eventfd 11
eventfd 20
eventfd 21
eventfd 22
eventfd 23
set_irqs msix trigger eventfd 0 [10 11]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is Linux 6.4 or earlier with two vectors enabled. A client sends a block of four. What happens?',
        run: 'set_irqs msix trigger eventfd 0 [20 21 22 23]',
        choices: [
          {
            text: 'EINVAL, and 0 and 1 keep their eventfds',
            holds: 'errno EINVAL and attached 0 and attached 1',
          },
          { text: 'EINVAL, and no vector is attached', holds: 'errno EINVAL and not attached 0' },
        ],
        explain: 'vfio_msi_set_block() compares the block with num_ctx before it changes any vector.',
        source: 'v6.4 vfio_msi_set_block(); scenario S19',
      },
      {
        kind: 'predict',
        ask: 'Now the merged driver on a host without dynamic allocation, and the same block. What happens?',
        generation: 'dynamic',
        run: 'set_irqs msix trigger eventfd 0 [20 21 22 23]',
        choices: [
          {
            text: 'EINVAL, and 0 and 1 keep their eventfds',
            holds: 'errno EINVAL and attached 0 and attached 1',
          },
          { text: 'EINVAL, and no vector is attached', holds: 'errno EINVAL and not attached 0' },
        ],
        explain:
          'The errno is the same, but two vectors are detached. The author asked whether that is acceptable; the maintainer replied that QEMU cannot report such an error to a guest in any case.',
        source: '"[RFC PATCH 0/8]", author, 15 March; reply, maintainer, 16 March 2023',
      },
    ],
  },
];
