// The exported Promela model against the faithful model: Spin stores as many states as the naive search over the real
// `run`, and breaks its assertion exactly where the search finds something, at the same depth.
//
// The arithmetic: Spin's first state is the device that was just opened, at the head of the model's only loop, and every
// later state is stored there too. The choice of a line and what it does are one atomic step, whose middle is not stored
// (it is an "atomic step", two for each line tried). The process never ends, so no end state is added. Thus stored states
// are ours exactly, without a correction.
import { describe, expect, test } from 'vitest';
import type { AlphabetSpec } from '../../src/explore/alphabet.ts';
import { promela } from '../../src/explore/export/promela.ts';
import type { Problem } from '../../src/explore/problem.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import type { Fault } from '../../src/kernel/line.ts';
import type { Host } from '../../src/machine/host.ts';
import { naive } from './naive.ts';
import { spinInstalled, verify } from './pan.ts';
import { problemOf } from './problems.ts';

const installed = spinInstalled();
if (!installed) process.stderr.write('spin or gcc is not installed: the exported models are not run\n');

const GENERATIONS: readonly GenerationId[] = ['static', 'v2', 'v3', 'dynamic'];

function textOf(problem: Problem): string {
  const made = promela(problem);
  if (!made.ok) throw new Error(made.problems.map(({ found }) => found).join(', '));
  return made.value.text;
}

const ALL: Partial<AlphabetSpec> = {
  goodFds: 2,
  raise: true,
  disable: true,
  loopback: true,
  countZero: true,
};

const fault = (site: Fault['site'], nth: number, result: Fault['result']): Fault => ({ site, nth, result });
const FAULTS: readonly Fault[] = [
  fault('kcalloc_ctx', 1, 'ENOMEM'),
  fault('vfio_irq_ctx_alloc', 1, 'ENOMEM'),
  fault('vfio_irq_ctx_alloc', 2, 'ENOMEM'),
  fault('kasprintf', 2, 'ENOMEM'),
  fault('pci_alloc_irq_vectors', 1, 1),
  fault('pci_alloc_irq_vectors', 1, 'ENODEV'),
  fault('pci_msix_alloc_irq_at', 1, 'ENOSPC'),
  fault('eventfd_ctx_fdget', 1, 'EBADF'),
  fault('request_irq', 1, 'EBUSY'),
  fault('request_irq', 2, 'ENOSPC'),
  fault('irq_bypass_register_producer', 1, 'EBUSY'),
  fault('memdup_user', 1, 'ENOMEM'),
];

interface Case {
  readonly name: string;
  readonly alphabet: Partial<AlphabetSpec>;
  readonly host?: Partial<Host>;
  readonly device?: string;
}

const CASES: readonly Case[] = [
  { name: '2 vectors', alphabet: { vectors: 2 } },
  { name: '4 vectors, blocks up to 3', alphabet: { vectors: 4, maxBlock: 3 } },
  { name: 'everything but faults', alphabet: ALL },
  { name: 'no dynamic allocation', alphabet: ALL, host: { canAllocDyn: false } },
  { name: 'two irqs', alphabet: ALL, host: { irqPool: 2 } },
  { name: 'no irqs', alphabet: ALL, host: { irqPool: 0 } },
  { name: 'two CPU vectors', alphabet: ALL, host: { cpuVectors: 2 } },
  {
    name: 'one CPU vector of two irqs, no remapping',
    alphabet: ALL,
    host: { cpuVectors: 1, irqPool: 2, irqRemapping: false },
  },
  { name: 'resets', alphabet: { ...ALL, goodFds: 1, reset: true } },
  { name: 'resets that forget nothing', alphabet: { ...ALL, vectors: 2, reset: true }, device: 'xhci' },
  {
    name: 'a device that raises before MSI-X too',
    alphabet: { ...ALL, vectors: 2, reset: true },
    device: 'e1000e',
  },
  { name: 'descriptors that are closed', alphabet: { goodFds: 2, close: true, disable: true } },
  { name: 'faults', alphabet: { ...ALL, goodFds: 1, faults: FAULTS } },
];

describe.skipIf(!installed)('states of the exported model', () => {
  for (const { name, alphabet, host, device } of CASES) {
    test.each(GENERATIONS)(
      `${name}: %s`,
      (id) => {
        const problem = problemOf(id, alphabet, host, 'count-states', device);
        const ours = naive(problem);
        const { states, transitions, violated } = verify(textOf(problem), false, '-O0');
        expect({ states, transitions, violated }).toEqual({
          states: ours.states,
          transitions: ours.transitions,
          violated: false,
        });
      },
      60_000,
    );
  }
});
