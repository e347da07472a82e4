// Calls that fail half-way, and what they leave behind (scenarios S14 to S21, S28, S29, S35, S38).

import type { Told } from './scenario.ts';

/** See above. */
export const FAILURE_SCENARIOS: readonly Told[] = [
  {
    id: 'S14',
    title: 'A bad descriptor on a new vector',
    client: 'anybody',
    look: 'The heart of V3 against the merged driver: after the failure V3 has irqs for {0}, the merged driver for {0, 4}. Then V3 allocates again and gets the number that it has just freed, so in the end both look alike.',
    source: 'V3 and V4 of the series; recording bad-unallocated, step 4',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 4 [99] <
      set_irqs msix trigger eventfd 4 [14]`,
  },
  {
    id: 'S15',
    title: 'A bad descriptor on a vector of the original allocation',
    client: 'anybody',
    look: 'All three leave vector 1 detached. V3 also frees its irq, although it came with the enabling call and not with a dynamic allocation: this is what the review of V3 objected to.',
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
    client: 'anybody',
    look: 'Vector 4 is never reached. Vector 2 is detached again, but its irq stays, even in V3: only the vector that failed gives its irq back.',
    source: 'the drivers',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 2 [12 99 14] <`,
  },
  {
    id: 'S16b',
    title: 'The last of a new block fails',
    client: 'anybody',
    look: 'V3 keeps the irqs of vectors 3 and 4 and frees that of 5 only, so it is not consistent with itself; the merged driver keeps all.',
    source: 'the drivers',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 3 [13 14 99] <`,
  },
  {
    id: 'S17',
    title: 'The rollback is not a rollback',
    client: 'anybody',
    look: 'Vectors 0 and 1 end detached, 2 and 3 keep their old eventfds 12 and 13: the new ones are taken away, the old ones are not brought back.',
    source: '"[PATCH V3 06/10]", change log; recording bad-block-third, step 9',
    script: `
      set_irqs msix trigger eventfd 0 [10 11 12 13]
      set_irqs msix trigger eventfd 0 [20 99 22 23] <`,
  },
  {
    id: 'S18',
    title: 'The first enable fails at the last descriptor',
    client: 'anybody',
    look: 'Everything is given back and no mode is on. The unwinding goes from vector 0 to 2, the failing one included.',
    source: 'recording bad-last-on-enable, step 3',
    script: 'set_irqs msix trigger eventfd 0 [10 11 99] <',
  },
  {
    id: 'S19',
    title: 'A block over the range, NORESIZE',
    client: 'host without dynamic allocation',
    look: 'The same errno, another damage: the old driver refuses before it touches anything and leaves vectors 0 and 1 bound; V3 and the merged driver leave nothing bound.',
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
    look: 'The new drivers accept it and rebind vectors 0 and 1: to detach what has no irq is no error.',
    source: '"[PATCH V3 06/10]"',
    script: `
      device nvme nodyn
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 0 [20 21 -1 -1] <`,
  },
  {
    id: 'S21',
    title: "The RFC's example",
    client: 'anybody',
    look: 'Vectors 0 to 4 are bound anew with the irqs they had, 5 to 7 get new ones.',
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
    client: 'anybody; most clients misread it',
    look: 'A positive return: three could be had, and nothing is enabled. Here allocation is the limit. On x86 the shortage shows in request_irq() instead: −ENOSPC, and all is undone.',
    source: 'avocado-misc-tests PR #3049; recordings exhaust-enable, step 2, and msi-multi, step 16',
    script: `
      device nvme irqs=3
      set_irqs msix trigger eventfd 0 [10 11 12 13] <`,
    compare: ['dynamic'],
  },
  {
    id: 'S29',
    title: 'The host runs out later',
    client: 'anybody',
    look: 'ENOSPC for the vector that is one too many; the others are not touched. Compare with the +3 of S28.',
    source: '"Re: [PATCH V4 10/11]", reviewer, 28 April 2023; recording exhaust-dynamic, step 4',
    script: `
      device nvme irqs=3
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 4 [14]
      set_irqs msix trigger eventfd 5 [15] <`,
  },
  {
    id: 'S35',
    title: "V3's free, seen by a neighbour",
    client: 'host short of irqs',
    look: 'V3 and the merged driver differ in what a client sees only under shortage. With two irqs to be had, V3 gives vector 5 the irq that vector 1 lost, and then has none for vector 1; the merged driver refuses vector 5 and keeps vector 1 usable.',
    source: 'scenarios of the specification, section 3',
    script: `
      device nvme irqs=2
      set_irqs msix trigger eventfd 0 [10 11]
      set_irqs msix trigger eventfd 1 [99]
      set_irqs msix trigger eventfd 5 [15] <
      set_irqs msix trigger eventfd 1 [12]`,
  },
  {
    id: 'S38',
    title: 'V3 with MSI-X on and no irq',
    client: 'anybody',
    look: 'After the failure V3 has MSI-X enabled and no irq at all. The loopback then "works": there is nothing to do.',
    source: 'recording v3/random-026, step 16',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 0 [99] <
      set_irqs msix trigger none 0 1
      set_irqs msix trigger eventfd 0 [11]`,
  },
];
