// The lesson on the two proposals of the debate that no kernel has, `track` and `hold`. The mails name them; their results are
// those of the model (docs/driver.md §19).

import type { Lesson } from '../lesson.ts';

const MAIL = '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023';
const SERIES = '"[PATCH v6 0/3]", Ben Luo, 2019, <cover.1567394624.git.luoben@linux.alibaba.com>';

/** Lessons in teaching order; they belong to the sequence of the debate. */
export const PROPOSALS: readonly Lesson[] = [
  {
    id: 'proposals',
    sequence: 'debate',
    title: 'Two rules that no kernel has',
    about:
      'The proposals track and hold differ from the merged driver after a failed assignment and in a swap.',
    minutes: 12,
    level: 'deep',
    requires: ['v3-original'],
    learned: [
      'track frees an irq after a failure only if this assignment allocated it.',
      'hold swaps with irq_update_devid(), so the handler stays installed.',
      'A failing call under hold leaves the same state as in the merged driver.',
    ],
    generation: 'track',
    script: `
device e1000e
eventfd 10
eventfd 11
eventfd 13
set_irqs msix trigger eventfd 0 [10 11]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is track, a proposal that no kernel has: V3, but the driver remembers whether the failing assignment allocated the irq itself. The enabling call allocated the irq of vector 1. A second call gives vector 1 descriptor 99, which is closed. What happens?',
        run: 'set_irqs msix trigger eventfd 1 [99]',
        choices: [
          { text: 'EBADF, and the irq stays cached', holds: 'errno EBADF and cached 1' },
          {
            text: 'EBADF, and the irq is freed, as in V3',
            holds: 'errno EBADF and not allocated 1',
            feedback:
              'track calls vfio_msi_free_irq() only if this assignment allocated the irq, and the enabling call allocated this one.',
          },
          {
            text: 'EBADF, and the vector stays attached',
            holds: 'errno EBADF and attached 1',
            feedback: 'track detaches as V3 does: free_irq() comes before the lookup of descriptor 99.',
          },
        ],
        explain:
          'The assignment did not allocate this irq, so track keeps it, as the merged driver does. The mail names such tracking as the repair of V3 and rejects it as complexity for little gain.',
        notes:
          'Point at the missing vfio_msi_free_irq(). Ask: what does track have to remember? Common wrong idea: track remembers the origin of every irq.',
        source: `${MAIL}; docs/driver.md §19.1`,
      },
      {
        kind: 'predict',
        ask: 'Vector 3 has no irq. A call gives it the closed descriptor 99 too. Does vector 3 have an irq afterwards?',
        run: 'set_irqs msix trigger eventfd 3 [99]',
        choices: [
          {
            text: 'Yes, a cached one',
            holds: 'errno EBADF and cached 3',
            feedback:
              'pci_msix_alloc_irq_at() was called in this assignment, so its error path under track ends in vfio_msi_free_irq().',
          },
          { text: 'No', holds: 'errno EBADF and not allocated 3' },
        ],
        explain:
          'This assignment allocated the irq, so track frees it, as V3 does. The merged driver would keep it cached.',
        notes:
          'Point at pci_msix_alloc_irq_at() and vfio_msi_free_irq() in one call. Ask: what does the merged driver do here? Common wrong idea: track keeps every irq.',
        source: `${MAIL}; docs/driver.md §19.1; scenario S39`,
      },
      {
        kind: 'do',
        ask: 'Make a call fail and still leave vector 3 with an irq.',
        goal: 'fails and cached 3',
        hint: 'Assign a block of two vectors in which the second one fails.',
        solution: 'set_irqs msix trigger eventfd 3 [13 99]',
        best: 1,
        explain:
          'track frees only the irq of the failing vector 4. Unwinding detaches vector 3, and a detach keeps the irq, although this call allocated it. So track, like V3, treats the two vectors of one failed block differently.',
        notes:
          'Point at vectors 3 and 4 in the wiring. Ask: which call allocated the irq of vector 3? Common wrong idea: a failed block under track leaves no irq behind.',
        source: 'docs/driver.md §19.1',
      },
      {
        kind: 'predict',
        ask: 'This is hold, the other proposal that no kernel has: the merged driver, but a swap looks up the new eventfd first and then gives it to the installed handler. Vector 0 is attached to eventfd 10, and a call gives it the closed descriptor 99. In which state is vector 0 after EBADF?',
        generation: 'hold',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 0 [99]`,
        choices: [
          {
            text: 'It is still attached to eventfd 10',
            holds: 'errno EBADF and attached 0',
            feedback:
              'The lookup leaves vector 0 unchanged, but after EBADF vfio_msi_set_block() detaches the vectors from the start to the failing one, and that is vector 0.',
          },
          { text: 'It is detached, and its irq is cached', holds: 'errno EBADF and cached 0' },
          {
            text: 'It has no irq',
            holds: 'errno EBADF and not allocated 0',
            feedback: 'The error path under hold frees no irq, and the unwinding loop only detaches.',
          },
        ],
        explain:
          'The lookup fails before the swap has changed anything, but unwinding the block then detaches vector 0, as in every kernel. A failing call under hold leaves the state that the merged driver leaves.',
        notes:
          'Point at the second vfio_msi_set_vector_signal(). Ask: where is the vector detached? Common wrong idea: an early lookup makes the call atomic.',
        source: 'docs/driver.md §19.2',
      },
      {
        kind: 'do',
        ask: 'Give vector 1 another eventfd in a call that does not detach it.',
        goal: 'attaches 1 and not detaches 1',
        hint: 'Vector 1 is attached to eventfd 11. Under hold a swap is enough.',
        solution: 'set_irqs msix trigger eventfd 1 [13]',
        best: 1,
        explain:
          'hold calls irq_update_devid(), a function from a series of 2019 that was not merged. In every other driver a swap calls free_irq(), which detaches the vector and masks its entry, and then request_irq(), which can fail.',
        notes:
          'Point at irq_update_devid() in the kernel calls. Ask: which calls of a usual swap are missing? Common wrong idea: a swap always needs free_irq().',
        source: `${SERIES}; docs/driver.md §19.2; scenario S41`,
      },
      {
        kind: 'predict',
        ask: 'This is track again; it swaps as V3 and the merged driver do. The device now uses MSI without mask bits and raises an interrupt inside the swap, after free_irq() and before the driver puts the old eventfd. What happens to the interrupt?',
        generation: 'track',
        run: `
disable msix
set_irqs msi trigger eventfd 0 [10]
set_irqs msi trigger eventfd 0 [11] ! raise 0 before eventfd_ctx_put#1`,
        choices: [
          {
            text: 'It is delivered to an eventfd',
            holds: 'interrupt-delivered',
            feedback:
              'free_irq() has removed the old handler and request_irq() has not installed the new one, so no handler signals an eventfd.',
          },
          {
            text: 'It stays pending until request_irq()',
            holds: 'interrupt-pended',
            feedback:
              'An MSI capability without mask bits has no pending bits either, so the device cannot keep the interrupt.',
          },
          { text: 'It is lost', holds: 'interrupt-lost' },
        ],
        explain:
          'The vector has no handler at that moment, and MSI without mask bits cannot keep the interrupt. On MSI-X the masked entry would keep it pending until request_irq().',
        notes:
          'Point at the moment in the timeline. Ask: which facts of the device decide this? Common wrong idea: MSI and MSI-X behave alike here.',
        source: `${SERIES}; docs/driver.md §19.2; scenario T8`,
      },
      {
        kind: 'predict',
        ask: 'The same lines under hold: the interrupt arrives just before the driver puts the old eventfd. What happens to it?',
        generation: 'hold',
        run: `
disable msi
set_irqs msi trigger eventfd 0 [10]
set_irqs msi trigger eventfd 0 [11] ! raise 0 before eventfd_ctx_put#1`,
        choices: [
          { text: 'It is delivered to an eventfd', holds: 'interrupt-delivered' },
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback:
              'irq_update_devid() replaces the eventfd of the installed handler and never removes the handler, so the interrupt meets a handler.',
          },
        ],
        explain:
          'The handler stays installed and already has eventfd 11. The mail remarks that a plain swap could hold the irq without any cache. hold has a disadvantage: its swap does not repair an entry that has lost its message.',
        notes:
          'Compare the moment with that of step 6. Ask: what is the price of hold? Common wrong idea: hold has only advantages.',
        source: `${MAIL}; ${SERIES}; scenario T8; scenario T9`,
      },
    ],
  },
];
