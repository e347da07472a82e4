// Searches with answers known from the scenarios of docs/driver.md: lengths of scripts, and proofs. Its simplified model has one
// pool, and "allocated" and "attached" as its only state.
import { describe, expect, test } from 'vitest';
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import type { Answer } from '../../src/explore/problem.ts';
import { type Question, questionById } from '../../src/explore/questions.ts';
import { printOp } from '../../src/formats/notation/printOp.ts';
import type { Run } from '../../src/kernel/frame.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import type { Host } from '../../src/machine/host.ts';
import { answerOf, sideOf } from './problems.ts';

function asked(id: string): Question {
  const question = questionById(id);
  if (!question.ok) throw new Error(question.problems[0].expected);
  return question.value;
}

function sides(
  ids: readonly [GenerationId] | readonly [GenerationId, GenerationId],
  host: Partial<Host>,
  spec: AlphabetSpec,
) {
  const { setUp } = alphabetOf(spec);
  const [a, b] = ids;
  const first = sideOf(generation(a), spec, host, setUp);
  return b === undefined ? ([first] as const) : ([first, sideOf(generation(b), spec, host, setUp)] as const);
}

function answer(
  ids: readonly [GenerationId] | readonly [GenerationId, GenerationId],
  id: string,
  host: Partial<Host> = {},
  more: Partial<AlphabetSpec> = {},
): Answer {
  const spec = { ...USUAL_ALPHABET, ...more };
  const bounds = { maxDepth: null, maxStates: 100_000 };
  return answerOf({
    sides: sides(ids, host, spec),
    alphabet: alphabetOf(spec).lines,
    question: asked(id),
    bounds,
  });
}

/** Returns a script in notation, and its result on each side. */
function shown(
  ids: readonly [GenerationId, GenerationId],
  found: Answer,
  host: Partial<Host> = {},
): { readonly script: readonly string[]; readonly results: readonly string[] } {
  const script = found.script ?? [];
  const results = sides(ids, host, USUAL_ALPHABET).map(({ generation, start }) => {
    let machine = start;
    let last: Run | null = null;
    for (const line of script) {
      last = run(generation, machine, line);
      machine = last.after;
    }
    return last?.errno ?? String(last?.ret);
  });
  return { script: script.map(({ op }) => printOp(op)), results };
}

const NORESIZE = { canAllocDyn: false };

describe('V3 and dynamic', () => {
  const both = ['v3', 'dynamic'] as const;

  test('reach different states after two ioctls', () => {
    const found = answer(both, 'differ-state');
    expect(found.verdict).toBe('found');
    expect(shown(both, found)).toEqual({
      script: ['set_irqs msix trigger eventfd 0 [-1]', 'set_irqs msix trigger eventfd 0 [999]'],
      results: ['EBADF', 'EBADF'],
    });
    expect(found.found).toBe('Vector 0: V3 patch: no irq; ≥ 6.5 dynamic: allocated.');
  });

  test.each([
    ['no limit', {}],
    ['a pool as large as the table', { irqPool: 3 }],
  ])('show no difference to a client: %s', (_, host) => {
    for (const id of ['differ-client', 'differ-return', 'differ-attached']) {
      expect(answer(both, id, host).verdict).toBe('exhausted');
    }
    expect(answer(both, 'differ-client', host, { loopback: true, disable: true, raise: true }).verdict).toBe(
      'exhausted',
    );
  });

  test('have 49 joint states of allocated and attached vectors, and 85 with bypass producers', () => {
    const { setUp, lines } = alphabetOf(USUAL_ALPHABET);
    const [a, b] = both.map((id) => sideOf(generation(id), USUAL_ALPHABET, {}, setUp));
    if (a === undefined || b === undefined) throw new Error('no sides');
    const simple = (machine: typeof a.start) =>
      [machine.vdev.irq_type, machine.domain.descs.keys(), machine.vdev.ctx.keys()].join('|');
    const seen = new Set([`${simple(a.start)}  ${simple(b.start)}`]);
    const queue = [[a.start, b.start] as const];
    for (const [inA, inB] of queue) {
      for (const line of lines) {
        const next = [run(a.generation, inA, line).after, run(b.generation, inB, line).after] as const;
        const key = `${simple(next[0])}  ${simple(next[1])}`;
        if (!seen.has(key)) queue.push(next);
        seen.add(key);
      }
    }
    expect(seen.size).toBe(49);
    expect(answer(both, 'differ-client').states).toBe(85);
  });

  test.each([1, 2])(
    'show a difference to a client under shortage, pool %d, after three ioctls',
    (irqPool) => {
      for (const id of ['differ-client', 'differ-return', 'differ-attached']) {
        const found = answer(both, id, { irqPool });
        expect([found.verdict, found.script?.length]).toEqual(['found', 3]);
        expect(shown(both, found, { irqPool }).results).toEqual(['0', 'ENOSPC']);
      }
    },
  );

  test('differ with one CPU vector: an irq that V3 freed below the first allocated vector needs it at once', () => {
    const host = { cpuVectors: 1 };
    const found = answer(both, 'differ-client', host);
    expect(shown(both, found, host)).toEqual({
      script: [
        // vector 1 has the only CPU vector; vector 0 fails in request_irq, and V3 frees its irq
        'set_irqs msix trigger eventfd 1 [100]',
        'set_irqs msix trigger eventfd 0 [100]',
        'set_irqs msix trigger eventfd 0 [999]',
      ],
      results: ['ENOSPC', 'EBADF'],
    });
  });

  test.each([
    ['no limit', NORESIZE],
    ['pool 2', { ...NORESIZE, irqPool: 2 }],
  ])('are equal without dynamic allocation: %s', (_, host) => {
    expect(answer(both, 'differ-state', host).verdict).toBe('exhausted');
    expect(answer(both, 'differ-client', host, { loopback: true }).verdict).toBe('exhausted');
  });
});

describe('static and dynamic', () => {
  test.each([
    ['a host with dynamic allocation', {}],
    ['a host without dynamic allocation', NORESIZE],
  ])('differ after two ioctls on %s', (_, host) => {
    const both = ['static', 'dynamic'] as const;
    for (const id of ['differ-state', 'differ-client']) {
      const found = answer(both, id, host);
      expect([found.verdict, found.script?.length]).toEqual(['found', 2]);
    }
    expect(shown(both, answer(both, 'differ-return', host), host).results).toEqual(['EINVAL', '0']);
  });
});

describe('MSI and INTx', () => {
  const msi = { mode: 'msi', vectors: 4, goodFds: 2, disable: true, raise: true } as const;

  test.each(['v3', 'track', 'hold'] as const)('%s and dynamic are equal with 4 MSI vectors', (id) => {
    for (const question of ['differ-state', 'differ-client']) {
      const { verdict, states } = answer([id, 'dynamic'], question, {}, msi);
      expect([question, verdict, states]).toEqual([question, 'exhausted', 736]);
    }
  });

  test.each(['v2', 'static'] as const)('%s and dynamic differ after two ioctls with 4 MSI vectors', (id) => {
    const both = ['dynamic', id] as const;
    const found = answer(both, 'differ-return', {}, msi);
    expect([found.verdict, found.script?.length]).toEqual(['found', 2]);
    expect(found.found).toContain('≥ 6.5 dynamic: returns 0;');
    expect(found.found).toContain('fails with EINVAL.');
  });

  test('V3 and dynamic are equal for a client that changes between MSI-X, MSI and INTx', () => {
    const also = [
      { mode: 'msi', vectors: 2 },
      { mode: 'intx', vectors: 1 },
    ] as const;
    const changes = { vectors: 2, also, maxBlock: 1, mask: true, unmaskFd: true };
    const more = { ...changes, disable: true, raise: true };
    const { verdict, states } = answer(['v3', 'dynamic'], 'differ-client', {}, more);
    expect([verdict, states]).toEqual(['exhausted', 928]);
  });

  test('MASK by an eventfd is refused, and a second UNMASK eventfd too', () => {
    const more = { mode: 'intx', unmaskFd: true } as const;
    const { script } = answer(['dynamic'], 'errno:ENOTTY', {}, more);
    expect(script?.map(({ op }) => printOp(op))).toEqual([
      'set_irqs intx trigger eventfd 0 [-1]',
      'set_irqs intx mask eventfd 0 [-1]',
    ]);
    expect(answer(['dynamic'], 'errno:EBUSY', {}, more).script?.length).toBe(3);
  });

  // up to 6.8 as released the driver frees the irq before it looks at the descriptor (docs/driver.md §9)
  test('a failed change of the INTx eventfd loses signals where every change requests the irq', () => {
    const intx = { mode: 'intx', mask: true, unmaskFd: true, disable: true, raise: true } as const;
    const spec = { ...USUAL_ALPHABET, ...intx };
    const { setUp, lines } = alphabetOf(spec);
    const both = (['legacy', 'persistent'] as const).map((how) =>
      sideOf(generation('dynamic'), spec, { intx: how }, setUp),
    );
    const search = (id: string) => {
      const [a, b] = both;
      if (a === undefined || b === undefined) throw new Error('two sides');
      const bounds = { maxDepth: null, maxStates: 10_000 };
      return answerOf({ sides: [a, b], alphabet: lines, question: asked(id), bounds });
    };
    const found = search('differ-client');
    expect(found.script?.map(({ op }) => printOp(op))).toEqual([
      'set_irqs intx trigger eventfd 0 [100]',
      'set_irqs intx trigger eventfd 0 [999]',
      'raise 0',
    ]);
    expect(search('differ-return').verdict).toBe('exhausted');
  });
});

describe('invariants', () => {
  const everything = { disable: true, loopback: true, raise: true };
  test.each([
    ['v3', {}],
    ['v3', { irqPool: 1 }],
    ['v3', { irqPool: 2 }],
    ['v3', { irqPool: 3 }],
    ['dynamic', {}],
    ['dynamic', { irqPool: 1 }],
    ['dynamic', { irqPool: 2 }],
    ['dynamic', { irqPool: 3 }],
    ['static', {}],
  ] as const)('I1 and I2 hold: %s on %o', (id, host) => {
    expect(answer([id], 'invariant:I1', host, everything).verdict).toBe('exhausted');
    expect(answer([id], 'invariant:I2', host, everything).verdict).toBe('exhausted');
  });

  test('only V2 and V3 free an irq outside pci_free_irq_vectors', () => {
    const verdicts = (['static', 'v2', 'v3', 'dynamic'] as const).map(
      (id) => answer([id], 'invariant:I7').verdict,
    );
    expect(verdicts).toEqual(['exhausted', 'found', 'found', 'exhausted']);
  });
});

test('a question about irq numbers distinguishes them: V2 gives a reattached vector a new one', () => {
  const lengths = [1, 2, 3].map((vectors) => {
    const { verdict, script } = answer(['v2'], 'invariant:I11', {}, { vectors });
    return [verdict, script?.length ?? null];
  });
  expect(lengths).toEqual([
    ['exhausted', null],
    ['found', 2],
    ['found', 2],
  ]);
  expect(answer(['dynamic'], 'invariant:I11').verdict).toBe('exhausted');
});

describe('named events', () => {
  test.each([
    ['original-irq-freed', 'v3', {}, {}, 1],
    ['original-irq-freed', 'dynamic', {}, {}, null],
    ['enabled-without-irqs', 'v3', {}, {}, 2],
    ['enabled-without-irqs', 'dynamic', {}, {}, null],
    ['positive-return', 'dynamic', { irqPool: 0 }, {}, null],
    ['positive-return', 'dynamic', { irqPool: 1 }, {}, 1],
    ['attached-to-closed-fd', 'static', {}, { close: true }, 2],
    ['delivered-on-attach', 'dynamic', {}, { raise: true }, 3],
    ['errno:ENOSPC', 'dynamic', { cpuVectors: 1 }, {}, 1],
    ['count-states', 'dynamic', {}, {}, null],
  ] as const)('%s in %s', (id, of, host, more, length) => {
    const found = answer([of], id, host, more);
    expect([found.verdict, found.script?.length ?? null]).toEqual([
      length === null ? 'exhausted' : 'found',
      length,
    ]);
  });
});

describe('limits', () => {
  test('end a search with the answer bounded', () => {
    const spec = USUAL_ALPHABET;
    const problem = {
      sides: sides(['v3', 'dynamic'], {}, spec),
      alphabet: alphabetOf(spec).lines,
      question: asked('differ-client'),
    };
    const cut = answerOf({ ...problem, bounds: { maxDepth: 2, maxStates: 1000 } });
    expect([cut.verdict, cut.depth, cut.script]).toEqual(['bounded', 2, null]);
    const full = answerOf({ ...problem, bounds: { maxDepth: null, maxStates: 40 } });
    expect([full.verdict, full.states]).toEqual(['bounded', 40]);
    const enough = answerOf({ ...problem, bounds: { maxDepth: 5, maxStates: 85 } });
    expect([enough.verdict, enough.states, enough.depth]).toEqual(['exhausted', 85, 4]);
  });
});
