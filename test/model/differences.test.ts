// The differences between the generations, each with its shortest script: rows D1 to D17 of docs/driver.md §13, with the
// column of v2 from §18.6. `name#n` is a recorded step with the same or an equivalent call.

import { expect, test } from 'vitest';
import { byGeneration, runs, scenario } from './play.ts';

scenario('D1 only the static driver sets NORESIZE for MSI-X (info#3)', 'irq_info msix', {
  static: ['flags 0x9'],
  'v2 v3 dynamic': ['flags 0x1'],
});

scenario(
  'D2 a vector past the enabled range (deassign-unallocated#5)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 3 [11]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0 3} attached {0:10 3:11}'],
  },
);

scenario(
  'D3 a block that begins inside the range and ends past it (dynamic-block#7)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [12 13 14]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    // a swap in v2 frees the irq and allocates a new one
    v2: ['0', '0, freeing original 1: MSI-X irqs {0 1 2 3} attached {0:10 1:12 2:13 3:14}'],
    'v3 dynamic': ['0', '0: MSI-X irqs {0 1 2 3} attached {0:10 1:12 2:13 3:14}'],
  },
);

scenario(
  "D3' without dynamic allocation: the same errno, different states",
  `
  device nvme nodyn
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [12 13 14]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    'v2 v3 dynamic': ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10}'],
  },
);

scenario(
  'D4 -1 on a vector past the range (deassign-unallocated#3)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 5 [-1]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0} attached {0:10}'],
  },
);

scenario(
  'D4 without dynamic allocation: v2 fails because it has no context there',
  `
  device nvme nodyn
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 5 [-1]
  `,
  {
    'static v2': ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    'v3 dynamic': ['0', '0: MSI-X irqs {0} attached {0:10}'],
  },
);

scenario(
  'D5 loopback past the range (dynamic-holes#6)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger none 0 8
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0} attached {0:10} counts {10:1}'],
  },
);

scenario(
  'D6 enabling with start 3 and no descriptor (count-zero#3)',
  `
  set_irqs msix trigger eventfd 3 []
  `,
  {
    static: ['EINVAL: off'],
    'v2 v3 dynamic': ['0: MSI-X irqs {0 1 2}'],
  },
);

scenario(
  'D7 a bad descriptor on a never attached vector of the enabling call (random-002@nvme65#12)',
  `
  set_irqs msix trigger eventfd 0 [10 -1]
  set_irqs msix trigger eventfd 1 [99]
  `,
  {
    // v2 keeps a hole
    'static v2 dynamic': ['0', 'EBADF: MSI-X irqs {0 1} attached {0:10}'],
    v3: ['0', 'EBADF, freeing original 1: MSI-X irqs {0} attached {0:10}'],
  },
);

scenario(
  'D8 a bad descriptor on an attached vector (bad-attached-single#4)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99]
  `,
  {
    'static dynamic': ['0', 'EBADF: MSI-X irqs {0 1} attached {0:10}'],
    'v2 v3': ['0', 'EBADF, freeing original 1: MSI-X irqs {0} attached {0:10}'],
  },
);

scenario(
  'D9 a bad descriptor on a vector never allocated (bad-pending-unallocated#5)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [99]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    // v2 looks up the descriptor before it allocates; v3 frees the irq that it has just allocated
    v2: ['0', 'EBADF: MSI-X irqs {0} attached {0:10}'],
    'v3 track': ['0', 'EBADF, freeing 4: MSI-X irqs {0} attached {0:10}'],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 4} attached {0:10}'],
  },
);

scenario(
  'D10 the second of four swaps fails (bad-block-third#9)',
  `
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  set_irqs msix trigger eventfd 0 [14 99 16 17]
  `,
  {
    'static dynamic': ['0', 'EBADF: MSI-X irqs {0 1 2 3} attached {2:12 3:13}'],
    // vector 0 is freed twice: by the swap and by the unwind
    v2: ['0', 'EBADF, freeing original 0 and original 1 and 0: MSI-X irqs {2 3} attached {2:12 3:13}'],
    v3: ['0', 'EBADF, freeing original 1: MSI-X irqs {0 2 3} attached {2:12 3:13}'],
  },
);

scenario(
  'D11 the vector of D7 is attached later (bad-attached-single#7)',
  `
  set_irqs msix trigger eventfd 0 [10 -1]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 1 [11] # numbers
  `,
  {
    'static v2 dynamic': ['0', 'EBADF', '0: MSI-X irqs {0=100 1=101} attached {0:10 1:11}'],
    v3: ['0', 'EBADF, freeing original 1', '0: MSI-X irqs {0=100 1=101} attached {0:10 1:11}'],
  },
);

scenario(
  'D11 the same after another vector took the lowest free number (v3/bad-number-stolen#8)',
  `
  set_irqs msix trigger eventfd 0 [10 -1]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 4 [14]
  set_irqs msix trigger eventfd 1 [11] # numbers
  `,
  {
    static: ['0', 'EBADF', 'EINVAL', '0: MSI-X irqs {0=100 1=101} attached {0:10 1:11}'],
    'v2 dynamic': ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 1=101 4=102} attached {0:10 1:11 4:14}'],
    v3: [
      '0',
      'EBADF, freeing original 1',
      '0',
      '0: MSI-X irqs {0=100 1=102 4=101} attached {0:10 1:11 4:14}',
    ],
  },
);

scenario(
  'D12 detached and attached again (cache-order#6)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [11] # look at the numbers
  set_irqs msix trigger eventfd 4 [-1] # look at the numbers
  set_irqs msix trigger eventfd 4 [12] # numbers
  `,
  {
    static: [
      '0',
      'EINVAL: MSI-X irqs {0=100} attached {0:10}',
      'EINVAL: MSI-X irqs {0=100} attached {0:10}',
      'EINVAL: MSI-X irqs {0=100} attached {0:10}',
    ],
    v2: [
      '0',
      '0: MSI-X irqs {0=100 4=101} attached {0:10 4:11}',
      '0, freeing 4: MSI-X irqs {0=100} attached {0:10}',
      '0: MSI-X irqs {0=100 4=101} attached {0:10 4:12}',
    ],
    'v3 dynamic': [
      '0',
      '0: MSI-X irqs {0=100 4=101} attached {0:10 4:11}',
      '0: MSI-X irqs {0=100 4=101} attached {0:10}',
      '0: MSI-X irqs {0=100 4=101} attached {0:10 4:12}',
    ],
  },
);

scenario(
  'D13 a swap whose request_irq fails: v3 and v2 keep MSI-X enabled without irqs and work afterwards',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [11] ! request_irq#1=ENOSPC # look
  set_irqs msix trigger eventfd 0 [12]
  `,
  {
    'static dynamic': ['0', 'ENOSPC: MSI-X irqs {0}', '0: MSI-X irqs {0} attached {0:12}'],
    // the old irq of the swap and its new one
    v2: ['0', 'ENOSPC, freeing original 0 and 0: MSI-X irqs {}', '0: MSI-X irqs {0} attached {0:12}'],
    v3: ['0', 'ENOSPC, freeing original 0: MSI-X irqs {}', '0: MSI-X irqs {0} attached {0:12}'],
    // a swap of hold calls no request_irq
    hold: ['0', '0: MSI-X irqs {0} attached {0:11}', '0: MSI-X irqs {0} attached {0:12}'],
  },
);

scenario(
  'D14 a sparse set of vectors (random-005@xhci#27, static: random-003#19)',
  `
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 7 [10]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0 7} attached {7:10}'],
  },
);

scenario(
  'D15 -2 on REQ depends on the kernel build, not on the generation: 6.1.192 or 6.12.117 (req-index#17)',
  `
  set_irqs req trigger eventfd 0 [10]
  set_irqs req trigger eventfd 0 [-2]
  `,
  {
    static: ['0', '0: off req {10}'],
    'v2 v3 dynamic': ['0', 'EINVAL: off req {10}'],
  },
);

scenario(
  'D15 the same on ERR (err-index#17)',
  `
  set_irqs err trigger eventfd 0 [10]
  set_irqs err trigger eventfd 0 [-2]
  `,
  {
    static: ['0', '0: off err {10}'],
    'v2 v3 dynamic': ['0', 'EINVAL: off err {10}'],
  },
);

scenario(
  'D16 MSI past the single granted vector (one vector past the range: msi-multi@xhci#18)',
  `
  device xhci
  set_irqs msi trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 0 [12 13]
  `,
  {
    static: ['0', 'EINVAL: MSI irqs {0} attached {0:10}'],
    'v2 v3 dynamic': ['0', 'EINVAL: MSI irqs {0}'],
  },
);

const contexts = byGeneration({ 'static v2': ['3'], 'v3 dynamic': ['1'] });
test.each([...contexts])(
  'D17 contexts after enabling three vectors and attaching one: %s',
  (id, expected) => {
    const [enabling] = runs('set_irqs msix trigger eventfd 0 [10 -1 -1]', id);
    expect([String(enabling?.after.vdev.ctx.size)]).toEqual(expected);
  },
);
