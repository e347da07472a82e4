// Lessons on the cache of irqs, which ended the debate of 2023, and on its costs. Each view is paraphrased and cites its mail.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const CACHE: readonly Lesson[] = [
  {
    id: 'three-roads',
    sequence: 'debate',
    title: 'Three ways to "allocated, not attached"',
    about:
      'A vector never set, set to −1 or failed ends in the same state in the merged driver, but not in V3.',
    minutes: 7,
    level: 'deep',
    requires: ['v3-original'],
    learned: [
      'In the merged driver a vector never set, set to −1 or failed ends in the same state.',
      'In V3 a failed vector has no irq, so the state depends on its history.',
    ],
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
        notes:
          'Point at vector 1 in the wiring: an irq and no eventfd. Ask: which line attached an eventfd to it? Common wrong idea: only a detach makes a cached irq.',
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
        notes:
          'Point at vectors 1 and 2, which look the same. Ask: can a client tell how they came there? Common wrong idea: −1 frees what the enabling call allocated.',
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
        notes:
          'Point at the three equal rows. Ask: which rule covers them? Common wrong idea: a malicious user fills the host with cached irqs.',
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
          {
            text: '0, 1 and 2',
            holds: 'cached 0 and cached 1 and cached 2',
            feedback:
              'The failed assignment of vector 0 ends in vfio_msi_free_irq() under V3, so vector 0 has no irq.',
          },
          { text: '1 and 2', holds: 'not allocated 0 and cached 1 and cached 2' },
          {
            text: 'Only 1',
            holds: 'not allocated 0 and cached 1 and not allocated 2',
            feedback: 'Vector 2 was detached with −1, and a detach in V3 keeps the irq; V2 frees it there.',
          },
        ],
        explain: 'V3 frees the irq when the call fails. V4 removed vfio_msi_free_irq().',
        notes:
          'Point at the row of vector 0. Ask: which of the three ways differs? Common wrong idea: V3 frees at every detach.',
        source: '"[PATCH V4 00/11]", author, 27 April 2023',
      },
    ],
  },
  {
    id: 'pool',
    sequence: 'debate',
    title: 'The cost of a cached irq',
    about: 'A cached irq helps its own vector; other vectors cannot use it when irqs are short.',
    minutes: 7,
    level: 'deep',
    requires: ['v3-original', 'exhaustion'],
    learned: [
      'A cached irq helps only its own vector.',
      'A client sees V3 and the merged driver differ here only when irqs are short.',
    ],
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
          {
            text: 'Vector 5 gets the cached irq of vector 1',
            holds: 'attached 5',
            feedback:
              'An irq belongs to one table entry: vfio_msi_alloc_irq() finds none for vector 5 and calls pci_msix_alloc_irq_at(), which returns ENOSPC.',
          },
          { text: 'ENOSPC: both irqs are allocated', holds: 'errno ENOSPC' },
        ],
        explain:
          'Only the vector that owns a cached irq can use it. The reviewer was concerned about the whole system, because remapping entries are a shared pool. The replies: the table size limits the cache, a mode change empties it, and earlier kernels do the same.',
        notes:
          'Point at the cached irq of vector 1 beside the failing call. Ask: who can use it? Common wrong idea: cached irqs are a pool for all vectors.',
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
        notes:
          'Point at the irq number, which is the same as before. Ask: what does the mail call this? Common wrong idea: the attach has to compete for an irq.',
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
          {
            text: '0',
            holds: 'not fails',
            feedback:
              'Vector 1 lost its irq in the failure and vector 5 took the free one, so pci_msix_alloc_irq_at() returns ENOSPC for vector 1.',
          },
          { text: 'ENOSPC: vector 5 took the irq', holds: 'errno ENOSPC and attached 5' },
        ],
        explain:
          'V3 serves vector 5 and fails for vector 1; the merged driver does the opposite. A client sees a difference between the two drivers only when irqs are short.',
        notes:
          'Compare the two kernels line by line. Ask: which one would you choose, and for which client? Common wrong idea: one of the two drivers always serves more vectors.',
        source: 'scenario S35',
      },
    ],
  },
  {
    id: 'silent',
    sequence: 'debate',
    title: 'The removed range check',
    about: 'Dynamic allocation removed the range check at the start of a block.',
    minutes: 4,
    level: 'deep',
    requires: ['gap', 'no-rollback'],
    learned: [
      'Before v6.5 a block past the range failed before any change.',
      'The merged driver finds the missing irq in the middle of the block and detaches the vectors before it.',
    ],
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
          {
            text: 'EINVAL, and no vector is attached',
            holds: 'errno EINVAL and not attached 0',
            feedback:
              'vfio_msi_set_block() checks the range before its loop, so vfio_msi_set_vector_signal() runs for no vector.',
          },
        ],
        explain: 'vfio_msi_set_block() compares the block with num_ctx before it changes any vector.',
        notes:
          'Point at the last function in the kernel calls. Ask: how many vectors did the loop reach? Common wrong idea: the block begins and is undone.',
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
            feedback:
              'The merged driver has no range check at the start: it swaps vectors 0 and 1, fails at vector 2, and unwinding detaches 0 and 1.',
          },
          { text: 'EINVAL, and no vector is attached', holds: 'errno EINVAL and not attached 0' },
        ],
        explain:
          'The errno is the same, but two vectors are detached. The author asked whether that is acceptable; the maintainer replied that QEMU cannot report such an error to a guest in any case.',
        notes:
          'Compare the kernel calls with those of step 1. Ask: can a client tell the two kernels apart by the errno? Common wrong idea: the same errno means the same state.',
        source: '"[RFC PATCH 0/8]", author, 15 March; reply, maintainer, 16 March 2023',
      },
    ],
  },
];
