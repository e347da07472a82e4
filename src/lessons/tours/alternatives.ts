// Lessons on the reviews of the debate's alternatives: track, hold, and a rollback of a failing block, each against the merged
// driver. A review (src/explore/review) asks a fixed list of searches; test/explore/keptReviews.ts has the answers that the
// texts repeat, and test/lessons/alternatives.test.ts compares the two.

import type { Lesson } from '../lesson.ts';

const ROLLBACK = 'dynamic + restore-block';
const SERIES = '"[PATCH v6 0/3]", Ben Luo, 2019, <cover.1567394624.git.luoben@linux.alibaba.com>';

/** Lessons in teaching order; they belong to the sequence of the debate. */
export const ALTERNATIVES: readonly Lesson[] = [
  {
    id: 'alternatives',
    sequence: 'debate',
    title: 'The three alternatives of the debate',
    about:
      'Reviews of track, hold and a rollback against the merged driver: what a client sees, what root sees, and what each costs.',
    minutes: 14,
    level: 'deep',
    requires: ['proposals', 'pool'],
    learned: [
      'On a usual host a client can tell neither track nor hold from the merged driver; only a rollback shows.',
      'track changes which vector fails when irqs are short.',
      'A rollback needs request_irq(), which can fail, so it promises nothing.',
    ],
    generation: 'track',
    script: `
device nvme msix=3 irqs=2
eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [-1]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is track: a failed assignment frees the irq only if it allocated it. MSI-X is enabled with vector 0. A call gives vector 1 the closed descriptor 999. How many files does root find in msi_irqs afterwards?',
        run: 'set_irqs msix trigger eventfd 1 [999]',
        choices: [
          {
            text: 'Two: vectors 0 and 1 have irqs',
            holds: 'errno EBADF and allocated 1',
            feedback:
              'That is the merged driver: under track the error path frees the irq that this assignment allocated.',
          },
          { text: 'One: only vector 0 has an irq', holds: 'errno EBADF and irqs 1' },
          {
            text: 'None',
            holds: 'errno EBADF and irqs 0',
            feedback:
              'vfio_msi_free_irq() concerns the failing vector 1 only, and vector 0 keeps the irq of the enabling call.',
          },
        ],
        explain:
          'The merged driver keeps the irq of vector 1, so root finds two files there. On a usual host the client cannot tell the two drivers apart: the review finds no different result or signal in 488 pairs of states, all that its operations reach with three vectors.',
        notes:
          'Point at the list of irqs that root sees. Ask: can the client see this list? Common wrong idea: a difference for root is one for the client.',
        source: 'docs/driver.md §19.1; scenario S39',
      },
      {
        kind: 'predict',
        ask: 'This host has two irqs for the device. The client now attaches vector 2. What does the call return under track?',
        run: 'set_irqs msix trigger eventfd 2 [100]',
        choices: [
          { text: '0: an irq is left', holds: 'not fails and attached 2' },
          {
            text: 'ENOSPC: both irqs are allocated',
            holds: 'errno ENOSPC',
            feedback:
              'Under track vector 1 gave its irq back after EBADF, so pci_msix_alloc_irq_at() gets the second one.',
          },
          {
            text: 'A positive number',
            holds: 'positive-return',
            feedback: 'A positive number comes only from vfio_msi_enable(), and MSI-X is enabled already.',
          },
        ],
        explain:
          'The merged driver returns ENOSPC, because vector 1 keeps the second irq. The review finds this difference with two irqs; with one or three irqs the client sees none.',
        notes:
          'Point at the two irqs of this host. Ask: what does the merged driver return? Common wrong idea: track never helps a client.',
        source: 'docs/driver.md §19.3, A11; scenario S40',
      },
      {
        kind: 'predict',
        ask: 'The client tries vector 1 again, with an open eventfd. What does this call return under track?',
        run: 'set_irqs msix trigger eventfd 1 [101]',
        choices: [
          {
            text: '0: vector 1 has kept its irq',
            holds: 'not fails',
            feedback:
              'track freed the irq of vector 1 after its failure; the merged driver would have kept it.',
          },
          { text: 'ENOSPC: vector 2 has the irq', holds: 'errno ENOSPC' },
          {
            text: 'EBADF, as before',
            holds: 'errno EBADF',
            feedback:
              'Descriptor 101 is open, and vfio_msi_alloc_irq() fails before the descriptor is looked up.',
          },
        ],
        explain:
          'The merged driver attaches vector 1 and has refused vector 2. So track changes which vector fails. In the costs of the review a failing assignment of an unused vector leaves 5 irqs instead of 6 and makes 23 calls instead of 17.',
        notes:
          'Compare with the merged driver, which attaches vector 1 and refuses vector 2. Ask: which of the two is fairer? Common wrong idea: track fails less often.',
        source: 'docs/driver.md §19.3, A11; scenario S40',
      },
      {
        kind: 'predict',
        ask: 'This is hold: a swap gives the new eventfd to the installed handler. Vector 0 is swapped to eventfd 101 while request_irq() would fail with ENOSPC. What happens?',
        generation: 'hold',
        run: `
disable msix
set_irqs msix trigger eventfd 0 [100]
set_irqs msix trigger eventfd 0 [101] ! request_irq#1=ENOSPC`,
        choices: [
          {
            text: 'ENOSPC, and vector 0 is detached',
            holds: 'errno ENOSPC and cached 0',
            feedback:
              'That is the merged driver: a swap under hold does not call request_irq(), so the injected failure does not occur.',
          },
          {
            text: 'ENOSPC, and vector 0 keeps eventfd 100',
            holds: 'errno ENOSPC and attached 0',
            feedback:
              'The swap calls irq_update_devid() instead of request_irq(), so ENOSPC does not occur and vector 0 gets eventfd 101.',
          },
          { text: '0, and vector 0 is attached', holds: 'not fails and attached 0' },
        ],
        explain:
          'The swap does not call request_irq(). In the merged driver it fails with ENOSPC and detaches the vector. On a usual host the review finds no difference, not even in state that nobody can read (320 pairs of states). A swap makes 13 calls instead of 23.',
        notes:
          'Point at the calls of the swap. Ask: which failure is left in a swap under hold? Common wrong idea: an injected failure always occurs.',
        source: `${SERIES}; docs/driver.md §19.2; scenario S41`,
      },
      {
        kind: 'predict',
        ask: 'This is a rollback: a what-if kernel, the merged driver with the choice restore-block. Vector 0 is attached to eventfd 100. A block gives vectors 0 and 1 the descriptors 101 and 999; 999 is closed. What is the state afterwards?',
        generation: ROLLBACK,
        run: `
disable msix
set_irqs msix trigger eventfd 0 [100]
set_irqs msix trigger eventfd 0 [101 999]`,
        choices: [
          {
            text: 'Vector 0 is detached, and both irqs are cached',
            holds: 'errno EBADF and cached 0 and cached 1',
            feedback:
              'That is the merged driver; under restore-block the kernel calls request_irq() again with the old eventfd of vector 0.',
          },
          {
            text: 'Vector 0 is attached again, and vector 1 has no irq',
            holds: 'errno EBADF and attached 0 and not allocated 1',
          },
          {
            text: 'Vector 0 is attached again, and the irq of vector 1 is cached',
            holds: 'errno EBADF and attached 0 and cached 1',
            feedback: 'This rollback frees each irq that the block allocated, so vector 1 has none.',
          },
        ],
        explain:
          'The first choice is the merged driver. The rollback gives vector 0 its eventfd 100 back and frees the irq that the block allocated.',
        notes:
          'Point at the second request_irq(). Ask: what has the kernel to keep for it? Common wrong idea: a rollback only skips the unwinding.',
        source: 'docs/driver.md §20',
      },
      {
        kind: 'do',
        ask: 'Show that a client can see this rollback: send one line after which an eventfd is signalled. In the merged driver the vectors are detached, and the same line signals none.',
        goal: 'signals and attached 0',
        hint: 'A loopback: TRIGGER with DATA_NONE for vector 0.',
        solution: 'set_irqs msix trigger none 0 1',
        best: 1,
        explain:
          'Of the three alternatives only the rollback shows a client a difference on a usual host: the review needs four lines with MSI-X and with MSI, and one of them opens the eventfd. The failing call and the loopback return the same in both drivers.',
        notes:
          'Point at the counter of the eventfd. Ask: why is the return value not enough? Common wrong idea: a failing call shows the difference by its errno.',
        source: 'docs/driver.md §20',
      },
      {
        kind: 'predict',
        ask: 'The same failing block, but the second request_irq() of the ioctl fails with ENOSPC: the one that would give vector 0 its eventfd back. What is the result?',
        run: 'set_irqs msix trigger eventfd 0 [101 999] ! request_irq#2=ENOSPC',
        choices: [
          {
            text: 'ENOSPC, and vector 0 is detached',
            holds: 'errno ENOSPC and cached 0',
            feedback:
              'The ioctl returns the error that stopped the block, EBADF of descriptor 999; a failure while it restores does not replace it.',
          },
          {
            text: 'EBADF, and vector 0 is attached',
            holds: 'errno EBADF and attached 0',
            feedback:
              'The rollback needs request_irq() to give vector 0 its eventfd 100 back, and this is the call that fails.',
          },
          { text: 'EBADF, and vector 0 is detached', holds: 'errno EBADF and cached 0' },
        ],
        explain:
          'A rollback needs request_irq(), which can fail, so even this driver cannot promise the old state. On 3 April 2023 the maintainer wrote that this is not achievable, and that no such promise was ever made. The price: a failing block of two attached vectors makes 62 calls instead of 44 and takes a handler away and back 3 times instead of once, where the merged driver ends with both vectors detached.',
        notes:
          'Point at the failing request_irq(). Ask: what could a kernel promise here? Common wrong idea: a rollback makes the ioctl atomic.',
        source: '"Re: [PATCH V2 7/8]", maintainer, 3 April 2023; docs/driver.md §20',
      },
    ],
  },
];
