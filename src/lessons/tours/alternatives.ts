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
          { text: 'Two: vectors 0 and 1 have irqs', holds: 'errno EBADF and allocated 1' },
          { text: 'One: only vector 0 has an irq', holds: 'errno EBADF and irqs 1' },
          { text: 'None', holds: 'errno EBADF and irqs 0' },
        ],
        explain:
          'The merged driver keeps the irq of vector 1, so root finds two files there. On a usual host the client cannot tell the two drivers apart: the review finds no different result or signal in 488 pairs of states, all that its operations reach with three vectors.',
        source: 'docs/driver.md §19.1; scenario S39',
      },
      {
        kind: 'predict',
        ask: 'This host has two irqs for the device. The client now attaches vector 2. What does the call return under track?',
        run: 'set_irqs msix trigger eventfd 2 [100]',
        choices: [
          { text: '0: an irq is left', holds: 'not fails and attached 2' },
          { text: 'ENOSPC: both irqs are allocated', holds: 'errno ENOSPC' },
          { text: 'A positive number', holds: 'positive-return' },
        ],
        explain:
          'The merged driver returns ENOSPC, because vector 1 keeps the second irq. The review finds this difference with two irqs; with one or three irqs the client sees none.',
        source: 'docs/driver.md §19.3, A11; scenario S40',
      },
      {
        kind: 'predict',
        ask: 'The client tries vector 1 again, with an open eventfd. What does this call return under track?',
        run: 'set_irqs msix trigger eventfd 1 [101]',
        choices: [
          { text: '0: vector 1 has kept its irq', holds: 'not fails' },
          { text: 'ENOSPC: vector 2 has the irq', holds: 'errno ENOSPC' },
          { text: 'EBADF, as before', holds: 'errno EBADF' },
        ],
        explain:
          'The merged driver attaches vector 1 and has refused vector 2. So track changes which vector fails. In the costs of the review a failing assignment of an unused vector leaves 5 irqs instead of 6 and makes 23 calls instead of 17.',
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
          { text: 'ENOSPC, and vector 0 is detached', holds: 'errno ENOSPC and cached 0' },
          { text: 'ENOSPC, and vector 0 keeps eventfd 100', holds: 'errno ENOSPC and attached 0' },
          { text: '0, and vector 0 is attached', holds: 'not fails and attached 0' },
        ],
        explain:
          'The swap does not call request_irq(). In the merged driver it fails with ENOSPC and detaches the vector. On a usual host the review finds no difference, not even in state that nobody can read (320 pairs of states). A swap makes 13 calls instead of 23.',
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
          },
          {
            text: 'Vector 0 is attached again, and vector 1 has no irq',
            holds: 'errno EBADF and attached 0 and not allocated 1',
          },
          {
            text: 'Vector 0 is attached again, and the irq of vector 1 is cached',
            holds: 'errno EBADF and attached 0 and cached 1',
          },
        ],
        explain:
          'The first choice is the merged driver. The rollback gives vector 0 its eventfd 100 back and frees the irq that the block allocated.',
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
        source: 'docs/driver.md §20',
      },
      {
        kind: 'predict',
        ask: 'The same failing block, but the second request_irq() of the ioctl fails with ENOSPC: the one that would give vector 0 its eventfd back. What is the result?',
        run: 'set_irqs msix trigger eventfd 0 [101 999] ! request_irq#2=ENOSPC',
        choices: [
          { text: 'ENOSPC, and vector 0 is detached', holds: 'errno ENOSPC and cached 0' },
          { text: 'EBADF, and vector 0 is attached', holds: 'errno EBADF and attached 0' },
          { text: 'EBADF, and vector 0 is detached', holds: 'errno EBADF and cached 0' },
        ],
        explain:
          'A rollback needs request_irq(), which can fail, so even this driver cannot promise the old state. On 3 April 2023 the maintainer wrote that this is not achievable, and that no such promise was ever made. The price: a failing block of two attached vectors makes 62 calls instead of 44 and takes a handler away and back 3 times instead of once, where the merged driver ends with both vectors detached.',
        source: '"Re: [PATCH V2 7/8]", maintainer, 3 April 2023; docs/driver.md §20',
      },
    ],
  },
  {
    id: 'swap-window',
    sequence: 'debate',
    title: 'A swap without a gap',
    about:
      'An interrupt inside a swap: pending on MSI-X, lost on MSI without mask bits, delivered if the irq is held.',
    generation: 'dynamic',
    script: `
device e1000e
eventfd 10
eventfd 11
set_irqs msix trigger eventfd 0 [10]`,
    steps: [
      {
        kind: 'predict',
        ask: 'This is the merged driver with MSI-X. Vector 0 is swapped from eventfd 10 to 11, and the device raises vector 0 right after free_irq(). What happens to the interrupt?',
        run: 'set_irqs msix trigger eventfd 0 [11] ! raise 0 after free_irq#1',
        choices: [
          { text: 'It is lost', holds: 'interrupt-lost' },
          {
            text: 'It becomes pending, and the same ioctl delivers it',
            holds: 'interrupt-pended and interrupt-delivered and not pending 0',
          },
          { text: 'It becomes pending, and waits for the next ioctl', holds: 'pending 0' },
        ],
        explain:
          'free_irq() has masked the table entry, so the device sets its pending bit. request_irq() unmasks the entry at the end of the swap, and eventfd 11 is signalled: the gap costs time, not an interrupt.',
        source: 'PCI specification, 6.8.2; docs/driver.md §19.2',
      },
      {
        kind: 'predict',
        ask: 'The same swap with MSI, which has no mask bits on this device. The device raises vector 0 right after free_irq(). What happens to the interrupt?',
        run: `
disable msix
set_irqs msi trigger eventfd 0 [10]
set_irqs msi trigger eventfd 0 [11] ! raise 0 after free_irq#1`,
        choices: [
          { text: 'It is delivered to eventfd 11', holds: 'interrupt-delivered' },
          { text: 'It becomes pending', holds: 'interrupt-pended' },
          { text: 'It is lost', holds: 'interrupt-lost' },
        ],
        explain:
          'The device cannot keep the interrupt, and the irq has no handler. The ioctl returns 0, so the client learns nothing of the loss.',
        source: `${SERIES}; docs/driver.md §19.2; scenario T8`,
      },
      {
        kind: 'predict',
        ask: 'The same lines under hold, a proposal that no kernel has. What happens to the interrupt that was to come right after free_irq()?',
        generation: 'hold',
        run: `
disable msi
set_irqs msi trigger eventfd 0 [10]
set_irqs msi trigger eventfd 0 [11] ! raise 0 after free_irq#1`,
        choices: [
          { text: 'It is lost', holds: 'interrupt-lost' },
          { text: 'It is delivered to eventfd 11', holds: 'interrupt-delivered' },
          {
            text: 'It does not arise: this swap never calls free_irq()',
            holds: 'attached 0 and not interrupt-lost and not interrupt-delivered and not interrupt-pended',
          },
        ],
        explain:
          'The irq stays requested, so the moment does not exist. The review of hold against the merged driver finds this difference with MSI, and no difference for an interrupt inside an ioctl with MSI-X.',
        source: 'docs/driver.md §19.2',
      },
      {
        kind: 'do',
        ask: 'Swap vector 0 back to eventfd 10 while the device raises it inside the ioctl, so that the interrupt is delivered.',
        goal: 'attaches 0 and interrupt-delivered',
        hint: 'Write the moment behind the line: ! raise 0 after irq_update_devid#1.',
        solution: 'set_irqs msi trigger eventfd 0 [10] ! raise 0 after irq_update_devid#1',
        explain:
          'irq_update_devid() replaces the eventfd of the installed handler. Before it an interrupt signals the old eventfd, after it the new one; no moment of the swap loses it.',
        source: `${SERIES}; docs/driver.md §19.2`,
      },
      {
        kind: 'predict',
        ask: 'The disadvantage. MSI-X again, still under hold: the device loses the message of entry 0, the client swaps the eventfd, and the device raises vector 0. What happens to the interrupt?',
        run: `
disable msi
set_irqs msix trigger eventfd 0 [10]
clobber 0
set_irqs msix trigger eventfd 0 [11]
raise 0`,
        choices: [
          { text: 'It is delivered to eventfd 11', holds: 'interrupt-delivered' },
          { text: 'It is lost', holds: 'interrupt-lost' },
          { text: 'It becomes pending', holds: 'interrupt-pended' },
        ],
        explain:
          'A swap in the merged driver writes the message again before request_irq() and so repairs the entry. A swap under hold writes no message.',
        source: 'docs/driver.md §19.3, A8; scenario T9',
      },
    ],
  },
];
