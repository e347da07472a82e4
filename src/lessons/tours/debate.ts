// The debate of spring 2023: when should a single irq be given back? Views are paraphrased, each with its mail.

import type { Lesson } from '../lesson.ts';

/** Lessons in teaching order. */
export const DEBATE: readonly Lesson[] = [
  {
    id: 'gap',
    sequence: 'debate',
    title: 'The gap',
    about: 'Before 6.5 a vector is added by taking all of them down.',
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
        ask: 'This is Linux 6.4 or earlier. MSI-X is enabled with vector 0, and the guest now unmasks vector 3.',
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
        ask: 'Get vectors 0 and 3 attached anyway.',
        goal: 'attached 0 and attached 3',
        hint: 'What QEMU before 8.2 did: off, and on again with a longer list; −1 for what is not used.',
        solution: `
disable msix
set_irqs msix trigger eventfd 0 [10 -1 -1 13]`,
        best: 2,
        explain:
          'Four irqs are allocated for two vectors, and between the two calls there was no vector at all.',
        source: 'QEMU 7.0 vfio_msix_vector_do_use()',
      },
      {
        kind: 'predict',
        ask: 'Once more, slowly: MSI-X is switched off, and the device fires before it is on again.',
        run: `
disable msix
raise 0`,
        choices: [
          { text: 'The interrupt waits for MSI-X', holds: 'interrupt-pended' },
          { text: 'The interrupt is lost', holds: 'interrupt-lost' },
          { text: 'Eventfd 10 gets it', holds: 'interrupt-delivered' },
        ],
        explain:
          'MSI-X is off and nothing handles the pin. The guest cannot know: unmasking a vector has no status in the PCI specification.',
        source: '"Re: [RFC PATCH 0/8]", maintainer, 16 March 2023; recording bad-first-on-enable, step 4',
      },
    ],
  },
  {
    id: 'v2-policy',
    sequence: 'debate',
    title: 'V2: irq and eventfd live and die together',
    about: 'The second version freed an irq whenever its eventfd went.',
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
        ask: 'V2 as posted. Vector 1 is detached with −1.',
        run: 'set_irqs msix trigger eventfd 1 [-1]',
        choices: [
          { text: 'Its irq stays cached', holds: 'cached 1' },
          { text: 'Its irq is freed', holds: 'irq-freed and not allocated 1' },
          { text: 'MSI-X is disabled', holds: 'not enabled' },
        ],
        explain:
          'No memory is wasted and the rule is simple: one context, one irq. But the irq came with the enabling call, and getting one again is an allocation that may fail.',
        source: '"[PATCH V2 0/8]", author, 28 March 2023; recording v2/deassign-reassign',
      },
      {
        kind: 'predict',
        ask: 'The same under the merged driver: vector 0 is detached with −1.',
        generation: 'dynamic',
        run: 'set_irqs msix trigger eventfd 0 [-1]',
        choices: [
          { text: 'Its irq stays cached', holds: 'cached 0' },
          { text: 'Its irq is freed', holds: 'not allocated 0' },
        ],
        explain:
          'The turn came in a reply of 4 April: keeping the irq may be faster and more reliable, and a QEMU guest swaps eventfds at every mask and unmask.',
        source: '"Re: [PATCH V2 7/8]", maintainer, 4 April 2023, quoted by the author on 6 April',
      },
    ],
  },
  {
    id: 'v3-original',
    sequence: 'debate',
    title: 'V3: an irq of the original allocation',
    about:
      'V3 cached, except on the error path; and there it could free what the enabling call had allocated.',
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
        ask: 'V3 as posted. Vector 1, allocated with the enabling call, is given descriptor 99, which is not open.',
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
          'vfio_msi_free_irq() on the error path does not know which call made the irq. Knowing it would need tracking: complexity for little gain, said the review.',
        source:
          '"Re: [PATCH V3 09/10] vfio/pci: Support dynamic MSI-X", maintainer, 18 and 19 April 2023; recording v3/bad-attached-single, step 4',
      },
      {
        kind: 'predict',
        ask: 'A block of two on new vectors 4 and 5, whose second descriptor is bad. Which irqs does V3 keep?',
        run: 'set_irqs msix trigger eventfd 4 [12 99]',
        choices: [
          { text: 'Neither: the block failed', holds: 'not allocated 4 and not allocated 5' },
          { text: 'That of vector 4, not that of 5', holds: 'cached 4 and not allocated 5' },
          { text: 'Both', holds: 'cached 4 and cached 5' },
        ],
        explain:
          'The unwinding detaches vector 4 as every detach does, and so caches it. Only the vector that failed gives its irq back: V3 was not consistent with itself.',
        source: 'V3 vfio_msi_set_block(); scenario S16b',
      },
      {
        kind: 'do',
        ask: 'Leave V3 with MSI-X enabled and without a single irq.',
        goal: 'enabled and irqs 0',
        hint: 'Fail on every vector that still has an irq: 0 and 4.',
        solution: `
set_irqs msix trigger eventfd 0 [99]
set_irqs msix trigger eventfd 4 [99]`,
        best: 2,
        explain: 'A state that the API does not offer otherwise: MSI-X cannot be enabled with no vector.',
        source: 'recording v3/random-026, step 16; scenario S38',
      },
    ],
  },
  {
    id: 'three-roads',
    sequence: 'debate',
    title: 'Three roads to "allocated, not attached"',
    about: 'Never set, set to −1, failed: the merged driver ends in one state; V3 does not.',
    generation: 'dynamic',
    script: `
device nvme
eventfd 10
eventfd 11
eventfd 12`,
    steps: [
      {
        kind: 'do',
        ask: 'First road: have an irq for vector 1 that never had an eventfd.',
        goal: 'cached 1',
        hint: 'The enabling call allocates for −1 too.',
        solution: 'set_irqs msix trigger eventfd 0 [10 -1 12]',
        best: 1,
        explain:
          'The API forces this state on everybody, so it exists whatever the policy is: the first argument for the cache.',
        source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
      {
        kind: 'do',
        ask: 'Second road: bring vector 2 there.',
        goal: 'cached 1 and cached 2',
        hint: 'Take its eventfd away.',
        solution: 'set_irqs msix trigger eventfd 2 [-1]',
        best: 1,
        explain: 'Static kernels always did this.',
        source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
      {
        kind: 'do',
        ask: 'Third road: bring vector 0 there, by a failure.',
        goal: 'cached 0 and cached 1 and cached 2',
        hint: 'A descriptor that is not open.',
        solution: 'set_irqs msix trigger eventfd 0 [99]',
        best: 1,
        explain:
          'One rule for all three: consistency, latency, reliability, one place that frees. A user who does this on purpose gains nothing: the device is theirs, the table bounds the cache, and all goes back when the mode changes.',
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
        explain: 'The third road ends elsewhere. In V4 vfio_msi_free_irq() was gone.',
        source: '"[PATCH V4 00/11]", author, 27 April 2023',
      },
    ],
  },
  {
    id: 'pool',
    sequence: 'debate',
    title: 'Whose irqs are they?',
    about: 'The objection: a cache is good for its device and may cost others. It cuts both ways.',
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
        ask: 'A host with two irqs for this device. The assignment of vector 1 has just failed; the merged driver keeps its irq. Now vector 5 is asked for.',
        run: 'set_irqs msix trigger eventfd 5 [15]',
        choices: [
          { text: 'It gets the cached irq of vector 1', holds: 'attached 5' },
          { text: 'ENOSPC: both irqs are taken', holds: 'errno ENOSPC' },
        ],
        explain:
          'A cached irq helps the vector that had it and nobody else. The reviewer’s worry was the whole system: remapping entries are a shared pool. Others answered: bounded by the table, short-lived, as it always was.',
        source: '"Re: [PATCH V4 10/11]", reviewer, 28 April; maintainer, 5 May 2023',
      },
      {
        kind: 'do',
        ask: 'Attach vector 1 again.',
        goal: 'attached 1',
        hint: 'Its irq is there.',
        solution: 'set_irqs msix trigger eventfd 1 [12]',
        best: 1,
        explain: 'Reliability: a kept irq cannot be lost to somebody else.',
        source: '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
      },
      {
        kind: 'predict',
        ask: 'The same story under V3: the failure, then vector 5, then vector 1 again. What does the last call return?',
        generation: 'v3',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 1 [99]
set_irqs msix trigger eventfd 5 [15]
set_irqs msix trigger eventfd 1 [12]`,
        choices: [
          { text: '0', holds: 'not fails' },
          { text: 'ENOSPC: vector 5 has its irq', holds: 'errno ENOSPC and attached 5' },
        ],
        explain:
          'V3 served vector 5 and lost vector 1. Under shortage, and only there, a client can tell the two drivers apart. Both sides had a point.',
        source: 'scenario S35',
      },
    ],
  },
  {
    id: 'silent',
    sequence: 'debate',
    title: 'What changed without a word',
    about: 'The range check at the beginning of a block went away with dynamic allocation.',
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
        ask: 'Linux 6.4 or earlier, two vectors enabled. A block of four is sent.',
        run: 'set_irqs msix trigger eventfd 0 [20 21 22 23]',
        choices: [
          {
            text: 'EINVAL, and 0 and 1 keep their eventfds',
            holds: 'errno EINVAL and attached 0 and attached 1',
          },
          { text: 'EINVAL, and nothing is attached', holds: 'errno EINVAL and not attached 0' },
        ],
        explain: 'The block is compared with num_ctx before anything is touched.',
        source: 'v6.4 vfio_msi_set_block(); scenario S19',
      },
      {
        kind: 'predict',
        ask: 'The merged driver on a host that cannot allocate dynamically. The same block.',
        generation: 'dynamic',
        run: 'set_irqs msix trigger eventfd 0 [20 21 22 23]',
        choices: [
          {
            text: 'EINVAL, and 0 and 1 keep their eventfds',
            holds: 'errno EINVAL and attached 0 and attached 1',
          },
          { text: 'EINVAL, and nothing is attached', holds: 'errno EINVAL and not attached 0' },
        ],
        explain:
          'The same errno, more damage. The author asked whether that was acceptable; the answer was that errors here cannot be told to a guest anyway.',
        source: '"[RFC PATCH 0/8]", author, 15 March; reply, maintainer, 16 March 2023',
      },
    ],
  },
];
