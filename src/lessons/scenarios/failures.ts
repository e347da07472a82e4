// Scenarios of calls that fail half-way, and of the state that they leave (S14 to S21, S28, S29, S35, S38).

import type { Told } from './scenario.ts';

/** The scenarios; index.ts sorts them. */
export const FAILURE_SCENARIOS: readonly Told[] = [
  {
    id: 'S14',
    title: 'A bad descriptor on a new vector',
    client: 'any client',
    look: 'The main difference between V3 and the merged driver: after the failure V3 has an irq for vector 0, the merged driver for vectors 0 and 4. The next call makes V3 allocate again and get the number that it has just freed, so both end in the same state.',
    source: 'V3 and V4 of the series; recording bad-unallocated, step 4',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 4 [99] <
      set_irqs msix trigger eventfd 4 [14]`,
  },
  {
    id: 'S15',
    title: 'A bad descriptor on a vector of the original allocation',
    client: 'any client',
    look: 'All three drivers leave vector 1 detached. V3 also frees its irq, although the enabling call allocated it: the review of V3 objected to this.',
    source:
      '"Re: [PATCH V3 09/10] vfio/pci: Support dynamic MSI-X", maintainer, 18 April 2023; recording bad-attached-single, step 4',
    script: `
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 1 [99] <
      set_irqs msix trigger eventfd 1 [12]`,
  },
  {
    id: 'S16',
    title: 'The middle of a new block fails',
    client: 'any client',
    look: 'The call never reaches vector 4. It detaches vector 2 again, but the irq stays, even in V3, which frees only the irq of the failing vector.',
    source: 'V3 and V4 of the series',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 2 [12 99 14] <`,
  },
  {
    id: 'S16b',
    title: 'The last of a new block fails',
    client: 'any client',
    look: 'V3 keeps the irqs of vectors 3 and 4 and frees only the irq of vector 5, so it treats the vectors of one block differently; the merged driver keeps all three.',
    source: 'V3 and V4 of the series',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 3 [13 14 99] <`,
  },
  {
    id: 'S17',
    title: 'The rollback that isn’t one',
    client: 'any client',
    look: 'Vectors 0 and 1 end detached, and vectors 2 and 3 keep their old eventfds 12 and 13: the driver removes new eventfds and does not restore old ones.',
    source: '"[PATCH V3 06/10]", change log; recording bad-block-third, step 9',
    script: `
      set_irqs msix trigger eventfd 0 [10 11 12 13]
      set_irqs msix trigger eventfd 0 [20 99 22 23] <`,
  },
  {
    id: 'S18',
    title: 'The first enable fails at the last descriptor',
    client: 'any client',
    look: 'The driver frees everything, and no mode is enabled. It unwinds vectors 0 to 2, including the failing one.',
    source: 'recording bad-last-on-enable, step 3',
    script: 'set_irqs msix trigger eventfd 0 [10 11 99] <',
  },
  {
    id: 'S19',
    title: 'A block over the range, NORESIZE',
    client: 'host without dynamic allocation',
    look: 'The errno is the same, the state is not: drivers up to v6.4 reject the call before any change and leave vectors 0 and 1 attached; V3 and the merged driver leave no vector attached.',
    source: '"[PATCH V3 06/10]"',
    script: `
      device nvme nodyn
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 0 [20 21 22 23] <`,
  },
  {
    id: 'S20',
    title: 'A tail of −1 over the range, NORESIZE',
    client: 'host without dynamic allocation',
    look: 'V3 and the merged driver accept the call and attach new eventfds to vectors 0 and 1: detaching a vector without an irq is not an error.',
    source: '"[PATCH V3 06/10]"',
    script: `
      device nvme nodyn
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 0 [20 21 -1 -1] <`,
  },
  {
    id: 'S21',
    title: "The RFC's example",
    client: 'any client',
    look: 'Vectors 0 to 4 get new eventfds on their old irqs; vectors 5 to 7 get new irqs.',
    source:
      '"[RFC PATCH 0/8] vfio/pci: Support dynamic allocation of MSI-X interrupts", author, 15 March 2023',
    script: `
      device nvme msix=10
      set_irqs msix trigger eventfd 0 [10 11 12 13 14]
      set_irqs msix trigger eventfd 0 [20 21 22 23 24 25 26 27] <`,
  },
  {
    id: 'S28',
    title: 'The host has fewer irqs at enable',
    client: 'any client; most misread the result',
    look: 'A positive return: three irqs are available, and MSI-X is not enabled. Here the allocation is the limit. On x86 the shortage appears in request_irq() instead: the call returns −ENOSPC and frees everything.',
    source: 'avocado-misc-tests PR #3049; recordings exhaust-enable, step 2, and msi-multi, step 16',
    script: `
      device nvme irqs=3
      set_irqs msix trigger eventfd 0 [10 11 12 13] <`,
    compare: ['dynamic'],
  },
  {
    id: 'S29',
    title: 'The host runs out later',
    client: 'any client',
    look: 'ENOSPC for the fourth vector; the others are unchanged. Compare with the +3 of S28.',
    source: '"Re: [PATCH V4 10/11]", reviewer, 28 April 2023; recording exhaust-dynamic, step 4',
    script: `
      device nvme irqs=3
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 4 [14]
      set_irqs msix trigger eventfd 5 [15] <`,
  },
  {
    id: 'S35',
    title: 'Another vector takes the irq that V3 freed',
    client: 'host short of irqs',
    look: 'A client sees V3 and the merged driver differ only when irqs are short. With two irqs available, V3 gives vector 5 the irq that vector 1 lost and then has none for vector 1; the merged driver returns ENOSPC for vector 5 and keeps vector 1 usable.',
    source: 'V3 and V4 of the series; the model on a host with two irqs',
    script: `
      device nvme irqs=2
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 1 [99]
      set_irqs msix trigger eventfd 5 [15] <
      set_irqs msix trigger eventfd 1 [12]`,
  },
  {
    id: 'S38',
    title: 'V3 with MSI-X enabled and no irq',
    client: 'any client',
    look: 'After the failure V3 has MSI-X enabled and no irq. The loopback trigger then returns 0, because no vector has an eventfd.',
    source: 'recording v3/random-026, step 16',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 0 [99] <
      set_irqs msix trigger none 0 1
      set_irqs msix trigger eventfd 0 [11]`,
  },
];
