// Every point at which a call can fail, in each generation: the errno, and the allocated and attached vectors afterwards. The
// rows are those of docs/driver.md §12.2, for v2 of §18.7. Recordings cover eventfd_ctx_fdget (bad-*) and request_irq with
// ENOSPC (exhaust-*); the other rows are from the source.

import { describe, expect, test } from 'vitest';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { byGeneration, type Outcomes, runs, scenario } from './play.ts';

/** A call on enabled MSI-X that swaps 0, 1 and 2 and fails at 1: 2 is later in the block, 3 is outside it. */
const onAttached = (fault: string) => `
  set_irqs msix trigger eventfd 0 [10 11 12 13]
  set_irqs msix trigger eventfd 0 [20 21 22] ! ${fault}
`;
/** The same with 0 and 1 never attached since MSI-X was enabled. */
const onHole = (fault: string) => `
  set_irqs msix trigger eventfd 0 [-1 -1 12 13]
  set_irqs msix trigger eventfd 0 [20 21 22] ! ${fault}
`;
/** A call on enabled MSI-X that fails at 4, which is new, after 3, which is new too; 5 is already attached. */
const onNew = (fault: string) => `
  set_irqs msix trigger eventfd 0 [10]
  set_irqs msix trigger eventfd 5 [15]
  set_irqs msix trigger eventfd 3 [23 24 25] ! ${fault}
`;
/** An enabling call that fails at 1, and then one that succeeds: the first must leave no trace. */
const onEnabling = (fault: string) => `
  set_irqs msix trigger eventfd 0 [10 11 12] ! ${fault} # look
  set_irqs msix trigger eventfd 0 [10 11 12] # numbers
`;

const ENABLED = '0: MSI-X irqs {0=100 1=101 2=102} attached {0:10 1:11 2:12}';
/** The outcome of `onNew` in the static driver, which fails before any of the sites. */
const REFUSED = ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0} attached {0:10}'];
const SWAPPED = 'MSI-X irqs {0 1 2 3} attached {0:20 1:21 2:22 3:13}';

describe('copying header and data: the machine does not change', () => {
  const copies: readonly [string, string][] = [
    ['copy_from_user=EFAULT', 'EFAULT'],
    ['memdup_user=EFAULT', 'EFAULT'],
    ['memdup_user=ENOMEM', 'ENOMEM'],
  ];
  for (const [fault, errno] of copies) {
    scenario(`live, ${fault}`, onAttached(fault), {
      all: ['0', `${errno}: MSI-X irqs {0 1 2 3} attached {0:10 1:11 2:12 3:13}`],
    });
    scenario(`enabling, ${fault}`, onEnabling(fault), { all: [`${errno}: off`, ENABLED] });
  }
});

describe('contexts of the enabling call', () => {
  // only the static driver has an array; in the others the call succeeds
  scenario('enabling, kcalloc_ctx=ENOMEM', onEnabling('kcalloc_ctx=ENOMEM'), {
    static: ['ENOMEM: off', ENABLED],
    v2: [
      '0: MSI-X irqs {0 1 2} attached {0:10 1:11 2:12}',
      `0, ${freeingOriginals(0, 1, 2)}${ENABLED.slice(1)}`,
    ],
    'v3 dynamic': ['0: MSI-X irqs {0 1 2} attached {0:10 1:11 2:12}', ENABLED],
  });

  // v2 creates its contexts before it allocates irqs, v3 and dynamic when they attach
  scenario('enabling, vfio_irq_ctx_alloc#2=ENOMEM', onEnabling('vfio_irq_ctx_alloc#2=ENOMEM'), {
    static: ['0: MSI-X irqs {0 1 2} attached {0:10 1:11 2:12}', ENABLED],
    'v2 v3 dynamic': ['ENOMEM: off', ENABLED],
  });

  const left = byGeneration({ static: ['3'], 'v2 v3 dynamic': ['0'] });
  test.each([...left])('a failure leaves no contexts: %s', (id, expected) => {
    const [failing] = runs(onEnabling('vfio_irq_ctx_alloc#2=ENOMEM'), id);
    expect([String(failing?.after.vdev.ctx.size)]).toEqual(expected);
  });

  const frees = byGeneration({ static: [], v2: [], 'v3 dynamic': ['0', '1', '2'] });
  test.each([...frees])('frees the allocated irqs: %s', (id, expected) => {
    const [failing] = runs(onEnabling('vfio_irq_ctx_alloc#2=ENOMEM'), id);
    expect(
      freedBy(failing)
        .flatMap(({ vectors }) => vectors)
        .map(String)
        .sort(),
    ).toEqual(expected);
  });
});

describe('pci_alloc_irq_vectors: MSI-X stays disabled', () => {
  for (const errno of ['ENOSPC', 'ENOMEM', 'EINVAL', 'ENOTSUPP']) {
    scenario(`enabling, ${errno}`, onEnabling(`pci_alloc_irq_vectors=${errno}`), {
      all: [`${errno}: off`, ENABLED],
    });
  }
  scenario('enabling, 2 of 3 available: a positive return', onEnabling('pci_alloc_irq_vectors=2'), {
    all: ['+2: off', ENABLED],
  });
});

describe('pci_msix_alloc_irq_at', () => {
  for (const errno of ['ENOSPC', 'ENOMEM', 'EBUSY', 'ERANGE', 'ENOTSUPP']) {
    scenario(
      `enabled, new vector, ${errno}: it stays never allocated`,
      onNew(`pci_msix_alloc_irq_at#2=${errno}`),
      {
        static: REFUSED,
        v2: ['0', '0', `${errno}, freeing 3: MSI-X irqs {0 5} attached {0:10 5:15}`],
        'v3 dynamic': ['0', '0', `${errno}: MSI-X irqs {0 3 5} attached {0:10 5:15}`],
      },
    );
  }
  scenario(
    'enabled, attached vector: only a swap in v2 allocates',
    onAttached('pci_msix_alloc_irq_at#2=ENOSPC'),
    {
      v2: ['0', `ENOSPC, ${freeingOriginals(0, 1)} and 0: MSI-X irqs {2 3} attached {2:12 3:13}`],
      'static v3 dynamic': ['0', `0: ${SWAPPED}`],
    },
  );
});

/** The three sites and their errnos, with the same state afterwards; v2 frees one more irq when request_irq fails. */
const PER_VECTOR: readonly [string, readonly string[]][] = [
  ['kasprintf', ['ENOMEM']],
  ['eventfd_ctx_fdget', ['EBADF', 'EINVAL']],
  ['request_irq', ['EBUSY', 'ENOSPC', 'ENOMEM']],
];

/** A swap of hold reaches only eventfd_ctx_fdget, so other faults of one vector do not happen. */
const HELD = ['0', `0: ${SWAPPED}`];

for (const [site, errnos] of PER_VECTOR) {
  // in v2 the failing vector has an irq from this call by then
  const andNew = (vector: number) => (site === 'request_irq' ? ` and ${vector}` : '');
  describe(site, () => {
    for (const errno of errnos) {
      const second = `${site}#2=${errno}`;
      scenario(`enabled, attached vector, ${errno}`, onAttached(second), {
        'static dynamic': ['0', `${errno}: MSI-X irqs {0 1 2 3} attached {2:12 3:13}`],
        v2: [
          '0',
          `${errno}, ${freeingOriginals(0, 1)}${andNew(1)} and 0: MSI-X irqs {2 3} attached {2:12 3:13}`,
        ],
        v3: ['0', `${errno}, freeing original 1: MSI-X irqs {0 2 3} attached {2:12 3:13}`],
        ...(site === 'eventfd_ctx_fdget' ? {} : { hold: HELD }),
      });
      scenario(`enabled, never attached vector, ${errno}`, onHole(second), {
        'static dynamic': ['0', `${errno}: MSI-X irqs {0 1 2 3} attached {2:12 3:13}`],
        // the failing hole stays, the one that this call had attached does not
        v2: ['0', `${errno}, freeing original 0: MSI-X irqs {1 2 3} attached {2:12 3:13}`],
        v3: ['0', `${errno}, freeing original 1: MSI-X irqs {0 2 3} attached {2:12 3:13}`],
      });
      scenario(`enabled, new vector, ${errno}`, onNew(second), {
        static: REFUSED,
        v2: [
          '0',
          '0',
          `${errno}, freeing ${site === 'request_irq' ? '4 and ' : ''}3: MSI-X irqs {0 5} attached {0:10 5:15}`,
        ],
        'v3 track': ['0', '0', `${errno}, freeing 4: MSI-X irqs {0 3 5} attached {0:10 5:15}`],
        dynamic: ['0', '0', `${errno}: MSI-X irqs {0 3 4 5} attached {0:10 5:15}`],
      });
      scenario(`enabling, ${errno}`, onEnabling(second), { all: [`${errno}: off`, ENABLED] });
    }
  });
}

describe('vfio_irq_ctx_alloc of one vector', () => {
  const second = 'vfio_irq_ctx_alloc#2=ENOMEM';
  scenario('enabled, attached vector', onAttached(second), {
    static: ['0', `0: ${SWAPPED}`],
    v2: ['0', `ENOMEM, ${freeingOriginals(0, 1)} and 0: MSI-X irqs {2 3} attached {2:12 3:13}`],
    v3: ['0', 'ENOMEM, freeing original 1: MSI-X irqs {0 2 3} attached {2:12 3:13}'],
    dynamic: ['0', 'ENOMEM: MSI-X irqs {0 1 2 3} attached {2:12 3:13}'],
    hold: HELD,
  });
  scenario('enabled, never attached vector: v2 has a context for it', onHole(second), {
    static: ['0', `0: ${SWAPPED}`],
    v2: ['0', `0, freeing original 2: ${SWAPPED}`],
    v3: ['0', 'ENOMEM, freeing original 1: MSI-X irqs {0 2 3} attached {2:12 3:13}'],
    dynamic: ['0', 'ENOMEM: MSI-X irqs {0 1 2 3} attached {2:12 3:13}'],
  });
  scenario('enabled, new vector', onNew(second), {
    static: REFUSED,
    v2: ['0', '0', 'ENOMEM, freeing 3: MSI-X irqs {0 5} attached {0:10 5:15}'],
    'v3 track': ['0', '0', 'ENOMEM, freeing 4: MSI-X irqs {0 3 5} attached {0:10 5:15}'],
    dynamic: ['0', '0', 'ENOMEM: MSI-X irqs {0 3 4 5} attached {0:10 5:15}'],
  });
});

describe('earlier vectors of the block with -1', () => {
  scenario(
    'never attached: they stay cached',
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
    'never allocated: they stay never allocated',
    `
    set_irqs msix trigger eventfd 0 [10]
    set_irqs msix trigger eventfd 2 [-1 23] ! kasprintf=ENOMEM
    `,
    {
      static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
      v2: ['0', 'ENOMEM: MSI-X irqs {0} attached {0:10}'],
      'v3 track': ['0', 'ENOMEM, freeing 3: MSI-X irqs {0} attached {0:10}'],
      dynamic: ['0', 'ENOMEM: MSI-X irqs {0 3} attached {0:10}'],
    },
  );
});

describe('without dynamic allocation no generation frees', () => {
  const kept = (mode: string): Outcomes => ({
    'static v2 v3 dynamic': ['0', `ENOMEM: ${mode} irqs {0 1 2 3} attached {2:12 3:13}`],
    hold: ['0', `0: ${mode} irqs {0 1 2 3} attached {0:20 1:21 2:22 3:13}`],
  });
  for (const site of ['kasprintf', 'request_irq']) {
    const script = onAttached(`${site}#2=ENOMEM`);
    scenario(`MSI-X of a fixed size, ${site}`, `device nvme nodyn\n${script}`, kept('MSI-X'));
    scenario(`MSI, ${site}`, `device xhci\n${script.replaceAll('msix', 'msi')}`, kept('MSI'));
  }
});

describe('irq_bypass_register_producer: an error is only logged', () => {
  const fault = 'irq_bypass_register_producer=EBUSY';
  scenario('on enabled MSI-X', onAttached(fault), {
    v2: ['0', `0, ${freeingOriginals(0, 1, 2)}: ${SWAPPED}`],
    'static v3 dynamic': ['0', `0: ${SWAPPED}`],
  });
  scenario('while enabling', `set_irqs msix trigger eventfd 0 [10 11] ! ${fault}`, {
    all: ['0: MSI-X irqs {0 1} attached {0:10 1:11}'],
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

describe('the state after a failed call', () => {
  // V3 frees the failing vector itself, and v2 the ones that it had attached; the disable frees the rest
  const frees = byGeneration({
    'static dynamic': ['pci_free_irq_vectors 0 1 2'],
    v2: ['pci_msix_free_irq 0', 'pci_free_irq_vectors 1 2'],
    v3: ['pci_msix_free_irq 1', 'pci_free_irq_vectors 0 2'],
  });
  test.each([...frees])('the function that frees in an enabling call: %s', (id, expected) => {
    const [failing] = runs(onEnabling('eventfd_ctx_fdget#2=EBADF'), id);
    expect(freedBy(failing).map(({ by, vectors }) => `${by} ${vectors.join(' ')}`)).toEqual(expected);
  });

  test.each(GENERATIONS)(
    'a failed swap drops the references to the old and the new eventfd: $id',
    ({ id }) => {
      // hold swaps without kasprintf and request_irq
      const others = id === 'hold' ? [] : ['kasprintf#2=ENOMEM', 'request_irq#2=ENOSPC'];
      for (const site of ['eventfd_ctx_fdget#2=EBADF', ...others]) {
        const after = runs(onAttached(site), id).at(-1)?.after;
        const attached: number[] = [];
        after?.fds.forEach((file, fd) => {
          const refs = file.kind === 'eventfd' ? after.eventfds.get(file.ev)?.refs : undefined;
          if (refs !== 1) attached.push(fd);
        });
        expect(attached).toEqual([12, 13]);
      }
    },
  );
});

function freeingOriginals(...vectors: readonly number[]): string {
  return `freeing ${vectors.map((vector) => `original ${vector}`).join(' and ')}`;
}

/** Returns the vectors whose irqs a run freed, grouped by the freeing function, in order. */
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
