// Operations of known clients (scenarios S1 to S13, S34 and S36): kernel selftest, DPDK, Cloud Hypervisor, QEMU, crosvm,
// kvmtool. "old" in the list is static here, "merged" is dynamic; v2 follows from docs/driver.md §18.

import { expect, test } from 'vitest';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { runs, scenario } from './play.ts';

scenario(
  'S1 enable, loopback trigger, disable: a vector stays attached after its descriptor is closed (kernel selftest)',
  `
  set_irqs msix trigger eventfd 0 [10 11 12]
  set_irqs msix trigger none 1 1 # look
  close 10
  close 11
  close 12
  set_irqs msix trigger none 1 1 # look
  disable msix
  `,
  {
    all: [
      '0',
      '0: MSI-X irqs {0 1 2} attached {0:10 1:11 2:12} counts {11:1}',
      '0: MSI-X irqs {0 1 2} attached {0:10 1:11 2:12} counts {11:2}',
      '0: off',
    ],
  },
);

scenario(
  'S2 allocate all vectors at once (DPDK)',
  `
  set_irqs msix trigger eventfd 0 [10 11 12 13] # look at the numbers
  disable msix
  `,
  {
    all: ['0: MSI-X irqs {0=100 1=101 2=102 3=103} attached {0:10 1:11 2:12 3:13}', '0: off'],
  },
);

test.each(GENERATIONS)('S2 one ioctl makes one allocation: $id', ({ id }) => {
  const [enabling] = runs('set_irqs msix trigger eventfd 0 [10 11 12 13]', id);
  const allocations = enabling?.frames.filter(({ fn }) => /^pci_.*alloc/.test(fn)) ?? [];
  expect(allocations.map(({ fn, args }) => `${fn} max=${args['max']}`)).toEqual([
    'pci_alloc_irq_vectors max=4',
  ]);
});

scenario(
  'S3 attach the whole table at once (Cloud Hypervisor)',
  'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17]',
  {
    all: ['0: MSI-X irqs {0 1 2 3 4 5 6 7} attached {0:10 1:11 2:12 3:13 4:14 5:15 6:16 7:17}'],
  },
);

const everyFd = Array.from({ length: 257 }, (_, i) => 1000 + i);
test.each(GENERATIONS)('S3 a device with 257 vectors uses 257 host irqs: $id', ({ id }) => {
  const script = [
    // more handlers than the single CPU of the recorded machine can serve
    'device nvme msix=257 cpu_vectors=300',
    ...everyFd.map((fd) => `eventfd ${fd}`),
    `set_irqs msix trigger eventfd 0 [${everyFd.join(' ')}]`,
  ].join('\n');
  const enabling = runs(script, id).at(-1);
  expect(enabling?.ret).toBe(0);
  expect(enabling?.after.domain.numbers.size).toBe(257);
});

scenario(
  'S4 fd -2: any negative descriptor detaches (Cloud Hypervisor; negative-fds)',
  `
  set_irqs msix trigger eventfd 0 [-2]
  set_irqs msix trigger eventfd 3 [13]
  set_irqs msix trigger eventfd 3 [-2]
  `,
  {
    static: ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0}'],
    // a detach in v2 frees the irq, so 3 is not cached (v2/deassign-reassign#4)
    v2: ['0', '0', '0, freeing 3: MSI-X irqs {0}'],
    'v3 dynamic': ['0', '0', '0: MSI-X irqs {0 3}'],
  },
);

scenario(
  'S5 enable one, disable, enable again: the same irq number (QEMU; enable-disable-enable#6)',
  `
  set_irqs msix trigger eventfd 0 [10] # look at the numbers
  disable msix
  set_irqs msix trigger eventfd 0 [10] # numbers
  `,
  { all: ['0: MSI-X irqs {0=100} attached {0:10}', '0', '0: MSI-X irqs {0=100} attached {0:10}'] },
);

scenario(
  'S6 disable and enable more: numbers start at the lowest again (QEMU up to 8.1; enable-disable-enable#6)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [11]
  disable msix
  set_irqs msix trigger eventfd 0 [11 12] # numbers
  `,
  {
    v2: ['0', '0, freeing original 0', '0', '0: MSI-X irqs {0=100 1=101} attached {0:11 1:12}'],
    'static v3 dynamic': ['0', '0', '0', '0: MSI-X irqs {0=100 1=101} attached {0:11 1:12}'],
  },
);

scenario(
  'S6 a pending bit survives the teardown (pending-across-disable#7)',
  `
  set_irqs msix trigger eventfd 0 [10 -1]
  raise 1
  disable msix # look
  set_irqs msix trigger eventfd 0 [10 12]
  `,
  {
    all: [
      '0',
      'stays pending',
      '0: off pending {1}',
      '0: MSI-X irqs {0 1} attached {0:10 1:12} counts {12:1}',
    ],
  },
);

scenario(
  'S7 add vectors without a disable: irqs appear in the order 0, 5, 2 (QEMU from 8.2)',
  `
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 2 [12]
  set_irqs msix trigger eventfd 5 [25] # numbers
  `,
  {
    static: ['0', 'EINVAL', 'EINVAL', 'EINVAL: MSI-X irqs {0=100}'],
    // freed and allocated again; 101 is the lowest free number
    v2: ['0', '0', '0', '0, freeing 5: MSI-X irqs {0=100 2=102 5=101} attached {2:12 5:25}'],
    'v3 dynamic': ['0', '0', '0', '0: MSI-X irqs {0=100 2=102 5=101} attached {2:12 5:25}'],
  },
);

scenario(
  'S8 the same client without dynamic allocation, as NORESIZE announces',
  `
  device nvme nodyn
  irq_info msix
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 5 [15]
  `,
  { all: ['flags 0x9', '0', 'EINVAL: MSI-X irqs {0}'] },
);

scenario(
  "S9 mask by swapping the trigger between KVM's descriptor 40 and QEMU's own 30 (QEMU)",
  `
  set_irqs msix trigger eventfd 0 [40]
  set_irqs msix trigger eventfd 0 [30]
  set_irqs msix trigger eventfd 0 [40] # numbers
  `,
  {
    v2: ['0', '0, freeing original 0', '0, freeing 0: MSI-X irqs {0=100} attached {0:40}'],
    'static v3 dynamic': ['0', '0', '0: MSI-X irqs {0=100} attached {0:40}'],
  },
);

test.each(GENERATIONS)(
  'S9 a swap removes the handler and installs another, except in hold: $id',
  ({ id }) => {
    const script = 'set_irqs msix trigger eventfd 0 [40]\nset_irqs msix trigger eventfd 0 [30]';
    const swap = runs(script, id).at(-1);
    const handlers = swap?.frames.map(({ fn }) => fn).filter((fn) => /^(free|request)_irq$/.test(fn));
    expect(handlers).toEqual(id === 'hold' ? [] : ['free_irq', 'request_irq']);
  },
);

scenario(
  'S10 migration restore with holes: -1 past the range allocates no irq (QEMU)',
  `
  set_irqs msix trigger eventfd 0 [-1]
  set_irqs msix trigger eventfd 0 [10 -1 12 -1]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0 2} attached {0:10 2:12}'],
  },
);

scenario(
  'S11 a full table of -1, then single vectors: the first call is the allocation (crosvm)',
  `
  set_irqs msix trigger eventfd 0 [19 -1 -1 -1 -1 -1 -1 -1]
  set_irqs msix trigger eventfd 0 [-1 -1 -1 -1 -1 -1 -1 -1]
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 3 [13]
  `,
  {
    // v2 frees vector 0 in the second call and allocates it again in the third; the others are holes
    v2: ['0', '0, freeing original 0', '0', '0: MSI-X irqs {0 1 2 3 4 5 6 7} attached {0:10 3:13}'],
    'static v3 dynamic': ['0', '0', '0', '0: MSI-X irqs {0 1 2 3 4 5 6 7} attached {0:10 3:13}'],
  },
);

scenario(
  'S12 masked start, then one is unmasked (kvmtool)',
  `
  set_irqs msix trigger eventfd 0 [10 -1 -1 -1 -1 -1 -1 -1]
  set_irqs msix trigger eventfd 0 [-1 -1 -1 -1 -1 -1 -1 -1]
  set_irqs msix trigger eventfd 3 [13]
  `,
  {
    v2: ['0', '0, freeing original 0', '0: MSI-X irqs {1 2 3 4 5 6 7} attached {3:13}'],
    'static v3 dynamic': ['0', '0', '0: MSI-X irqs {0 1 2 3 4 5 6 7} attached {3:13}'],
  },
);

scenario(
  'S13 a second call past the range: the new feature in one call',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 4 [14]
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0 1 4} attached {0:10 1:11 4:14}'],
  },
);

scenario(
  'S34 one eventfd on two vectors (same-eventfd-twice#2)',
  `
  set_irqs msix trigger eventfd 0 [10 10]
  set_irqs msix trigger none 0 2
  `,
  { all: ['0', '0: MSI-X irqs {0 1} attached {0:10 1:10} counts {10:2}'] },
);

test.each(GENERATIONS)('S34 the second bypass registration fails without a visible error: $id', ({ id }) => {
  const [enabling] = runs('set_irqs msix trigger eventfd 0 [10 10]', id);
  const offers = enabling?.frames.filter(({ fn }) => fn === 'irq_bypass_register_producer') ?? [];
  expect(offers.map(({ ret }) => ret)).toEqual([0, 'EBUSY']);
});

scenario(
  'S36 -1, then attached again: irqs were cached before the series',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger eventfd 1 [-1] # look
  set_irqs msix trigger eventfd 1 [21] # numbers
  `,
  {
    // only V2 has no cache; 101 is the lowest free number
    v2: [
      '0',
      '0, freeing original 1: MSI-X irqs {0} attached {0:10}',
      '0: MSI-X irqs {0=100 1=101} attached {0:10 1:21}',
    ],
    'static v3 dynamic': [
      '0',
      '0: MSI-X irqs {0 1} attached {0:10}',
      '0: MSI-X irqs {0=100 1=101} attached {0:10 1:21}',
    ],
  },
);
