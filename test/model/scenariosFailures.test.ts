// Calls that fail half-way, and what they leave behind (scenarios S14 to S21 and S38): where V3 and the merged driver
// part. "old" of the list is static here, "merged" is dynamic; v2 follows from the specification's section 18.

import { expect, test } from 'vitest';
import { byGeneration, runs, scenario } from './play.ts';

scenario(
  'S14 a bad descriptor on a new vector: the heart of V3 against merged (bad-unallocated#4)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [99] # look
  set_irqs msix trigger eventfd 4 [14] # numbers
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} bound {0:10}', 'EINVAL: MSI-X irqs {0=100} bound {0:10}'],
    // the descriptor is looked up before anything is allocated (v2/bad-unallocated#4)
    v2: ['0', 'EBADF: MSI-X irqs {0} bound {0:10}', '0: MSI-X irqs {0=100 4=101} bound {0:10 4:14}'],
    v3: [
      '0',
      'EBADF, freeing 4: MSI-X irqs {0} bound {0:10}',
      '0: MSI-X irqs {0=100 4=101} bound {0:10 4:14}',
    ],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 4} bound {0:10}', '0: MSI-X irqs {0=100 4=101} bound {0:10 4:14}'],
  },
);

scenario(
  'S14 the same with another vector in between, which takes the freed number (bad-number-stolen#8)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [99]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 4 [14] # numbers
  `,
  {
    static: ['0', 'EINVAL', 'EINVAL', 'EINVAL: MSI-X irqs {0=100} bound {0:10}'],
    v2: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 4=102 5=101} bound {0:10 4:14 5:15}'],
    v3: ['0', 'EBADF, freeing 4', '0', '0: MSI-X irqs {0=100 4=102 5=101} bound {0:10 4:14 5:15}'],
    dynamic: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 4=101 5=102} bound {0:10 4:14 5:15}'],
  },
);

scenario(
  "S15 a bad descriptor on a vector of the original allocation: Alex's objection (bad-attached-single#4, #7)",
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99] # look
  set_irqs msix trigger eventfd 1 [12] # numbers
  `,
  {
    'static dynamic': [
      '0',
      'EBADF: MSI-X irqs {0 1} bound {0:10}',
      '0: MSI-X irqs {0=100 1=101} bound {0:10 1:12}',
    ],
    'v2 v3': [
      '0',
      'EBADF, freeing original 1: MSI-X irqs {0} bound {0:10}',
      '0: MSI-X irqs {0=100 1=101} bound {0:10 1:12}',
    ],
  },
);

scenario(
  'S15 the same after another vector took 101 (bad-number-stolen#6 to #8)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 4 [14]
  set_irqs msix trigger eventfd 1 [12] # numbers
  `,
  {
    static: ['0', 'EBADF', 'EINVAL', '0: MSI-X irqs {0=100 1=101} bound {0:10 1:12}'],
    'v2 v3': [
      '0',
      'EBADF, freeing original 1',
      '0',
      '0: MSI-X irqs {0=100 1=102 4=101} bound {0:10 1:12 4:14}',
    ],
    dynamic: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 1=101 4=102} bound {0:10 1:12 4:14}'],
  },
);

scenario(
  'S16 the middle of a new block fails',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 2 [12 99 14]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} bound {0:10}'],
    // 2 is detached again, and to v2 that is freed; 3 never had an irq
    v2: ['0', 'EBADF, freeing 2: MSI-X irqs {0} bound {0:10}'],
    v3: ['0', 'EBADF, freeing 3: MSI-X irqs {0 2} bound {0:10}'],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 2 3} bound {0:10}'],
  },
);

scenario(
  'S16b the last of a new block fails: V3 frees the failing vector and no other',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 3 [13 14 99]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} bound {0:10}'],
    // undone downwards (v2/bad-mixed-block#7)
    v2: ['0', 'EBADF, freeing 4 and 3: MSI-X irqs {0} bound {0:10}'],
    v3: ['0', 'EBADF, freeing 5: MSI-X irqs {0 3 4} bound {0:10}'],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 3 4 5} bound {0:10}'],
  },
);

scenario(
  'S17 rollback is not a rollback: 0 and 1 end detached, 2 and 3 keep their old eventfds (bad-block-third#9)',
  `
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  set_irqs msix trigger eventfd 0 [20 99 22 23]
  `,
  {
    'static dynamic': ['0', 'EBADF: MSI-X irqs {0 1 2 3} bound {2:12 3:13}'],
    v2: ['0', 'EBADF, freeing original 0 and original 1 and 0: MSI-X irqs {2 3} bound {2:12 3:13}'],
    v3: ['0', 'EBADF, freeing original 1: MSI-X irqs {0 2 3} bound {2:12 3:13}'],
  },
);

scenario(
  'S18 the first enable fails on its last descriptor (bad-last-on-enable#3)',
  'set_irqs msix trigger eventfd 0 [10 11 99]',
  { all: ['EBADF: off'] },
);

// the failing vector is visited again too; V2 goes down (FACTS 40), the others go up (FACTS 11)
const undone = byGeneration({ v2: ['2', '1', '0'], 'static v3 dynamic': ['0', '1', '2'] });
test.each([...undone])('S18 the order in which the block is undone: %s', (id, expected) => {
  const [enabling] = runs('set_irqs msix trigger eventfd 0 [10 11 99]', id);
  const visits = enabling?.frames.filter(({ fn }) => fn === 'vfio_msi_set_vector_signal') ?? [];
  // three to bind, three to undo, then those of vfio_msi_disable
  expect(visits.slice(3, 6).map(({ args }) => String(args['vector']))).toEqual(expected);
  expect(visits.slice(3, 6).map(({ args }) => args['fd'])).toEqual([-1, -1, -1]);
});

scenario(
  'S19 a block past the range where nothing can be added: one errno, different damage',
  `
  device nvme nodyn
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 0 [20 21 22 23]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} bound {0:10 1:11}'],
    'v2 v3 dynamic': ['0', 'EINVAL: MSI-X irqs {0 1}'],
  },
);

scenario(
  'S20 the same with a tail of -1: new drivers accept it, V2 has no context there',
  `
  device nvme nodyn
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 0 [20 21 -1 -1]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} bound {0:10 1:11}'],
    // section 18.4 step 1, as D24
    v2: ['0', 'EINVAL: MSI-X irqs {0 1}'],
    'v3 dynamic': ['0', '0: MSI-X irqs {0 1} bound {0:20 1:21}'],
  },
);

scenario(
  "S21 the RFC's example: 0 to 4 rebound, 5 to 7 new",
  `
  device nvme msix=10
  set_irqs msix trigger eventfd 0 [10 11 12 13 14]
  set_irqs msix trigger eventfd 0 [20 21 22 23 24 25 26 27] # numbers
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0=100 1=101 2=102 3=103 4=104} bound {0:10 1:11 2:12 3:13 4:14}'],
    // each is freed, and is the lowest free number again
    v2: [
      '0',
      '0, freeing original 0 and original 1 and original 2 and original 3 and original 4: ' +
        'MSI-X irqs {0=100 1=101 2=102 3=103 4=104 5=105 6=106 7=107} ' +
        'bound {0:20 1:21 2:22 3:23 4:24 5:25 6:26 7:27}',
    ],
    'v3 dynamic': [
      '0',
      '0: MSI-X irqs {0=100 1=101 2=102 3=103 4=104 5=105 6=106 7=107} ' +
        'bound {0:20 1:21 2:22 3:23 4:24 5:25 6:26 7:27}',
    ],
  },
);

scenario(
  "S21 the RFC's example with six irqs to be had: everything ends detached",
  `
  device nvme msix=10 irqs=6
  set_irqs msix trigger eventfd 0 [10 11 12 13 14]
  set_irqs msix trigger eventfd 0 [20 21 22 23 24 25 26 27]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1 2 3 4} bound {0:10 1:11 2:12 3:13 4:14}'],
    v2: [
      '0',
      'ENOSPC, freeing original 0 and original 1 and original 2 and original 3 and original 4' +
        ' and 5 and 4 and 3 and 2 and 1 and 0: MSI-X irqs {}',
    ],
    'v3 dynamic': ['0', 'ENOSPC: MSI-X irqs {0 1 2 3 4 5}'],
  },
);

scenario(
  'S38 MSI-X on and no irq at all: loopback does nothing, a later bind works (v3/random-026#16)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [99] # look
  set_irqs msix trigger none 0 1
  set_irqs msix trigger eventfd 0 [11]
  `,
  {
    'static dynamic': ['0', 'EBADF: MSI-X irqs {0}', '0', '0: MSI-X irqs {0} bound {0:11}'],
    'v2 v3': ['0', 'EBADF, freeing original 0: MSI-X irqs {}', '0', '0: MSI-X irqs {0} bound {0:11}'],
  },
);
