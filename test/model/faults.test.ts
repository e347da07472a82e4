// Every point at which a call can fail, in each generation: the errno, and what is allocated and bound afterwards. Rows
// of the specification's table 12.2, for v2 of table 18.7. Recordings have eventfd_ctx_fdget (bad-*) and request_irq
// with ENOSPC (exhaust-*); the other rows are from the source.

import { describe, expect, test } from 'vitest';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { byGeneration, type Outcomes, runs, scenario } from './play.ts';

/** A live call that swaps 0, 1 and 2 and fails at 1: 2 is later in the block, 3 is not in it. */
const onBound = (fault: string) => `
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  set_irqs msix trigger eventfd 0 [20 21 22] ! ${fault}
`;
/** The same where 0 and 1 were never bound since MSI-X was enabled. */
const onHole = (fault: string) => `
  set_irqs msix trigger eventfd 0 [-1 -1 12 13]
  set_irqs msix trigger eventfd 0 [20 21 22] ! ${fault}
`;
/** A live call that fails at 4, which is new, behind 3, which is new too; 5 is bound already. */
const onNew = (fault: string) => `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 3 [23 24 25] ! ${fault}
`;
/** An enabling call that fails at 1, and then one that does not: nothing may be left of the first. */
const onEnabling = (fault: string) => `
  set_irqs msix trigger eventfd 0 [10 11 12] ! ${fault} # look
  set_irqs msix trigger eventfd 0 [10 11 12] # numbers
`;

const ENABLED = '0: MSI-X irqs {0=100 1=101 2=102} bound {0:10 1:11 2:12}';
/** What the static driver says to `onNew`, before any of the sites is reached. */
const REFUSED = ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0} bound {0:10}'];
const SWAPPED = 'MSI-X irqs {0 1 2 3} bound {0:20 1:21 2:22 3:13}';

describe('the copy of header and data: nothing changes', () => {
  const copies: readonly [string, string][] = [
    ['copy_from_user=EFAULT', 'EFAULT'],
    ['memdup_user=EFAULT', 'EFAULT'],
    ['memdup_user=ENOMEM', 'ENOMEM'],
  ];
  for (const [fault, errno] of copies) {
    scenario(`live, ${fault}`, onBound(fault), {
      all: ['0', `${errno}: MSI-X irqs {0 1 2 3} bound {0:10 1:11 2:12 3:13}`],
    });
    scenario(`enabling, ${fault}`, onEnabling(fault), { all: [`${errno}: off`, ENABLED] });
  }
});

describe('contexts of the enabling call', () => {
  // only the static driver has an array; without the site the call succeeds
  scenario('enabling, kcalloc_ctx=ENOMEM', onEnabling('kcalloc_ctx=ENOMEM'), {
    static: ['ENOMEM: off', ENABLED],
    v2: [
      '0: MSI-X irqs {0 1 2} bound {0:10 1:11 2:12}',
      `0, ${freeingOriginals(0, 1, 2)}${ENABLED.slice(1)}`,
    ],
    'v3 dynamic': ['0: MSI-X irqs {0 1 2} bound {0:10 1:11 2:12}', ENABLED],
  });

  // v2 makes its contexts before it asks for irqs, v3 and dynamic when they bind
  scenario('enabling, vfio_irq_ctx_alloc#2=ENOMEM', onEnabling('vfio_irq_ctx_alloc#2=ENOMEM'), {
    static: ['0: MSI-X irqs {0 1 2} bound {0:10 1:11 2:12}', ENABLED],
    'v2 v3 dynamic': ['ENOMEM: off', ENABLED],
  });

  const left = byGeneration({ static: ['3'], 'v2 v3 dynamic': ['0'] });
  test.each([...left])('none is left when one of them fails: %s', (id, expected) => {
    const [failing] = runs(onEnabling('vfio_irq_ctx_alloc#2=ENOMEM'), id);
    expect([String(failing?.after.vdev.ctx.size)]).toEqual(expected);
  });

  const frees = byGeneration({ static: [], v2: [], 'v3 dynamic': ['0', '1', '2'] });
  test.each([...frees])('irqs were there to be freed: %s', (id, expected) => {
    const [failing] = runs(onEnabling('vfio_irq_ctx_alloc#2=ENOMEM'), id);
    expect(
      freedBy(failing)
        .flatMap(({ vectors }) => vectors)
        .map(String)
        .sort(),
    ).toEqual(expected);
  });
});

describe('pci_alloc_irq_vectors: nothing is enabled', () => {
  for (const errno of ['ENOSPC', 'ENOMEM', 'EINVAL', 'ENOTSUPP']) {
    scenario(`enabling, ${errno}`, onEnabling(`pci_alloc_irq_vectors=${errno}`), {
      all: [`${errno}: off`, ENABLED],
    });
  }
  scenario('enabling, 2 of 3 to be had: a positive return', onEnabling('pci_alloc_irq_vectors=2'), {
    all: ['+2: off', ENABLED],
  });
});

describe('pci_msix_alloc_irq_at', () => {
  for (const errno of ['ENOSPC', 'ENOMEM', 'EBUSY', 'ERANGE', 'ENOTSUPP']) {
    scenario(`live, new vector, ${errno}: it stays absent`, onNew(`pci_msix_alloc_irq_at#2=${errno}`), {
      static: REFUSED,
      v2: ['0', '0', `${errno}, freeing 3: MSI-X irqs {0 5} bound {0:10 5:15}`],
      'v3 dynamic': ['0', '0', `${errno}: MSI-X irqs {0 3 5} bound {0:10 5:15}`],
    });
  }
  scenario('live, bound vector: only a swap of v2 allocates', onBound('pci_msix_alloc_irq_at#2=ENOSPC'), {
    v2: ['0', `ENOSPC, ${freeingOriginals(0, 1)} and 0: MSI-X irqs {2 3} bound {2:12 3:13}`],
    'static v3 dynamic': ['0', `0: ${SWAPPED}`],
  });
});

/** The three sites and their errnos, which leave the same behind; v2 frees an irq more when request_irq fails. */
const PER_VECTOR: readonly [string, readonly string[]][] = [
  ['kasprintf', ['ENOMEM']],
  ['eventfd_ctx_fdget', ['EBADF', 'EINVAL']],
  ['request_irq', ['EBUSY', 'ENOSPC', 'ENOMEM']],
];

for (const [site, errnos] of PER_VECTOR) {
  // in v2 the failing vector has an irq of this very call by then
  const andNew = (vector: number) => (site === 'request_irq' ? ` and ${vector}` : '');
  describe(site, () => {
    for (const errno of errnos) {
      const second = `${site}#2=${errno}`;
      scenario(`live, bound vector, ${errno}`, onBound(second), {
        'static dynamic': ['0', `${errno}: MSI-X irqs {0 1 2 3} bound {2:12 3:13}`],
        v2: [
          '0',
          `${errno}, ${freeingOriginals(0, 1)}${andNew(1)} and 0: MSI-X irqs {2 3} bound {2:12 3:13}`,
        ],
        v3: ['0', `${errno}, freeing original 1: MSI-X irqs {0 2 3} bound {2:12 3:13}`],
      });
      scenario(`live, vector never bound, ${errno}`, onHole(second), {
        'static dynamic': ['0', `${errno}: MSI-X irqs {0 1 2 3} bound {2:12 3:13}`],
        // the hole that failed stays, the one that this call had bound does not
        v2: ['0', `${errno}, freeing original 0: MSI-X irqs {1 2 3} bound {2:12 3:13}`],
        v3: ['0', `${errno}, freeing original 1: MSI-X irqs {0 2 3} bound {2:12 3:13}`],
      });
      scenario(`live, new vector, ${errno}`, onNew(second), {
        static: REFUSED,
        v2: [
          '0',
          '0',
          `${errno}, freeing ${site === 'request_irq' ? '4 and ' : ''}3: MSI-X irqs {0 5} bound {0:10 5:15}`,
        ],
        v3: ['0', '0', `${errno}, freeing 4: MSI-X irqs {0 3 5} bound {0:10 5:15}`],
        dynamic: ['0', '0', `${errno}: MSI-X irqs {0 3 4 5} bound {0:10 5:15}`],
      });
      scenario(`enabling, ${errno}`, onEnabling(second), { all: [`${errno}: off`, ENABLED] });
    }
  });
}

describe('vfio_irq_ctx_alloc of one vector', () => {
  const second = 'vfio_irq_ctx_alloc#2=ENOMEM';
  scenario('live, bound vector', onBound(second), {
    static: ['0', `0: ${SWAPPED}`],
    v2: ['0', `ENOMEM, ${freeingOriginals(0, 1)} and 0: MSI-X irqs {2 3} bound {2:12 3:13}`],
    v3: ['0', 'ENOMEM, freeing original 1: MSI-X irqs {0 2 3} bound {2:12 3:13}'],
    dynamic: ['0', 'ENOMEM: MSI-X irqs {0 1 2 3} bound {2:12 3:13}'],
  });
  scenario('live, vector never bound: in v2 it has a context', onHole(second), {
    static: ['0', `0: ${SWAPPED}`],
    v2: ['0', `0, freeing original 2: ${SWAPPED}`],
    v3: ['0', 'ENOMEM, freeing original 1: MSI-X irqs {0 2 3} bound {2:12 3:13}'],
    dynamic: ['0', 'ENOMEM: MSI-X irqs {0 1 2 3} bound {2:12 3:13}'],
  });
  scenario('live, new vector', onNew(second), {
    static: REFUSED,
    v2: ['0', '0', 'ENOMEM, freeing 3: MSI-X irqs {0 5} bound {0:10 5:15}'],
    v3: ['0', '0', 'ENOMEM, freeing 4: MSI-X irqs {0 3 5} bound {0:10 5:15}'],
    dynamic: ['0', '0', 'ENOMEM: MSI-X irqs {0 3 4 5} bound {0:10 5:15}'],
  });
});

describe('earlier vectors of the block that were given -1', () => {
  scenario(
    'never bound: they stay cached',
    `
    set_irqs msix trigger eventfd 0 [-1 -1]
    set_irqs msix trigger eventfd 0 [-1 21] ! kasprintf=ENOMEM
    `,
    {
      'static v2 dynamic': ['0', 'ENOMEM: MSI-X irqs {0 1}'],
      v3: ['0', 'ENOMEM, freeing original 1: MSI-X irqs {0}'],
    },
  );
  scenario(
    'not allocated: they stay absent',
    `
    set_irqs msix trigger eventfd 0 [10]
    set_irqs msix trigger eventfd 2 [-1 23] ! kasprintf=ENOMEM
    `,
    {
      static: ['0', 'EINVAL: MSI-X irqs {0} bound {0:10}'],
      v2: ['0', 'ENOMEM: MSI-X irqs {0} bound {0:10}'],
      v3: ['0', 'ENOMEM, freeing 3: MSI-X irqs {0} bound {0:10}'],
      dynamic: ['0', 'ENOMEM: MSI-X irqs {0 3} bound {0:10}'],
    },
  );
});

describe('without dynamic allocation nobody frees', () => {
  const kept = (mode: string): Outcomes => ({
    all: ['0', `ENOMEM: ${mode} irqs {0 1 2 3} bound {2:12 3:13}`],
  });
  for (const site of ['kasprintf', 'request_irq']) {
    const script = onBound(`${site}#2=ENOMEM`);
    scenario(`MSI-X of a fixed size, ${site}`, `device nvme nodyn\n${script}`, kept('MSI-X'));
    scenario(`MSI, ${site}`, `device xhci\n${script.replaceAll('msix', 'msi')}`, kept('MSI'));
  }
});

describe('irq_bypass_register_producer: logged only', () => {
  const fault = 'irq_bypass_register_producer=EBUSY';
  scenario('live', onBound(fault), {
    v2: ['0', `0, ${freeingOriginals(0, 1, 2)}: ${SWAPPED}`],
    'static v3 dynamic': ['0', `0: ${SWAPPED}`],
  });
  scenario('enabling', `set_irqs msix trigger eventfd 0 [10 11] ! ${fault}`, {
    all: ['0: MSI-X irqs {0 1} bound {0:10 1:11}'],
  });
});

describe('INTx', () => {
  for (const errno of ['EBUSY', 'ENOMEM']) {
    scenario(
      `request_irq=${errno}: not enabled`,
      `set_irqs intx trigger eventfd 0 [10] ! request_irq=${errno}`,
      {
        all: [`${errno}: off`],
      },
    );
  }
  scenario(
    'vfio_virqfd_enable=ENOMEM: no change',
    `
    set_irqs intx trigger eventfd 0 [10] # look
    set_irqs intx unmask eventfd 0 [11] ! vfio_virqfd_enable=ENOMEM # look
    set_irqs intx unmask eventfd 0 [11]
    `,
    { all: ['0: INTx trigger {10}', 'ENOMEM: INTx trigger {10}', '0: INTx trigger {10} unmask {11}'] },
  );
});

describe('what a failed call leaves', () => {
  // V3 gives the failing vector back by itself, and v2 what it had bound; the rest goes with MSI-X
  const frees = byGeneration({
    'static dynamic': ['pci_free_irq_vectors 0 1 2'],
    v2: ['pci_msix_free_irq 0', 'pci_free_irq_vectors 1 2'],
    v3: ['pci_msix_free_irq 1', 'pci_free_irq_vectors 0 2'],
  });
  test.each([...frees])('who frees in an enabling call: %s', (id, expected) => {
    const [failing] = runs(onEnabling('eventfd_ctx_fdget#2=EBADF'), id);
    expect(freedBy(failing).map(({ by, vectors }) => `${by} ${vectors.join(' ')}`)).toEqual(expected);
  });

  test.each(GENERATIONS)('a swap that fails has dropped the old eventfd and the new one: $id', ({ id }) => {
    for (const site of ['kasprintf#2=ENOMEM', 'eventfd_ctx_fdget#2=EBADF', 'request_irq#2=ENOSPC']) {
      const after = runs(onBound(site), id).at(-1)?.after;
      const bound: number[] = [];
      after?.fds.forEach((file, fd) => {
        const refs = file.kind === 'eventfd' ? after.eventfds.get(file.ev)?.refs : undefined;
        if (refs !== 1) bound.push(fd);
      });
      expect(bound).toEqual([12, 13]);
    }
  });
});

function freeingOriginals(...vectors: readonly number[]): string {
  return `freeing ${vectors.map((vector) => `original ${vector}`).join(' and ')}`;
}

/** The irqs that a run gave back, by the function that did, in order. */
function freedBy(run: ReturnType<typeof runs>[number] | undefined) {
  const groups: { by: string; vectors: number[] }[] = [];
  for (const h of run?.happenings ?? []) {
    if (h.kind !== 'freed') continue;
    const last = groups.at(-1);
    if (last?.by === h.by) last.vectors.push(h.vector);
    else groups.push({ by: h.by, vectors: [h.vector] });
  }
  return groups;
}
