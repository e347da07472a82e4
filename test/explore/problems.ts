// Random small problems: every generation, hosts with shortages, alphabets with a few lines of each kind.
import fc from 'fast-check';
import {
  type AlphabetSpec,
  alphabetOf,
  type ModeLines,
  modesOf,
  USUAL_ALPHABET,
} from '../../src/explore/alphabet.ts';
import { atomUses } from '../../src/explore/predicate.ts';
import type { Answer, Problem, Side } from '../../src/explore/problem.ts';
import { composedQuestion, predicateOf, QUESTIONS, type Question } from '../../src/explore/questions.ts';
import { explore } from '../../src/explore/search.ts';
import type { Generation } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import type { Fault, Line } from '../../src/kernel/line.ts';
import { recordedPreset } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import type { Device } from '../../src/machine/device.ts';
import { deviceByName } from '../../src/machine/devices.ts';
import type { Host } from '../../src/machine/host.ts';
import { VFIO_PCI_INTX_IRQ_INDEX } from '../../src/uapi/vfio.ts';
import type { Dropped } from './naive.ts';
import { isShort, onePredicate, pairPredicate } from './predicates.ts';

/** Runs a search to its end and returns the answer. */
export function answerOf(problem: Problem): Answer {
  const search = explore(problem);
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

/** Returns a kernel on a host, with a device that has the modes and vectors of `spec`, after the lines of set-up. */
export function sideOf(
  generation: Generation,
  spec: AlphabetSpec,
  host: Partial<Host>,
  setUp: readonly Line[],
  change: Partial<Device> = {},
): Side {
  const device = deviceByName('nvme');
  if (device === undefined) throw new Error('no nvme');
  const modes = modesOf(spec);
  const count = (wanted: ModeLines['mode']) => modes.find(({ mode }) => mode === wanted)?.vectors;
  const [msix, msi] = [count('msix'), count('msi')];
  const made: Device = {
    ...device,
    ...(modes.some(({ mode }) => mode !== 'msix') ? { raise: 'always' } : {}),
    msix: msix === undefined ? device.msix : { offset: 0x40, vectors: msix },
    msi: msi === undefined ? null : { offset: 0x70, vectors: msi, maskable: spec.close },
    ...change,
  };
  let machine = bootMachine(made, { ...recordedPreset(generation.id).host, ...host });
  for (const line of setUp) machine = run(generation, machine, line).after;
  return { generation, start: machine };
}

const MODES: readonly (readonly ModeLines['mode'][])[] = [
  ...Array.from({ length: 3 }, () => ['msix'] as const),
  ['msi'],
  ['intx'],
  ['msix', 'msi'],
  ['msix', 'intx'],
  ['msi', 'intx'],
  ['intx', 'msi', 'msix'],
];

const modes: fc.Arbitrary<readonly ModeLines[]> = fc
  .tuple(fc.constantFrom(...MODES), fc.array(fc.constantFrom(1, 2, 4), { minLength: 3, maxLength: 3 }))
  .map(([names, counts]) => names.map((mode, at) => ({ mode, vectors: counts[at] ?? 1 })));

const lines = fc.record({
  modes,
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
  mask: fc.boolean(),
  unmaskFd: fc.boolean(),
  bool: fc.boolean(),
  faults: fc.subarray<Fault>(
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

const spec: fc.Arbitrary<AlphabetSpec> = lines.map(({ modes: [first, ...also], ...more }) => ({
  ...more,
  mode: first?.mode ?? 'msix',
  vectors: first?.vectors ?? 1,
  also,
}));

/** What decides how a pin is masked. */
const device: fc.Arbitrary<Partial<Device>> = fc.record({
  pci_2_3: fc.boolean(),
  raisePulses: fc.boolean(),
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
    intx: fc.constantFrom('legacy', 'persistent'),
    pinIsLevel: fc.boolean(),
    unmaskReads: fc.boolean(),
    pinShared: fc.constantFrom('alone', 'shared', 'exclusive'),
  },
  { requiredKeys: [] },
);

/** A problem with the description of its alphabet and host. */
export interface Posed {
  readonly problem: Problem;
  readonly spec: AlphabetSpec;
  readonly host: Partial<Host>;
}

const composed = (one: Parameters<typeof composedQuestion>[2]) => composedQuestion('composed', '', one);

const questions: fc.Arbitrary<Question> = fc.oneof(
  { arbitrary: fc.constantFrom<Question>(...QUESTIONS), weight: 2 },
  { arbitrary: onePredicate(5).filter(isShort).map(composed), weight: 1 },
  { arbitrary: pairPredicate(5).filter(isShort).map(composed), weight: 1 },
);

/** Problems with some lines of an alphabet, in their order, and limits that are sometimes reached. */
export const posed: fc.Arbitrary<Posed> = fc
  .record({
    spec,
    host,
    device,
    question: questions,
    a: fc.constantFrom(...GENERATIONS),
    b: fc.constantFrom(...GENERATIONS),
    maxDepth: fc.constantFrom(null, null, 1, 3),
    maxStates: fc.constantFrom(20, 150, 500),
    keep: fc.array(fc.nat({ max: 9999 }), { minLength: 3, maxLength: 14 }),
  })
  .map(({ spec, host, device, question, a, b, maxDepth, maxStates, keep }) => {
    const { setUp, lines } = alphabetOf({ ...USUAL_ALPHABET, ...spec });
    const chosen = new Set(keep.map((n) => n % Math.max(1, lines.length)));
    const side = (generation: Generation) => sideOf(generation, spec, host, setUp, device);
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
  const where = predicateOf(question);
  const atoms = where === null ? [] : atomUses(where);
  const asks = (...ids: string[]) => atoms.some(({ atom }) => ids.includes(atom.id));
  const messages = !problem.alphabet.some(({ op }) => op.op === 'reset') && !asks('breaks-I10');
  return {
    originals: !asks('original-irq-freed', 'breaks-I4', 'breaks-I6', 'breaks-I21'),
    messages,
    numbers: !asks('breaks-I11'),
    fixed: messages && (host.cpuVectors ?? 194) >= mostVectors(spec),
    descriptors: !readsDescriptors(problem),
    amounts: true,
  };
}

/** Returns the largest number of vectors of a mode. */
export function mostVectors(spec: AlphabetSpec): number {
  return Math.max(...modesOf(spec).map(({ vectors }) => vectors));
}

/** Returns whether a line closes a descriptor or sets INTx, whose UNMASK eventfd reads its counter. */
export function readsDescriptors({ alphabet }: Problem): boolean {
  return alphabet.some(
    ({ op }) => op.op === 'close' || (op.op === 'set_irqs' && op.index === VFIO_PCI_INTX_IRQ_INDEX),
  );
}
