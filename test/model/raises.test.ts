// The device raises an interrupt inside an ioctl (scenarios T1 and T2): between two kernel calls it is kept, delivered or lost.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import type { RaiseAt } from '../../src/kernel/line.ts';
import { run } from '../../src/kernel/run.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

/** Runs a script, its last line with and without these interrupts. */
function last(text: string, id: GenerationId, raises: readonly RaiseAt[]) {
  const { script, problems } = parseScript(text);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const made = scriptMachine(script.device, generation(id));
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  let { machine } = made.value;
  for (const { line } of script.lines.slice(0, -1)) machine = run(made.value.generation, machine, line).after;
  const line = script.lines.at(-1)?.line;
  if (line === undefined) throw new Error('no line');
  const plain = run(made.value.generation, machine, line);
  return { plain, fired: run(made.value.generation, machine, { ...line, raises }, { frames: true }) };
}

const fates = ['delivered', 'pended', 'coalesced', 'lost'];
const said = ({ happenings }: { happenings: readonly { readonly kind: string }[] }) =>
  happenings.map(({ kind }) => kind).filter((kind) => fates.includes(kind));

const SWAP = `
device nvme
eventfd 10
eventfd 11
set_irqs msix trigger eventfd 0 [10]
set_irqs msix trigger eventfd 0 [11]`;

const MSI_SWAP = `
device e1000e
eventfd 10
eventfd 11
set_irqs msi trigger eventfd 0 [10]
set_irqs msi trigger eventfd 0 [11]`;

describe.each(GENERATIONS.filter(({ id }) => id !== 'hold'))('a swap in $id', ({ id }) => {
  test('T2: an MSI-X interrupt between free_irq and request_irq stays pending and goes to the new eventfd', () => {
    const { fired, plain } = last(SWAP, id, [{ vector: 0, when: 'after', fn: 'free_irq', nth: 1 }]);
    expect(said(fired)).toEqual(['pended', 'delivered']);
    expect(fired.after.eventfds.entries().map(([, { count }]) => count)).toEqual([0n, 1n]);
    expect(fired.ret).toBe(plain.ret);
  });

  test('an interrupt before free_irq goes to the old eventfd', () => {
    const { fired } = last(SWAP, id, [{ vector: 0, when: 'before', fn: 'free_irq', nth: 1 }]);
    expect(said(fired)).toEqual(['delivered']);
    expect(fired.after.eventfds.entries().map(([, { count }]) => count)).toEqual([1n, 0n]);
  });

  test('T2: on MSI without mask bits the interrupt is lost', () => {
    const { fired } = last(MSI_SWAP, id, [{ vector: 0, when: 'after', fn: 'free_irq', nth: 1 }]);
    expect(said(fired)).toEqual(['lost']);
  });
});

describe('a swap in hold', () => {
  test.each([
    ['before', [1n, 0n]],
    ['after', [0n, 1n]],
  ] as const)('an interrupt %s irq_update_devid goes to exactly one eventfd at once', (when, counts) => {
    for (const script of [SWAP, MSI_SWAP]) {
      const { fired } = last(script, 'hold', [{ vector: 0, when, fn: 'irq_update_devid', nth: 1 }]);
      expect(said(fired)).toEqual(['delivered']);
      expect(fired.after.eventfds.entries().map(([, { count }]) => count)).toEqual(counts);
    }
  });
});

describe.each(GENERATIONS)('$id', ({ id }) => {
  test('T1: after MSI-X is disabled the interrupt of a device with a pin is lost', () => {
    const script = `
      device e1000e
      eventfd 10
      set_irqs msix trigger eventfd 0 [10]
      disable msix`;
    const { fired } = last(script, id, [{ vector: 0, when: 'after', fn: 'pci_free_irq_vectors', nth: 1 }]);
    expect(said(fired)).toEqual(['lost']);
  });

  test('no interrupt is raised when the named call does not happen', () => {
    const { fired, plain } = last(SWAP, id, [{ vector: 0, when: 'after', fn: 'free_irq', nth: 7 }]);
    expect(said(fired)).toEqual([]);
    expect(fired.after.vdev).toEqual(plain.after.vdev);
  });
});

test('each interrupt has one fate and the result of the line does not change, wherever it is raised', () => {
  const calls = [
    'vfio_msi_set_block',
    'vfio_msi_set_vector_signal',
    'free_irq',
    'request_irq',
    'eventfd_ctx_fdget',
  ];
  const raise = fc.record({
    vector: fc.integer({ min: 0, max: 3 }),
    when: fc.constantFrom('before' as const, 'after' as const),
    fn: fc.constantFrom(...calls),
    nth: fc.integer({ min: 1, max: 3 }),
  });
  const fds = fc.array(fc.constantFrom(-1, 10, 11, 99), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(
      fc.constantFrom(...GENERATIONS.map(({ id }) => id)),
      fds,
      fc.integer({ min: 0, max: 3 }),
      fc.array(raise, { maxLength: 3 }),
      (id, list, start, raises) => {
        const script = `
          device nvme
          eventfd 10
          eventfd 11
          set_irqs msix trigger eventfd 0 [10 11]
          set_irqs msix trigger eventfd ${start} [${list.join(' ')}]`;
        const { plain, fired } = last(script, id, raises);
        expect([fired.ret, fired.errno]).toEqual([plain.ret, plain.errno]);
        expect(fired.after.domain.descs.keys()).toEqual(plain.after.domain.descs.keys());
        const raised = fired.happenings.filter(({ kind }) => kind === 'raised').length;
        // every interrupt is pended, coalesced, delivered or lost; a pended one is delivered at most once later
        const first = said(fired).length;
        expect(first).toBeGreaterThanOrEqual(raised);
        expect(first).toBeLessThanOrEqual(2 * raised);
        const depths = fired.frames.map(({ depth }) => depth);
        for (const [at, depth] of depths.entries())
          expect(depth).toBeLessThanOrEqual((depths[at - 1] ?? -1) + 1);
      },
    ),
    { numRuns: 500 },
  );
});
