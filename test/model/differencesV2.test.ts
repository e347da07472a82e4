// Differences of v2 from the others (rows D18 to D26 of docs/driver.md §18.6), and behaviour that all generations share
// (below the table of docs/driver.md §13).

import { scenario } from './play.ts';

scenario(
  'D18 -1 on an attached vector (v2/deassign-reassign#4)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [-1]
  `,
  {
    v2: ['0', '0, freeing original 1: MSI-X irqs {0} attached {0:10}'],
    'static v3 dynamic': ['0', '0: MSI-X irqs {0 1} attached {0:10}'],
  },
);

scenario(
  'D19 -1 on the last attached vector: MSI-X stays enabled, in v2 without irqs (v2/deassign-all#4)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [-1]
  `,
  {
    v2: ['0', '0, freeing original 0: MSI-X irqs {}'],
    'static v3 dynamic': ['0', '0: MSI-X irqs {0}'],
  },
);

scenario(
  'D20 a swap that changes the irq number (v2/random-002#19)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 1 [12] # numbers
  `,
  {
    v2: ['0', '0, freeing original 0', '0, freeing original 1: MSI-X irqs {1=100} attached {1:12}'],
    'static v3 dynamic': ['0', '0', '0: MSI-X irqs {0=100 1=101} attached {1:12}'],
  },
);

scenario(
  'D21 a hole that the failing block had attached (v2/random-003#16)',
  `
  set_irqs msix trigger eventfd 0 [10 -1]
  set_irqs msix trigger eventfd 1 [11 99]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10}'],
    v2: ['0', 'EBADF, freeing original 1: MSI-X irqs {0} attached {0:10}'],
    'v3 track': ['0', 'EBADF, freeing 2: MSI-X irqs {0 1} attached {0:10}'],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 1 2} attached {0:10}'],
  },
);

scenario(
  'D22 a hole whose request_irq fails (longer: exhaust-block@nvme2048#4)',
  `
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [10] ! request_irq#1=ENOSPC
  `,
  {
    'static v2 dynamic': ['0', 'ENOSPC: MSI-X irqs {0}'],
    v3: ['0', 'ENOSPC, freeing original 0: MSI-X irqs {}'],
  },
);

scenario(
  'D22 the same without free CPU vectors',
  `
  device nvme cpu_vectors=0
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [10]
  `,
  {
    'static v2 dynamic': ['0', 'ENOSPC: MSI-X irqs {0}'],
    v3: ['0', 'ENOSPC, freeing original 0: MSI-X irqs {}'],
  },
);

scenario(
  'D23 MSI: -1 past the single granted vector',
  `
  device xhci
  set_irqs msi trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 1 [-1]
  `,
  {
    // static fails its range check, v2 has no context there
    'static v2': ['0', 'EINVAL: MSI irqs {0} attached {0:10}'],
    'v3 dynamic': ['0', '0: MSI irqs {0} attached {0:10}'],
  },
);

scenario(
  'D24 MSI: the same in a block with the granted vector',
  `
  device xhci
  set_irqs msi trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 0 [10 -1]
  `,
  {
    static: ['0', 'EINVAL: MSI irqs {0} attached {0:10}'],
    v2: ['0', 'EINVAL: MSI irqs {0}'],
    'v3 dynamic': ['0', '0: MSI irqs {0} attached {0:10}'],
  },
);

scenario(
  'D25 a bad descriptor on a host without free irqs: the first check differs',
  `
  device nvme irqs=1
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [99]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    v2: ['0', 'EBADF: MSI-X irqs {0} attached {0:10}'],
    'v3 dynamic': ['0', 'ENOSPC: MSI-X irqs {0} attached {0:10}'],
  },
);

// The model has one device, so a fault replaces the irq that another device takes. A taken CPU vector is row D13; only v2
// needs a new irq.
scenario(
  'D26 a swap while another device takes the freed irq',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [11] ! pci_msix_alloc_irq_at#1=ENOSPC
  `,
  {
    v2: ['0', 'ENOSPC, freeing original 0: MSI-X irqs {}'],
    'static v3 dynamic': ['0', '0: MSI-X irqs {0} attached {0:11}'],
  },
);

scenario('the same everywhere: a block without vectors', 'set_irqs msix trigger eventfd 0 []', {
  all: ['ERANGE: off'],
});

scenario('the same everywhere: disabling while MSI-X is off', 'disable msix', { all: ['EINVAL: off'] });

scenario(
  'the same everywhere: MSI while MSI-X is on',
  `
  device xhci
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 0 [11]
  `,
  { all: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'] },
);

scenario(
  'the same everywhere: disabling twice',
  `
  set_irqs msix trigger eventfd 0 [10]
  disable msix
  disable msix
  `,
  { all: ['0', '0', 'EINVAL: off'] },
);

scenario('the same everywhere: a bad descriptor while enabling', 'set_irqs msix trigger eventfd 0 [10 99]', {
  all: ['EBADF: off'],
});

scenario('the same everywhere: enabling with -1 only', 'set_irqs msix trigger eventfd 0 [-1]', {
  all: ['0: MSI-X irqs {0}'],
});

scenario(
  'an empty block: static checks its start (count-zero#6, #8)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 []
  set_irqs msix trigger eventfd 1 []
  `,
  {
    static: ['0', '0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    'v2 v3 dynamic': ['0', '0', '0: MSI-X irqs {0} attached {0:10}'],
  },
);
