// The lesson on an interrupt inside a swap.

import type { Lesson } from '../lesson.ts';

const SERIES = '"[PATCH v6 0/3]", Ben Luo, 2019, <cover.1567394624.git.luoben@linux.alibaba.com>';

/** Lessons in teaching order. */
export const SWAP_WINDOW: readonly Lesson[] = [
  {
    id: 'swap-window',
    sequence: 'debate',
    title: 'A swap without a gap',
    about:
      'An interrupt inside a swap: pending on MSI-X, lost on MSI without mask bits, delivered if the irq is held.',
    minutes: 10,
    level: 'deep',
    requires: ['proposals'],
    learned: [
      'Inside a swap an interrupt becomes pending on MSI-X and is lost on MSI without mask bits.',
      'Under hold the handler stays installed, so the swap has no gap.',
      'A swap under hold does not repair an entry that has lost its message.',
    ],
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
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback: 'free_irq() masks the MSI-X entry, and a masked entry keeps the interrupt as pending.',
          },
          {
            text: 'It becomes pending, and the same ioctl delivers it',
            holds: 'interrupt-pended and interrupt-delivered and not pending 0',
          },
          {
            text: 'It becomes pending, and waits for the next ioctl',
            holds: 'pending 0',
            feedback:
              'request_irq() unmasks the entry in the same ioctl, and the device sends the pending interrupt then.',
          },
        ],
        explain:
          'free_irq() has masked the table entry, so the device sets its pending bit. request_irq() unmasks the entry at the end of the swap, and eventfd 11 is signalled: the gap costs time, not an interrupt.',
        notes:
          'Point at the mask bit between free_irq() and request_irq(). Ask: what does the gap cost? Common wrong idea: a moment without a handler loses interrupts.',
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
          {
            text: 'It is delivered to eventfd 11',
            holds: 'interrupt-delivered',
            feedback:
              'request_irq() installs eventfd 11 later, and MSI without mask bits keeps no interrupt until then.',
          },
          {
            text: 'It becomes pending',
            holds: 'interrupt-pended',
            feedback: 'An MSI capability without mask bits has no pending bits either.',
          },
          { text: 'It is lost', holds: 'interrupt-lost' },
        ],
        explain:
          'The device cannot keep the interrupt, and the irq has no handler. The ioctl returns 0, so the client learns nothing of the loss.',
        notes:
          'Point at the capability of this device. Ask: how would the client learn of the loss? Common wrong idea: every swap is safe.',
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
          {
            text: 'It is lost',
            holds: 'interrupt-lost',
            feedback:
              'An interrupt is lost only while no handler is installed, and a swap under hold never removes the handler.',
          },
          {
            text: 'It is delivered to eventfd 11',
            holds: 'interrupt-delivered',
            feedback:
              'The device raises the interrupt right after free_irq(), and this swap does not call free_irq().',
          },
          {
            text: 'It does not arise: this swap never calls free_irq()',
            holds: 'attached 0 and not interrupt-lost and not interrupt-delivered and not interrupt-pended',
          },
        ],
        explain:
          'The irq stays requested, so the moment does not exist. The review of hold against the merged driver finds this difference with MSI, and no difference for an interrupt inside an ioctl with MSI-X.',
        notes:
          'Point at the calls of the swap: free_irq() is not among them. Ask: when would an interrupt arrive instead? Common wrong idea: the moment exists in every kernel.',
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
        notes:
          'Point at irq_update_devid() and the moment behind it. Ask: which eventfd does an interrupt before it signal? Common wrong idea: some moment of the swap loses it.',
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
          {
            text: 'It is delivered to eventfd 11',
            holds: 'interrupt-delivered',
            feedback:
              'irq_update_devid() writes no message, so the entry still has none, and no message reaches the handler.',
          },
          { text: 'It is lost', holds: 'interrupt-lost' },
          {
            text: 'It becomes pending',
            holds: 'interrupt-pended',
            feedback:
              'The entry is unmasked while its vector is attached, so the device sends at once and sets no pending bit.',
          },
        ],
        explain:
          'A swap in the merged driver writes the message again before request_irq() and so repairs the entry. A swap under hold writes no message.',
        notes:
          'Point at the empty message of entry 0. Ask: which call of the merged driver repairs it? Common wrong idea: a swap always writes the message.',
        source: 'docs/driver.md §19.3, A8; scenario T9',
      },
    ],
  },
];
