// What tells v2 from the others (rows D18 to D26 of the specification's section 18.6), and what no generation does
// differently (below the table of section 13).

import { scenario } from './play.ts';

scenario(
  'D18 -1 on a bound vector (v2/deassign-reassign#4)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [-1]
  `,
  {
    v2: ['0', '0, freeing original 1: MSI-X irqs {0} bound {0:10}'],
    'static v3 dynamic': ['0', '0: MSI-X irqs {0 1} bound {0:10}'],
  },
);

scenario(
  'D19 -1 on the last bound vector: MSI-X stays enabled, in v2 with nothing (v2/deassign-all#4)',
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
    v2: ['0', '0, freeing original 0', '0, freeing original 1: MSI-X irqs {1=100} bound {1:12}'],
    'static v3 dynamic': ['0', '0', '0: MSI-X irqs {0=100 1=101} bound {1:12}'],
  },
);

scenario(
  'D21 a hole that the failing block had bound (v2/random-003#16)',
  `
  set_irqs msix trigger eventfd 0 [10 -1]
  set_irqs msix trigger eventfd 1 [11 99]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} bound {0:10}'],
    v2: ['0', 'EBADF, freeing original 1: MSI-X irqs {0} bound {0:10}'],
    v3: ['0', 'EBADF, freeing 2: MSI-X irqs {0 1} bound {0:10}'],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 1 2} bound {0:10}'],
  },
);

scenario(
  'D22 a hole for which request_irq fails (longer: exhaust-block@nvme2048#4)',
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
  'D22 the same by shortage of CPU vectors',
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
  'D23 MSI: -1 past the one vector granted',
  `
  device xhci
  set_irqs msi trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 1 [-1]
  `,
  {
    // static by its range check, v2 because there is no context
    'static v2': ['0', 'EINVAL: MSI irqs {0} bound {0:10}'],
    'v3 dynamic': ['0', '0: MSI irqs {0} bound {0:10}'],
  },
);

scenario(
  'D24 MSI: the same with the vector before it',
  `
  device xhci
  set_irqs msi trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 0 [10 -1]
  `,
  {
    static: ['0', 'EINVAL: MSI irqs {0} bound {0:10}'],
    v2: ['0', 'EINVAL: MSI irqs {0}'],
    'v3 dynamic': ['0', '0: MSI irqs {0} bound {0:10}'],
  },
);

scenario(
  'D25 a bad descriptor while no irq can be had: which is looked at first',
  `
  device nvme irqs=1
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [99]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} bound {0:10}'],
    v2: ['0', 'EBADF: MSI-X irqs {0} bound {0:10}'],
    'v3 dynamic': ['0', 'ENOSPC: MSI-X irqs {0} bound {0:10}'],
  },
);

// The model has one device, so what another one takes in between is a fault here. Where it takes the CPU vector the
// row is D13; where it takes the irq, only v2 asks for one.
scenario(
  'D26 a swap while another device takes the irq that was freed',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [11] ! pci_msix_alloc_irq_at#1=ENOSPC
  `,
  {
    v2: ['0', 'ENOSPC, freeing original 0: MSI-X irqs {}'],
    'static v3 dynamic': ['0', '0: MSI-X irqs {0} bound {0:11}'],
  },
);

scenario('the same everywhere: no vector at all', 'set_irqs msix trigger eventfd 0 []', {
  all: ['ERANGE: off'],
});

scenario('the same everywhere: disabling what is off', 'disable msix', { all: ['EINVAL: off'] });

scenario(
  'the same everywhere: MSI while MSI-X is on',
  `
  device xhci
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 0 [11]
  `,
  { all: ['0', 'EINVAL: MSI-X irqs {0} bound {0:10}'] },
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
  'an empty block: static looks at its start (count-zero#6, #8)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 []
  set_irqs msix trigger eventfd 1 []
  `,
  {
    static: ['0', '0', 'EINVAL: MSI-X irqs {0} bound {0:10}'],
    'v2 v3 dynamic': ['0', '0', '0: MSI-X irqs {0} bound {0:10}'],
  },
);
