// Scenarios that set the proposals `track` and `hold` apart from V2, V3 and the merged driver (S39 to S41, T8, T9). No kernel has
// these proposals, so the results are those of the model (docs/driver.md §19). The scripts are the shortest that a search finds,
// with vectors and descriptors of this library.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { Told } from './scenario.ts';

const TRACK: readonly GenerationId[] = ['v2', 'v3', 'dynamic', 'track'];
const HOLD: readonly GenerationId[] = ['v2', 'v3', 'dynamic', 'hold'];
const MAIL = '"Re: [PATCH V3 09/10]", maintainer, 19 April 2023';
const SERIES = '"[PATCH v6 0/3]", Ben Luo, 2019, <cover.1567394624.git.luoben@linux.alibaba.com>';

/** The scenarios; index.ts sorts them. */
export const PROPOSAL_SCENARIOS: readonly Told[] = [
  {
    id: 'S39',
    title: 'One failure with an earlier irq, one without',
    client: 'any client',
    look: 'track, a proposal that no kernel has, keeps the irq of vector 0 and frees the irq of vector 1, which the failing assignment allocated. V2 and V3 end with no irq, the merged driver with both.',
    source: `${MAIL}; docs/driver.md §19.1`,
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 0 [99]
      set_irqs msix trigger eventfd 1 [99] <`,
    compare: TRACK,
  },
  {
    id: 'S40',
    title: 'Results of track on a host short of irqs',
    client: 'host short of irqs',
    look: 'Two irqs are available. The merged driver has none for vector 2, because vectors 0 and 1 keep theirs; V2, V3 and track attach it. For vector 1 track then has no irq, because vector 0 keeps one; V2 and V3 attach it. No kernel has track.',
    source: `${MAIL}; docs/driver.md §19.1; the model on a host with two irqs`,
    script: `
      device nvme irqs=2
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 0 [99]
      set_irqs msix trigger eventfd 1 [99]
      set_irqs msix trigger eventfd 2 [12] <
      set_irqs msix trigger eventfd 1 [11]`,
    compare: TRACK,
  },
  {
    id: 'S41',
    title: 'A swap in which request_irq() would fail',
    client: 'host short of CPU vectors',
    look: 'hold, a proposal that no kernel has, swaps without request_irq(), so the injected failure never happens and vector 0 ends attached to eventfd 11. Each other driver returns ENOSPC and leaves it detached; V2 and V3 also free its irq.',
    source: `${SERIES}; docs/driver.md §19.2`,
    script: `
      set_irqs msix trigger eventfd 0 [10]
      set_irqs msix trigger eventfd 0 [11] ! request_irq#1=ENOSPC <`,
    compare: HOLD,
  },
  {
    id: 'T8',
    title: 'Raised inside a swap, on MSI without mask bits',
    client: 'guest that changes affinity often',
    look: 'The device raises an interrupt while the ioctl swaps the eventfd. hold, a proposal that no kernel has, delivers it to eventfd 11. In every other driver the vector has no handler at that moment, and the interrupt is lost.',
    source: `${SERIES}; docs/driver.md §19.2`,
    script: `
      device e1000e
      set_irqs msi trigger eventfd 0 [10]
      set_irqs msi trigger eventfd 0 [11] ! raise 0 before eventfd_ctx_put#1 <`,
    compare: HOLD,
  },
  {
    id: 'T9',
    title: 'A swap after the device lost its message',
    client: 'any client',
    look: 'The device loses the message of entry 0. Every other driver writes it again in the swap, and the interrupt reaches eventfd 11. hold, a proposal that no kernel has, does not touch the entry: the interrupt is lost.',
    source: 'docs/driver.md §19.2; the model, in which the device loses a message without a reset',
    script: `
      set_irqs msix trigger eventfd 0 [10]
      clobber 0
      set_irqs msix trigger eventfd 0 [11]
      raise 0 <`,
    compare: HOLD,
  },
];
