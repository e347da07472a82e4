// The proposals `track` and `hold`: the scripts that set each apart from `dynamic`, `v2` and `v3` (docs/driver.md §19).

import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { brokenInvariants } from '../../src/kernel/invariants/index.ts';
import { runs, scenario } from './play.ts';

const ORIGINAL_FAILS = `
set_irqs msix trigger eventfd 0 [10 -1]
set_irqs msix trigger eventfd 1 [99]
`;
const CACHED_FAILS = `
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 4 [14]
set_irqs msix trigger eventfd 4 [-1]
set_irqs msix trigger eventfd 4 [99]
`;
const SWAP_FAILS = `
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 4 [14]
set_irqs msix trigger eventfd 4 [99]
`;
const FRESH_FAILS = `
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 4 [14 99]
`;

describe('track frees an irq exactly if the failing assignment allocated it', () => {
  scenario('A1 a hole of the enabling call fails: track keeps it, v3 frees it', ORIGINAL_FAILS, {
    'static v2 dynamic track': ['0', 'EBADF: MSI-X irqs {0 1} attached {0:10}'],
    v3: ['0', 'EBADF, freeing original 1: MSI-X irqs {0} attached {0:10}'],
  });

  scenario('A2 a cached irq of an earlier call fails: track keeps it, v3 frees it', CACHED_FAILS, {
    static: ['0', 'EINVAL', 'EINVAL', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    v2: ['0', '0', '0, freeing 4', 'EBADF: MSI-X irqs {0} attached {0:10}'],
    v3: ['0', '0', '0', 'EBADF, freeing 4: MSI-X irqs {0} attached {0:10}'],
    'dynamic track': ['0', '0', '0', 'EBADF: MSI-X irqs {0 4} attached {0:10}'],
  });

  scenario('A3 a swap fails: track keeps the irq, v2 and v3 free it', SWAP_FAILS, {
    static: ['0', 'EINVAL', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
    v2: ['0', '0', 'EBADF, freeing 4: MSI-X irqs {0} attached {0:10}'],
    v3: ['0', '0', 'EBADF, freeing 4: MSI-X irqs {0} attached {0:10}'],
    'dynamic track': ['0', '0', 'EBADF: MSI-X irqs {0 4} attached {0:10}'],
  });

  scenario(
    'A4 the last of a new block fails: track frees it, and the vectors that the unwind detaches stay cached',
    FRESH_FAILS,
    {
      static: ['0', 'EINVAL: MSI-X irqs {0} attached {0:10}'],
      v2: ['0', 'EBADF, freeing 4: MSI-X irqs {0} attached {0:10}'],
      'v3 track': ['0', 'EBADF, freeing 5: MSI-X irqs {0 4} attached {0:10}'],
      dynamic: ['0', 'EBADF: MSI-X irqs {0 4 5} attached {0:10}'],
    },
  );
});

const BOTH_FAIL = `
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 0 [99]
set_irqs msix trigger eventfd 1 [99]
`;

describe('track differs from v2, v3 and dynamic in one script', () => {
  scenario('A10 (S39) a vector with an irq fails, then one without', BOTH_FAIL, {
    static: ['0', 'EBADF', 'EINVAL: MSI-X irqs {0}'],
    // v2 looks up the descriptor before it allocates
    v2: ['0', 'EBADF, freeing original 0', 'EBADF: MSI-X irqs {}'],
    v3: ['0', 'EBADF, freeing original 0', 'EBADF, freeing 1: MSI-X irqs {}'],
    dynamic: ['0', 'EBADF', 'EBADF: MSI-X irqs {0 1}'],
    track: ['0', 'EBADF', 'EBADF, freeing 1: MSI-X irqs {0}'],
  });

  scenario(
    'A11 (S40) then vectors 2 and 1 share what is left of two irqs',
    `device nvme irqs=2\n${BOTH_FAIL}set_irqs msix trigger eventfd 2 [12]\nset_irqs msix trigger eventfd 1 [11]`,
    {
      static: ['0', 'EBADF', 'EINVAL', 'EINVAL', 'EINVAL: MSI-X irqs {0}'],
      v2: ['0', 'EBADF, freeing original 0', 'EBADF', '0', '0: MSI-X irqs {1 2} attached {1:11 2:12}'],
      v3: [
        '0',
        'EBADF, freeing original 0',
        'EBADF, freeing 1',
        '0',
        '0: MSI-X irqs {1 2} attached {1:11 2:12}',
      ],
      dynamic: ['0', 'EBADF', 'EBADF', 'ENOSPC', '0: MSI-X irqs {0 1} attached {1:11}'],
      track: ['0', 'EBADF', 'EBADF, freeing 1', '0', 'ENOSPC: MSI-X irqs {0 2} attached {2:12}'],
    },
  );
});

describe('hold keeps the irq requested during a swap', () => {
  const swap = 'set_irqs msix trigger eventfd 0 [10]\nset_irqs msix trigger eventfd 0 [11]';

  test('A5 the calls of a swap', () => {
    const calls =
      runs(swap, 'hold')
        .at(-1)
        ?.frames.map(({ fn }) => fn) ?? [];
    expect(calls.slice(calls.indexOf('vfio_msi_set_vector_signal') + 1)).toEqual([
      'eventfd_ctx_fdget',
      'pci_irq_vector',
      'irq_bypass_unregister_producer',
      'irq_update_devid',
      'eventfd_ctx_put',
      'irq_bypass_register_producer',
    ]);
  });

  test.each(['static', 'v2', 'v3', 'dynamic', 'track'] as const)('A5 a swap of %s breaks I24', (id) => {
    expect(broken(swap, id)).toContain('I24');
  });

  test('A5 a swap of hold changes neither the table nor the irq', () => {
    const { before, after, happenings } = runs(swap, 'hold').at(-1) ?? expect.fail('no run');
    expect(after.pci).toBe(before.pci);
    expect(after.domain.numbers).toBe(before.domain.numbers);
    expect(happenings.map(({ kind }) => kind)).toEqual(['attached']);
    expect(broken(swap, 'hold')).not.toContain('I24');
  });

  scenario(
    'A6 a swap without a CPU vector or memory for a name: only hold succeeds',
    `
    set_irqs msix trigger eventfd 0 [10]
    set_irqs msix trigger eventfd 0 [11] ! kasprintf=ENOMEM # look
    set_irqs msix trigger eventfd 0 [10] ! request_irq=ENOSPC
    `,
    {
      'static dynamic track': ['0', 'ENOMEM: MSI-X irqs {0}', 'ENOSPC: MSI-X irqs {0}'],
      // v2 frees the irq of the first swap and of its own new allocation
      v2: ['0', 'ENOMEM, freeing original 0: MSI-X irqs {}', 'ENOSPC, freeing 0: MSI-X irqs {}'],
      v3: ['0', 'ENOMEM, freeing original 0: MSI-X irqs {}', 'ENOSPC, freeing 0: MSI-X irqs {}'],
      hold: ['0', '0: MSI-X irqs {0} attached {0:11}', '0: MSI-X irqs {0} attached {0:10}'],
    },
  );

  scenario(
    'A7 a bad descriptor in a block of swaps: the unwind detaches as in every kernel, and the irqs stay cached',
    `
    set_irqs msix trigger eventfd 0 [10 11 12]
    set_irqs msix trigger eventfd 0 [20 99 22]
    `,
    {
      'static dynamic track hold': ['0', 'EBADF: MSI-X irqs {0 1 2} attached {2:12}'],
      v2: ['0', 'EBADF, freeing original 0 and original 1 and 0: MSI-X irqs {2} attached {2:12}'],
      v3: ['0', 'EBADF, freeing original 1: MSI-X irqs {0 2} attached {2:12}'],
    },
  );

  test('A7 the failing vector keeps its old eventfd until the unwind reaches it', () => {
    const kinds = runs('set_irqs msix trigger eventfd 0 [10]\nset_irqs msix trigger eventfd 0 [99]', 'hold')
      .at(-1)
      ?.happenings.map(({ kind }) => kind);
    expect(kinds).toEqual(['failed', 'detached']);
  });

  scenario(
    'A8 after the device lost a message, a swap of hold does not write it again',
    `
    set_irqs msix trigger eventfd 0 [10]
    clobber 0
    set_irqs msix trigger eventfd 0 [11]
    raise 0
    `,
    {
      'static v3 dynamic track': ['0', '0: MSI-X irqs {0} attached {0:11}', 'signals 11'],
      v2: ['0', '0, freeing original 0: MSI-X irqs {0} attached {0:11}', 'signals 11'],
      hold: ['0', '0: MSI-X irqs {0} attached {0:11}', 'lost: message-wiped'],
    },
  );

  test.each(['static', 'v2', 'v3', 'dynamic', 'track', 'hold'] as const)(
    'A12 (T8) an interrupt inside a swap on MSI without mask bits: %s',
    (id) => {
      const script = `
        device e1000e
        eventfd 10
        eventfd 11
        set_irqs msi trigger eventfd 0 [10]
        set_irqs msi trigger eventfd 0 [11] ! raise 0 before eventfd_ctx_put#1`;
      const { after, happenings } = runs(script, id).at(-1) ?? expect.fail('no run');
      const fates = happenings
        .map(({ kind }) => kind)
        .filter((kind) => ['delivered', 'pended', 'lost'].includes(kind));
      expect(fates).toEqual([id === 'hold' ? 'delivered' : 'lost']);
      expect(after.eventfds.entries().map(([, { count }]) => count)).toContain(id === 'hold' ? 1n : 0n);
    },
  );

  scenario(
    'A9 swapping an eventfd for itself keeps one reference and one producer',
    `
    set_irqs msix trigger eventfd 0 [10]
    set_irqs msix trigger eventfd 0 [10]
    `,
    {
      v2: ['0', '0, freeing original 0: MSI-X irqs {0} attached {0:10}'],
      'static v3 dynamic track hold': ['0', '0: MSI-X irqs {0} attached {0:10}'],
    },
  );
});

/** The invariants that the last line of a script breaks. */
function broken(text: string, id: Parameters<typeof runs>[1]): readonly string[] {
  const run = runs(text, id).at(-1) ?? expect.fail('no run');
  const { line } = parseScript(text).script.lines.at(-1) ?? expect.fail('no line');
  return brokenInvariants({ line, run }).map(({ invariant }) => invariant.id);
}
