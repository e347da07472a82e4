// The device fires inside an ioctl (scenarios T1 and T2): what comes between two kernel calls is kept, delivered or lost.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import type { RaiseAt } from '../../src/kernel/line.ts';
import { run } from '../../src/kernel/run.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

/** Runs a script; the last line with these interrupts. */
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

describe.each(GENERATIONS)('$id', ({ id }) => {
  test('T2: between free_irq and request_irq an MSI-X interrupt waits and comes with the new eventfd', () => {
    const { fired, plain } = last(SWAP, id, [{ vector: 0, when: 'after', fn: 'free_irq', nth: 1 }]);
    expect(said(fired)).toEqual(['pended', 'delivered']);
    expect(fired.after.eventfds.entries().map(([, { count }]) => count)).toEqual([0n, 1n]);
    expect(fired.ret).toBe(plain.ret);
  });

  test('before free_irq the old eventfd gets it', () => {
    const { fired } = last(SWAP, id, [{ vector: 0, when: 'before', fn: 'free_irq', nth: 1 }]);
    expect(said(fired)).toEqual(['delivered']);
    expect(fired.after.eventfds.entries().map(([, { count }]) => count)).toEqual([1n, 0n]);
  });

  test('T1: once MSI-X is off the interrupt of a device with a pin is lost', () => {
    const script = `
      device e1000e
      eventfd 10
      set_irqs msix trigger eventfd 0 [10]
      disable msix`;
    const { fired } = last(script, id, [{ vector: 0, when: 'after', fn: 'pci_free_irq_vectors', nth: 1 }]);
    expect(said(fired)).toEqual(['lost']);
  });

  test('T2 on MSI that cannot be masked: lost', () => {
    const script = `
      device e1000e
      eventfd 10
      eventfd 11
      set_irqs msi trigger eventfd 0 [10]
      set_irqs msi trigger eventfd 0 [11]`;
    const { fired } = last(script, id, [{ vector: 0, when: 'after', fn: 'free_irq', nth: 1 }]);
    expect(said(fired)).toEqual(['lost']);
  });

  test('a call that does not come lets nothing fire', () => {
    const { fired, plain } = last(SWAP, id, [{ vector: 0, when: 'after', fn: 'free_irq', nth: 7 }]);
    expect(said(fired)).toEqual([]);
    expect(fired.after.vdev).toEqual(plain.after.vdev);
  });
});

test('wherever the device fires, each interrupt has one fate and the result of the line stays', () => {
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
        // what was pended is delivered at most once later; every raise is pended, coalesced, delivered or lost
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
