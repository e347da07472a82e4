// Calls that fail half-way, and the state after them (scenarios S14 to S21 and S38), where V3 and the merged driver differ.
// "old" in the list is static here, "merged" is dynamic; v2 follows from docs/driver.md §18.

import { expect, test } from 'vitest';
import { byGeneration, runs, scenario } from './play.ts';

scenario(
  'S14 a bad descriptor on a new vector: the main difference of V3 and merged (bad-unallocated#4)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [99] # look
  set_irqs msix trigger eventfd 4 [14] # numbers
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}', 'EINVAL: MSI-X irqs {0=100} attached {0:10}'],
    // v2 looks up the descriptor before it allocates (v2/bad-unallocated#4)
    v2: ['0', 'EBADF: MSI-X irqs {0} attached {0:10}', '0: MSI-X irqs {0=100 4=101} attached {0:10 4:14}'],
    'v3 track': [
      '0',
      'EBADF, freeing 4: MSI-X irqs {0} attached {0:10}',
      '0: MSI-X irqs {0=100 4=101} attached {0:10 4:14}',
    ],
    dynamic: [
      '0',
      'EBADF: MSI-X irqs {0 4} attached {0:10}',
      '0: MSI-X irqs {0=100 4=101} attached {0:10 4:14}',
    ],
  },
);

scenario(
  'S14 another vector in between takes the freed number (bad-number-stolen#8)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 4 [99]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 4 [14] # numbers
  `,
  {
    static: ['0', 'EINVAL', 'EINVAL', 'EINVAL: MSI-X irqs {0=100} attached {0:10}'],
    v2: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 4=102 5=101} attached {0:10 4:14 5:15}'],
    'v3 track': ['0', 'EBADF, freeing 4', '0', '0: MSI-X irqs {0=100 4=102 5=101} attached {0:10 4:14 5:15}'],
    dynamic: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 4=101 5=102} attached {0:10 4:14 5:15}'],
  },
);

scenario(
  "S15 a bad descriptor on a vector of the enabling call: Alex's objection (bad-attached-single#4, #7)",
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99] # look
  set_irqs msix trigger eventfd 1 [12] # numbers
  `,
  {
    'static dynamic': [
      '0',
      'EBADF: MSI-X irqs {0 1} attached {0:10}',
      '0: MSI-X irqs {0=100 1=101} attached {0:10 1:12}',
    ],
    'v2 v3': [
      '0',
      'EBADF, freeing original 1: MSI-X irqs {0} attached {0:10}',
      '0: MSI-X irqs {0=100 1=101} attached {0:10 1:12}',
    ],
  },
);

scenario(
  'S15 the same after another vector has taken 101 (bad-number-stolen#6 to #8)',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [99]
  set_irqs msix trigger eventfd 4 [14]
  set_irqs msix trigger eventfd 1 [12] # numbers
  `,
  {
    static: ['0', 'EBADF', 'EINVAL', '0: MSI-X irqs {0=100 1=101} attached {0:10 1:12}'],
    'v2 v3': [
      '0',
      'EBADF, freeing original 1',
      '0',
      '0: MSI-X irqs {0=100 1=102 4=101} attached {0:10 1:12 4:14}',
    ],
    dynamic: ['0', 'EBADF', '0', '0: MSI-X irqs {0=100 1=101 4=102} attached {0:10 1:12 4:14}'],
  },
);

scenario(
  'S16 the middle of a new block fails',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 2 [12 99 14]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    // the unwind detaches 2, which frees it in v2; 3 never had an irq
    v2: ['0', 'EBADF, freeing 2: MSI-X irqs {0} attached {0:10}'],
    'v3 track': ['0', 'EBADF, freeing 3: MSI-X irqs {0 2} attached {0:10}'],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 2 3} attached {0:10}'],
  },
);

scenario(
  'S16b the last of a new block fails: V3 frees only the failing vector',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 3 [13 14 99]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    // v2 unwinds downwards (v2/bad-mixed-block#7)
    v2: ['0', 'EBADF, freeing 4 and 3: MSI-X irqs {0} attached {0:10}'],
    'v3 track': ['0', 'EBADF, freeing 5: MSI-X irqs {0 3 4} attached {0:10}'],
    dynamic: ['0', 'EBADF: MSI-X irqs {0 3 4 5} attached {0:10}'],
  },
);

scenario(
  'S17 the rollback that isn’t one: 0 and 1 end detached, 2 and 3 keep their old eventfds (bad-block-third#9)',
  `
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  set_irqs msix trigger eventfd 0 [20 99 22 23]
  `,
  {
    'static dynamic': ['0', 'EBADF: MSI-X irqs {0 1 2 3} attached {2:12 3:13}'],
    v2: ['0', 'EBADF, freeing original 0 and original 1 and 0: MSI-X irqs {2 3} attached {2:12 3:13}'],
    v3: ['0', 'EBADF, freeing original 1: MSI-X irqs {0 2 3} attached {2:12 3:13}'],
  },
);

scenario(
  'S18 the first enable fails on its last descriptor (bad-last-on-enable#3)',
  'set_irqs msix trigger eventfd 0 [10 11 99]',
  { all: ['EBADF: off'] },
);

// the unwind includes the failing vector; V2 goes down (docs/facts.md 40), the others go up (docs/facts.md 11)
const undone = byGeneration({ v2: ['2', '1', '0'], 'static v3 dynamic': ['0', '1', '2'] });
test.each([...undone])('S18 the order of the unwind: %s', (id, expected) => {
  const [enabling] = runs('set_irqs msix trigger eventfd 0 [10 11 99]', id);
  const visits = enabling?.frames.filter(({ fn }) => fn === 'vfio_msi_set_vector_signal') ?? [];
  // three attach, three unwind, then vfio_msi_disable follows
  expect(visits.slice(3, 6).map(({ args }) => String(args['vector']))).toEqual(expected);
  expect(visits.slice(3, 6).map(({ args }) => args['fd'])).toEqual([-1, -1, -1]);
});

scenario(
  'S19 a block past the range without dynamic allocation: the same errno, different states',
  `
  device nvme nodyn
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 0 [20 21 22 23]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    'v2 v3 dynamic': ['0', 'EINVAL: MSI-X irqs {0 1}'],
  },
);

scenario(
  'S20 the same with -1 past the range: V3 and dynamic accept it, V2 has no context there',
  `
  device nvme nodyn
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 0 [20 21 -1 -1]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    // docs/driver.md §18.4 step 1, like D24
    v2: ['0', 'EINVAL: MSI-X irqs {0 1}'],
    'v3 dynamic': ['0', '0: MSI-X irqs {0 1} attached {0:20 1:21}'],
  },
);

scenario(
  "S21 the RFC's example: 0 to 4 swapped, 5 to 7 new",
  `
  device nvme msix=10
  set_irqs msix trigger eventfd 0 [10 11 12 13 14]
  set_irqs msix trigger eventfd 0 [20 21 22 23 24 25 26 27] # numbers
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0=100 1=101 2=102 3=103 4=104} attached {0:10 1:11 2:12 3:13 4:14}'],
    // each irq is freed and is the lowest free number again
    v2: [
      '0',
      '0, freeing original 0 and original 1 and original 2 and original 3 and original 4: ' +
        'MSI-X irqs {0=100 1=101 2=102 3=103 4=104 5=105 6=106 7=107} ' +
        'attached {0:20 1:21 2:22 3:23 4:24 5:25 6:26 7:27}',
    ],
    'v3 dynamic': [
      '0',
      '0: MSI-X irqs {0=100 1=101 2=102 3=103 4=104 5=105 6=106 7=107} ' +
        'attached {0:20 1:21 2:22 3:23 4:24 5:25 6:26 7:27}',
    ],
  },
);

scenario(
  "S21 the RFC's example on a host with six irqs: every vector ends detached",
  `
  device nvme msix=10 irqs=6
  set_irqs msix trigger eventfd 0 [10 11 12 13 14]
  set_irqs msix trigger eventfd 0 [20 21 22 23 24 25 26 27]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1 2 3 4} attached {0:10 1:11 2:12 3:13 4:14}'],
    v2: [
      '0',
      'ENOSPC, freeing original 0 and original 1 and original 2 and original 3 and original 4' +
        ' and 5 and 4 and 3 and 2 and 1 and 0: MSI-X irqs {}',
    ],
    'v3 dynamic': ['0', 'ENOSPC: MSI-X irqs {0 1 2 3 4 5}'],
  },
);

scenario(
  'S38 MSI-X enabled without irqs: a loopback trigger has no effect, a later attach works (v3/random-026#16)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [99] # look
  set_irqs msix trigger none 0 1
  set_irqs msix trigger eventfd 0 [11]
  `,
  {
    'static dynamic': ['0', 'EBADF: MSI-X irqs {0}', '0', '0: MSI-X irqs {0} attached {0:11}'],
    'v2 v3': ['0', 'EBADF, freeing original 0: MSI-X irqs {}', '0', '0: MSI-X irqs {0} attached {0:11}'],
  },
);
