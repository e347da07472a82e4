// Hosts that run out (scenarios S28, S29 and S35, and the findings of scenarios.md section 3). `irqs=N` is a host where
// allocation is the limit, which no recording shows: on the recorded x86 machine allocation never fails and request_irq
// does, for want of a CPU vector. `cpu_vectors=N` is that machine.

import { scenario } from './play.ts';

scenario(
  'S28 fewer irqs than asked for while enabling: a positive return, and nothing is enabled',
  `
  device nvme irqs=3
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  `,
  { all: ['+3: off'] },
);

scenario(
  'S28 as recorded: ENOSPC from request_irq, all undone (exhaust-enable@nvme2048#2)',
  `
  device nvme cpu_vectors=3
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  `,
  { all: ['ENOSPC: off'] },
);

scenario(
  'S28 the positive return that was recorded: MSI without interrupt remapping (msi-multi@xhcinoir#16)',
  `
  device xhci noremap
  set_irqs msi trigger eventfd 0 [10 11 12]
  `,
  { all: ['+1: off'] },
);

scenario(
  'S29 the host runs out later: the others are untouched',
  `
  device nvme irqs=3
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 4 [14]
  set_irqs msix trigger eventfd 5 [15]
  `,
  {
    static: ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0 1} bound {0:10 1:11}'],
    'v2 v3 dynamic': ['0', '0', 'ENOSPC: MSI-X irqs {0 1 4} bound {0:10 1:11 4:14}'],
  },
);

scenario(
  'S29 as recorded: the new vector has an irq and no CPU vector (exhaust-dynamic@nvme2048#4)',
  `
  device nvme cpu_vectors=3
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 4 [14]
  set_irqs msix trigger eventfd 5 [15]
  `,
  {
    static: ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0 1} bound {0:10 1:11}'],
    'v2 v3': ['0', '0', 'ENOSPC, freeing 5: MSI-X irqs {0 1 4} bound {0:10 1:11 4:14}'],
    dynamic: ['0', '0', 'ENOSPC: MSI-X irqs {0 1 4 5} bound {0:10 1:11 4:14}'],
  },
);

// Where the shortage shows depends on the vector. 6.12 takes a CPU vector at once for one below every allocated one,
// since msi_check_reservation_mode() looks at the first descriptor, which does not say yet that it is MSI-X
// (v3/random-026#17 is such an allocation). That fails in pci_msix_alloc_irq_at, before there is anything to give back.
scenario(
  'S29 the vector that is the lowest of all fails in the allocation already, after V3 had freed it',
  `
  device nvme cpu_vectors=1
  set_irqs msix trigger eventfd 0 [-1 11]
  set_irqs msix trigger eventfd 0 [99]
  set_irqs msix trigger eventfd 0 [10]
  `,
  {
    // to the others it is allocated still, and request_irq fails; V2 keeps its hole
    'static v2 dynamic': ['0', 'EBADF', 'ENOSPC: MSI-X irqs {0 1} bound {1:11}'],
    v3: ['0', 'EBADF, freeing original 0', 'ENOSPC: MSI-X irqs {1} bound {1:11}'],
  },
);

scenario(
  'S29 a vector above the others gets its irq first, which V3 and V2 then give back',
  `
  device nvme cpu_vectors=1
  set_irqs msix trigger eventfd 0 [-1 11]
  set_irqs msix trigger eventfd 2 [12]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} bound {1:11}'],
    'v2 v3': ['0', 'ENOSPC, freeing 2: MSI-X irqs {0 1} bound {1:11}'],
    dynamic: ['0', 'ENOSPC: MSI-X irqs {0 1 2} bound {1:11}'],
  },
);

scenario(
  "S35 V3's free made visible to a neighbour: with two irqs one client gets what the other lost",
  `
  device nvme irqs=2
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 1 [12]
  `,
  {
    static: ['0', 'EBADF', 'EINVAL', '0: MSI-X irqs {0 1} bound {0:10 1:12}'],
    'v2 v3': ['0', 'EBADF, freeing original 1', '0', 'ENOSPC: MSI-X irqs {0 5} bound {0:10 5:15}'],
    dynamic: ['0', 'EBADF', 'ENOSPC', '0: MSI-X irqs {0 1} bound {0:10 1:12}'],
  },
);

scenario(
  'S35 without shortage only the numbers differ (bad-number-stolen#8)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 1 [12] # numbers
  `,
  {
    static: ['0', 'EBADF', 'EINVAL', '0: MSI-X irqs {0=100 1=101} bound {0:10 1:12}'],
    'v2 v3': [
      '0',
      'EBADF, freeing original 1',
      '0',
      '0: MSI-X irqs {0=100 1=102 5=101} bound {0:10 1:12 5:15}',
    ],
    dynamic: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 1=101 5=102} bound {0:10 1:12 5:15}'],
  },
);

// The shortest answers that an exhaustive search finds. In them vector 0 is bound for the first time by a bad
// descriptor: to v2 it is a hole, which stays, so v2 answers as the merged driver does.

scenario(
  'section 3: the shortest way to different irqs',
  `
  device nvme msix=3
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [99]
  `,
  {
    v3: ['0', 'EBADF, freeing original 0: MSI-X irqs {}'],
    'static v2 dynamic': ['0', 'EBADF: MSI-X irqs {0}'],
  },
);

scenario(
  'section 3: the shortest way to different returns with two irqs',
  `
  device nvme msix=3 irqs=2
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [99]
  set_irqs msix trigger eventfd 1 [10 10]
  `,
  {
    static: ['0', 'EBADF', 'EINVAL: MSI-X irqs {0}'],
    v2: ['0', 'EBADF', 'ENOSPC, freeing 1: MSI-X irqs {0}'],
    v3: ['0', 'EBADF, freeing original 0', '0: MSI-X irqs {1 2} bound {1:10 2:10}'],
    dynamic: ['0', 'EBADF', 'ENOSPC: MSI-X irqs {0 1}'],
  },
);

scenario(
  'section 3: the same with one irq',
  `
  device nvme msix=3 irqs=1
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [99]
  set_irqs msix trigger eventfd 0 [-1 10]
  `,
  {
    static: ['0', 'EBADF', 'EINVAL: MSI-X irqs {0}'],
    v3: ['0', 'EBADF, freeing original 0', '0: MSI-X irqs {1} bound {1:10}'],
    'v2 dynamic': ['0', 'EBADF', 'ENOSPC: MSI-X irqs {0}'],
  },
);

scenario(
  'section 3: the shortest difference between static and merged',
  `
  device nvme msix=3
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [-1 -1]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0}'],
  },
);

scenario(
  'section 3: the same where nothing can be added; V2 without a context there refuses (section 18.4)',
  `
  device nvme msix=3 nodyn
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [-1 -1]
  `,
  {
    'static v2': ['0', 'EINVAL: MSI-X irqs {0}'],
    'v3 dynamic': ['0', '0: MSI-X irqs {0}'],
  },
);
