// Calls that clients misunderstand (scenarios S22 to S27, S30 to S33 and S37), and the part of the scenarios about time (T1,
// T2, T5) that happens between two calls. T3 (calls per interrupt), T4 and T6 (KVM's routes) and T7 (a transport between
// client and kernel) are not modelled.

import { describe, expect, test } from 'vitest';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { play, runs, scenario } from './play.ts';

scenario(
  'S22 a loopback trigger past the allocation: the old driver fails, the new ones skip it',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger none 4 2
  `,
  {
    static: ['0', 'EINVAL: MSI-X irqs {0 1} attached {0:10 1:11}'],
    'v2 v3 dynamic': ['0', '0: MSI-X irqs {0 1} attached {0:10 1:11}'],
  },
);

scenario(
  'S23 disable twice, or while off (disable-variants#2)',
  `
  disable msix
  set_irqs msix trigger eventfd 0 [10]
  disable msix
  disable msix
  `,
  { all: ['EINVAL', '0', '0', 'EINVAL: off'] },
);

scenario(
  'S24 an "unmap" that signals: only count 0 disables',
  `
  set_irqs msix trigger eventfd 0 [10 11]
  set_irqs msix trigger none 0 2
  `,
  { all: ['0', '0: MSI-X irqs {0 1} attached {0:10 1:11} counts {10:1 11:1}'] },
);

scenario(
  'S25 MASK before disable (mask-msix)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix mask none 0 1
  disable msix
  `,
  { all: ['0', 'ENOTTY', '0: off'] },
);

scenario(
  'S26 MASK and UNMASK on MSI-X (mask-msix)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix mask none 0 1
  set_irqs msix unmask none 0 1
  `,
  { all: ['0', 'ENOTTY', 'ENOTTY: MSI-X irqs {0} attached {0:10}'] },
);

scenario(
  'S27 MSI while MSI-X is on (mode-msix-msi)',
  `
  device e1000e
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 0 [11]
  `,
  { all: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'] },
);

scenario(
  'S30 one vector more than the table has (SPDK)',
  'set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17 18]',
  { all: ['EINVAL: off'] },
);

test.each(GENERATIONS)('S30 fails in the shared VFIO check: $id', ({ id }) => {
  const [call] = runs('set_irqs msix trigger eventfd 0 [10 11 12 13 14 15 16 17 18]', id);
  expect(call?.check).toBe('set_irqs.range');
});

scenario(
  'S31 -2 on REQ keeps the eventfd: 6.12.117 fails, 6.1.192 ignores it (req-index#17)',
  `
  set_irqs req trigger eventfd 0 [30]
  set_irqs req trigger eventfd 0 [-2]
  set_irqs req trigger none 0 1 # look
  set_irqs req trigger eventfd 0 [-1] # look
  set_irqs req trigger none 0 0
  `,
  {
    static: ['0', '0', '0: off req {30} counts {30:1}', '0: off counts {30:1}', 'EINVAL: off counts {30:1}'],
    'v2 v3 dynamic': [
      '0',
      'EINVAL',
      '0: off req {30} counts {30:1}',
      '0: off counts {30:1}',
      'EINVAL: off counts {30:1}',
    ],
  },
);

scenario(
  'S32 an eventfd call with count 0 (count-zero#2; #3 with start 3)',
  `
  set_irqs msix trigger eventfd 0 []
  set_irqs msix trigger eventfd 4 []
  `,
  {
    // the old driver allocates 0 to 3, fails its range check, and frees them
    static: ['ERANGE', 'EINVAL: off'],
    'v2 v3 dynamic': ['ERANGE', '0: MSI-X irqs {0 1 2 3}'],
  },
);

test('S32 the old driver allocates four irqs and frees them', () => {
  const [enabling] = runs('set_irqs msix trigger eventfd 4 []', 'static');
  const said = enabling?.happenings.flatMap((h) =>
    h.kind === 'allocated' || h.kind === 'freed' ? [`${h.kind} ${h.vector}`] : [],
  );
  expect(said).toEqual([
    ...[0, 1, 2, 3].map((vector) => `allocated ${vector}`),
    ...[0, 1, 2, 3].map((vector) => `freed ${vector}`),
  ]);
});

describe('S33 malformed calls: the check that fails (malformed-*)', () => {
  const calls: readonly [string, string, string, string][] = [
    ['two data types', 'flags=0x26 index=2 start=0 count=1 i32=10', 'EINVAL', 'set_irqs.data-type'],
    ['no data type', 'flags=0x20 index=2 start=0 count=1', 'EINVAL', 'set_irqs.data-type'],
    // the dispatcher checks the action, one layer further in
    ['two actions', 'flags=0x34 index=2 start=0 count=1 i32=10', 'ENOTTY', 'dispatch.action'],
    ['no action', 'flags=0x4 index=2 start=0 count=1 i32=10', 'ENOTTY', 'dispatch.action'],
    ['room for one of two', 'flags=0x24 index=2 start=0 count=2 i32=10', 'EINVAL', 'set_irqs.data-size'],
    [
      'start and count overflow',
      'flags=0x21 index=2 start=1 count=0xfffffffe',
      'EINVAL',
      'set_irqs.overflow',
    ],
    ['start at the end of the table', 'flags=0x21 index=2 start=8 count=0', 'EINVAL', 'set_irqs.start'],
  ];
  for (const [what, fields, errno, check] of calls) {
    test.each(GENERATIONS)(`${what}: ${errno} by ${check}: $id`, ({ id }) => {
      const script = `set_irqs raw argsz=24 ${fields}`;
      expect(play(script, id)).toEqual([`${errno}: off`]);
      expect(runs(script, id).map((run) => run.check)).toEqual([check]);
    });
  }
});

scenario(
  'S37 a sparse loopback trigger by bytes',
  `
  set_irqs msix trigger eventfd 0 [10 11 12]
  set_irqs msix trigger bool 0 [1 0 1]
  `,
  { all: ['0', '0: MSI-X irqs {0 1 2} attached {0:10 1:11 2:12} counts {10:1 12:1}'] },
);

scenario(
  'T1 an interrupt between a disable and a larger enable is lost (bad-first-on-enable@e1000e#4)',
  `
  device e1000e
  set_irqs msix trigger eventfd 0 [10]
  disable msix
  raise 0 # look
  set_irqs msix trigger eventfd 0 [10 11]
  `,
  { all: ['0', '0', 'lost: no-handler: off pin asserted', '0: MSI-X irqs {0 1} attached {0:10 1:11}'] },
);

scenario(
  'T1 the interrupt goes to INTx if QEMU enables it in between',
  `
  device e1000e
  set_irqs msix trigger eventfd 0 [10]
  disable msix
  set_irqs intx trigger eventfd 0 [30]
  raise 0
  disable intx
  set_irqs msix trigger eventfd 0 [10 11]
  `,
  {
    all: ['0', '0', '0', 'signals 30', '0', '0: MSI-X irqs {0 1} attached {0:10 1:11} counts {30:1}'],
  },
);

scenario(
  'T1 adding vectors without a disable loses no interrupt',
  `
  set_irqs msix trigger eventfd 0 [10]
  raise 1
  set_irqs msix trigger eventfd 1 [11]
  `,
  {
    static: ['0', 'stays pending', 'EINVAL: MSI-X irqs {0} attached {0:10} pending {1}'],
    'v2 v3 dynamic': ['0', 'stays pending', '0: MSI-X irqs {0 1} attached {0:10 1:11} counts {11:1}'],
  },
);

// A detach and an attach replace the two halves of a swap: MSI-X keeps an interrupt between the two handlers, MSI without
// mask bits loses it.
scenario(
  'T2 an interrupt between free_irq and request_irq stays pending on MSI-X (deassign-reassign#5, #6)',
  `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 0 [-1]
  raise 0
  set_irqs msix trigger eventfd 0 [11]
  `,
  {
    // also where the irq itself is freed in between
    v2: ['0', '0, freeing original 0', 'stays pending', '0: MSI-X irqs {0} attached {0:11} counts {11:1}'],
    'static v3 dynamic': ['0', '0', 'stays pending', '0: MSI-X irqs {0} attached {0:11} counts {11:1}'],
  },
);

scenario(
  'T2 the interrupt is lost on MSI without mask bits (msi-single@e1000e#9)',
  `
  device e1000e
  set_irqs msi trigger eventfd 0 [10]
  set_irqs msi trigger eventfd 0 [-1]
  raise 0
  set_irqs msi trigger eventfd 0 [11]
  `,
  { all: ['0', '0', 'lost: message-wiped', '0: MSI irqs {0} attached {0:11}'] },
);

scenario(
  'T5 pending while masked: several interrupts become one, delivered on attach (deassign-reassign#5, #6)',
  `
  set_irqs msix trigger eventfd 0 [-1]
  raise 0
  raise 0
  set_irqs msix trigger eventfd 0 [10]
  `,
  {
    all: ['0', 'stays pending', 'is pending already', '0: MSI-X irqs {0} attached {0:10} counts {10:1}'],
  },
);
