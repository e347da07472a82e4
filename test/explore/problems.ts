// Random small problems: every generation, hosts with shortages, alphabets with a few lines of each kind.
import fc from 'fast-check';
import { type AlphabetSpec, alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import { atomUses } from '../../src/explore/predicate.ts';
import type { Answer, Problem, Side } from '../../src/explore/problem.ts';
import { QUESTIONS, type Question } from '../../src/explore/questions.ts';
import { explore } from '../../src/explore/search.ts';
import type { Generation } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import type { Line } from '../../src/kernel/line.ts';
import { recordedPreset } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import { deviceByName } from '../../src/machine/devices.ts';
import type { Host } from '../../src/machine/host.ts';
import type { Dropped } from './naive.ts';

/** Runs a search to its end and returns the answer. */
export function answerOf(problem: Problem): Answer {
  const search = explore(problem);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

/** Returns a kernel on a host, with a device of `spec.vectors` vectors, after the lines of set-up. */
export function sideOf(
  generation: Generation,
  spec: AlphabetSpec,
  host: Partial<Host>,
  setUp: readonly Line[],
): Side {
  const device = deviceByName('nvme');
  if (device === undefined) throw new Error('no nvme');
  const vectors = { offset: 0x40, vectors: spec.vectors };
  const made =
    spec.mode === 'msix'
      ? { ...device, msix: vectors }
      : { ...device, raise: 'always' as const, msi: { ...vectors, maskable: spec.close } };
  let machine = bootMachine(made, { ...recordedPreset(generation.id).host, ...host });
  for (const line of setUp) machine = run(generation, machine, line).after;
  return { generation, start: machine };
}

const spec: fc.Arbitrary<AlphabetSpec> = fc.record({
  mode: fc.constantFrom('msix', 'msix', 'msix', 'msi'),
  vectors: fc.constantFrom(1, 2, 4),
  maxBlock: fc.constantFrom(1, 2, 3),
  goodFds: fc.constantFrom(0, 1, 2),
  minusOne: fc.boolean(),
  badFd: fc.boolean(),
  countZero: fc.boolean(),
  disable: fc.boolean(),
  loopback: fc.boolean(),
  raise: fc.boolean(),
  close: fc.integer({ max: 5, min: 0 }).map((n) => n === 0),
  reset: fc.integer({ max: 3, min: 0 }).map((n) => n === 0),
  faults: fc.subarray(
    [
      { site: 'request_irq', nth: 1, result: 'ENOSPC' },
      { site: 'request_irq', nth: 2, result: 'EINVAL' },
      { site: 'vfio_irq_ctx_alloc', nth: 1, result: 'ENOMEM' },
      { site: 'kasprintf', nth: 2, result: 'ENOMEM' },
      { site: 'pci_alloc_irq_vectors', nth: 1, result: 1 },
      { site: 'irq_bypass_register_producer', nth: 1, result: 'EBUSY' },
    ],
    { maxLength: 2 },
  ),
});

const host: fc.Arbitrary<Partial<Host>> = fc.record(
  {
    canAllocDyn: fc.boolean(),
    irqRemapping: fc.boolean(),
    msiController: fc.constantFrom('apic', 'gic'),
    irqPool: fc.constantFrom(1, 2, 3),
    cpuVectors: fc.constantFrom(1, 2, 3),
    staticUndo: fc.constantFrom('released', 'repaired'),
    resetRestore: fc.constantFrom('memory-as-is', 'memory-on'),
    resetWarns: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** A problem with the description of its alphabet and host. */
export interface Posed {
  readonly problem: Problem;
  readonly spec: AlphabetSpec;
  readonly host: Partial<Host>;
}

/** Problems with some lines of an alphabet, in their order, and limits that are sometimes reached. */
export const posed: fc.Arbitrary<Posed> = fc
  .record({
    spec,
    host,
    question: fc.constantFrom<Question>(...QUESTIONS),
    a: fc.constantFrom(...GENERATIONS),
    b: fc.constantFrom(...GENERATIONS),
    maxDepth: fc.constantFrom(null, null, 1, 3),
    maxStates: fc.constantFrom(20, 150, 500),
    keep: fc.array(fc.nat({ max: 9999 }), { minLength: 3, maxLength: 14 }),
  })
  .map(({ spec, host, question, a, b, maxDepth, maxStates, keep }) => {
    const { setUp, lines } = alphabetOf({ ...USUAL_ALPHABET, ...spec });
    const chosen = new Set(keep.map((n) => n % Math.max(1, lines.length)));
    const side = (generation: Generation) => sideOf(generation, spec, host, setUp);
    const problem: Problem = {
      sides: question.sides === 1 ? [side(a)] : [side(a), side(b)],
      alphabet: lines.filter((_, at) => chosen.has(at)),
      question,
      bounds: { maxDepth, maxStates },
    };
    return { problem, spec, host };
  });

/** Returns the parts that the naive key may leave out, from the description of the problem alone. */
export function droppedBy({ problem, spec, host }: Posed): Dropped {
  const { question } = problem;
  const atoms = question.sides === 1 && question.where !== null ? atomUses(question.where) : [];
  const asks = (...ids: string[]) => atoms.some(({ atom }) => ids.includes(atom.id));
  const messages = !problem.alphabet.some(({ op }) => op.op === 'reset') && !asks('breaks-I10');
  return {
    originals: !asks('original-irq-freed', 'breaks-I4', 'breaks-I6', 'breaks-I21'),
    messages,
    numbers: !asks('breaks-I11'),
    fixed: messages && (host.cpuVectors ?? 194) >= spec.vectors,
    descriptors: !problem.alphabet.some(({ op }) => op.op === 'close'),
  };
}
