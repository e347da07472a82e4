// Hosts without enough irqs (scenarios S28, S29 and S35, and docs/scenarios.md §3). `irqs=N` is a host that
// limits allocation, which no recording shows: on the recorded x86 machine allocation never fails, and request_irq fails
// without a free CPU vector. `cpu_vectors=N` is that machine.

import { scenario } from './play.ts';

scenario(
  'S28 fewer irqs than requested while enabling: a positive return, and MSI-X stays disabled',
  `
  device nvme irqs=3
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  `,
  { all: ['+3: off'] },
);

scenario(
  'S28 as recorded: ENOSPC from request_irq, complete unwind (exhaust-enable@nvme2048#2)',
  `
  device nvme cpu_vectors=3
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  `,
  { all: ['ENOSPC: off'] },
);

scenario(
  'S28 the recorded positive return: MSI without interrupt remapping (msi-multi@xhcinoir#16)',
  `
  device xhci noremap
  set_irqs msi trigger eventfd 0 [10 11 12]
  `,
  { all: ['+1: off'] },
);

scenario(
  'S29 the host has no irq for a later vector: the others do not change',
  `
  device nvme irqs=3
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 4 [14]
  set_irqs msix trigger eventfd 5 [15]
  `,
  {
    static: ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    'v2 v3 dynamic': ['0', '0', 'ENOSPC: MSI-X irqs {0 1 4} attached {0:10 1:11 4:14}'],
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
    static: ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    'v2 v3 track': ['0', '0', 'ENOSPC, freeing 5: MSI-X irqs {0 1 4} attached {0:10 1:11 4:14}'],
    dynamic: ['0', '0', 'ENOSPC: MSI-X irqs {0 1 4 5} attached {0:10 1:11 4:14}'],
  },
);

// The failing function depends on the vector. For a vector below every allocated one, 6.12 assigns a CPU vector at once,
// because msi_check_reservation_mode() looks at the first descriptor before it is marked as MSI-X (v3/random-026#17 is such
// an allocation). That fails in pci_msix_alloc_irq_at, before an irq exists.
scenario(
  'S29 the lowest vector fails in the allocation after V3 has freed it',
  `
  device nvme cpu_vectors=1
  set_irqs msix trigger eventfd 0 [-1 11]
  set_irqs msix trigger eventfd 0 [99]
  set_irqs msix trigger eventfd 0 [10]
  `,
  {
    // in the others it is still allocated and request_irq fails; V2 keeps its hole
    'static v2 dynamic': ['0', 'EBADF', 'ENOSPC: MSI-X irqs {0 1} attached {1:11}'],
    v3: ['0', 'EBADF, freeing original 0', 'ENOSPC: MSI-X irqs {1} attached {1:11}'],
  },
);

scenario(
  'S29 a vector above the others gets its irq first, and V3 and V2 free it again',
  `
  device nvme cpu_vectors=1
  set_irqs msix trigger eventfd 0 [-1 11]
  set_irqs msix trigger eventfd 2 [12]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {1:11}'],
    'v2 v3 track': ['0', 'ENOSPC, freeing 2: MSI-X irqs {0 1} attached {1:11}'],
    dynamic: ['0', 'ENOSPC: MSI-X irqs {0 1 2} attached {1:11}'],
  },
);

scenario(
  'S35 an irq that V3 frees goes to another vector: on a host with two irqs one vector gets the irq that the other lost',
  `
  device nvme irqs=2
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 1 [12]
  `,
  {
    static: ['0', 'EBADF', 'EINVAL', '0: MSI-X irqs {0 1} attached {0:10 1:12}'],
    'v2 v3': ['0', 'EBADF, freeing original 1', '0', 'ENOSPC: MSI-X irqs {0 5} attached {0:10 5:15}'],
    dynamic: ['0', 'EBADF', 'ENOSPC', '0: MSI-X irqs {0 1} attached {0:10 1:12}'],
  },
);

scenario(
  'S35 with enough irqs only the numbers differ (bad-number-stolen#8)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 1 [12] # numbers
  `,
  {
    static: ['0', 'EBADF', 'EINVAL', '0: MSI-X irqs {0=100 1=101} attached {0:10 1:12}'],
    'v2 v3': [
      '0',
      'EBADF, freeing original 1',
      '0',
      '0: MSI-X irqs {0=100 1=102 5=101} attached {0:10 1:12 5:15}',
    ],
    dynamic: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 1=101 5=102} attached {0:10 1:12 5:15}'],
  },
);

// The shortest scripts of an exhaustive search. In them a bad descriptor is the first one for vector 0: v2 keeps that hole, so
// its results are those of the merged driver.

scenario(
  'section 3: the shortest script with different irqs',
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
  'section 3: the shortest script with different returns on a host with two irqs',
  `
  device nvme msix=3 irqs=2
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [99]
  set_irqs msix trigger eventfd 1 [10 10]
  `,
  {
    static: ['0', 'EBADF', 'EINVAL: MSI-X irqs {0}'],
    v2: ['0', 'EBADF', 'ENOSPC, freeing 1: MSI-X irqs {0}'],
    v3: ['0', 'EBADF, freeing original 0', '0: MSI-X irqs {1 2} attached {1:10 2:10}'],
    dynamic: ['0', 'EBADF', 'ENOSPC: MSI-X irqs {0 1}'],
  },
);

scenario(
  'section 3: the same on a host with one irq',
  `
  device nvme msix=3 irqs=1
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [99]
  set_irqs msix trigger eventfd 0 [-1 10]
  `,
  {
    static: ['0', 'EBADF', 'EINVAL: MSI-X irqs {0}'],
    v3: ['0', 'EBADF, freeing original 0', '0: MSI-X irqs {1} attached {1:10}'],
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
  'section 3: the same without dynamic allocation; V2 fails without a context there (docs/driver.md §18.4)',
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
