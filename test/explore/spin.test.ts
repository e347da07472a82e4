// Compares the exported Promela model with the search: Spin stores as many states, tries as many lines, and its assertion fails
// exactly where the search finds something, at the same depth.
//
// Spin's first state is the device that was just opened, at the head of the model's only loop, where it stores every later state
// too. The choice of a line and its effect are one atomic step without a stored state in between (Spin counts two "atomic steps"
// per line). The process never ends, so there is no end state. So the stored states equal those of the search without correction.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AlphabetSpec } from '../../src/explore/alphabet.ts';
import type { ExportedFile } from '../../src/explore/export/index.ts';
import { promela } from '../../src/explore/export/promela.ts';
import { running } from '../../src/explore/export/running.ts';
import type { Answer, Problem } from '../../src/explore/problem.ts';
import { explore } from '../../src/explore/search.ts';
import { GENERATION_IDS, type GenerationId } from '../../src/kernel/generations/generation.ts';
import type { Fault } from '../../src/kernel/line.ts';
import type { Host } from '../../src/machine/host.ts';
import { inNotation, problemOf } from './exported.ts';
import { spinInstalled, verify } from './pan.ts';

const installed = spinInstalled();
if (!installed) process.stderr.write('spin or gcc is not installed: the exported models are not run\n');

const GENERATIONS: readonly GenerationId[] = GENERATION_IDS;

function textOf(problem: Problem): string {
  const made = promela(problem, inNotation);
  if (!made.ok) throw new Error(made.problems.map(({ found }) => found).join(', '));
  return made.value.text;
}

function search(problem: Problem): Answer {
  const searching = explore(problem);
  for (;;) {
    const step = searching.next();
    if (step.done === true) return step.value;
  }
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
  /** Generations; all where each of them adds a case. */
  readonly ids?: readonly GenerationId[];
}

const CASES: readonly Case[] = [
  { name: '2 vectors', alphabet: { vectors: 2 }, ids: ['v2'] },
  { name: '4 vectors, blocks up to 3', alphabet: { vectors: 4, maxBlock: 3 }, ids: ['v3'] },
  { name: 'everything but faults', alphabet: ALL },
  { name: 'no dynamic allocation', alphabet: ALL, host: { canAllocDyn: false }, ids: ['v2', 'dynamic'] },
  { name: 'two irqs', alphabet: ALL, host: { irqPool: 2 } },
  { name: 'no irqs', alphabet: ALL, host: { irqPool: 0 }, ids: ['dynamic'] },
  { name: 'two CPU vectors', alphabet: ALL, host: { cpuVectors: 2 } },
  {
    name: 'one CPU vector of two irqs, no remapping',
    alphabet: ALL,
    host: { cpuVectors: 1, irqPool: 2, irqRemapping: false },
  },
  { name: 'resets', alphabet: { ...ALL, goodFds: 1, reset: true } },
  {
    name: 'resets that forget nothing',
    alphabet: { ...ALL, vectors: 2, reset: true },
    device: 'xhci',
    ids: ['static'],
  },
  {
    name: 'a device that raises before MSI-X too',
    alphabet: { ...ALL, vectors: 2, reset: true },
    device: 'e1000e',
  },
  {
    name: 'descriptors that are closed',
    alphabet: { goodFds: 2, close: true, disable: true },
    ids: ['v3', 'static'],
  },
  { name: 'faults', alphabet: { ...ALL, goodFds: 1, faults: FAULTS } },
];

describe.skipIf(!installed)('states of the exported model', () => {
  for (const { name, alphabet, host, device, ids = GENERATIONS } of CASES) {
    test.each(ids)(
      `${name}: %s`,
      (id) => {
        const problem = problemOf(id, alphabet, host, 'count-states', device);
        const ours = search(problem);
        const { states, transitions, violated } = verify(textOf(problem));
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

/** Kernels, changes of the usual alphabet and host, and the id of the question. */
const QUESTIONS: readonly (readonly [
  Parameters<typeof problemOf>[0],
  Partial<AlphabetSpec>,
  Partial<Host>,
  string,
])[] = [
  ['v3', {}, {}, 'original-irq-freed'],
  ['dynamic', {}, {}, 'original-irq-freed'],
  ['v3', {}, {}, 'enabled-without-irqs'],
  ['dynamic', {}, { irqPool: 2 }, 'positive-return'],
  ['v2', { raise: true, reset: true }, {}, 'interrupt-lost'],
  ['dynamic', { raise: true }, {}, 'delivered-on-attach'],
  ['static', { goodFds: 2 }, {}, 'one-eventfd-twice'],
  ['v3', {}, {}, 'invariant:I19'],
  ['v2', {}, {}, 'invariant:I5'],
  ['dynamic', {}, {}, 'invariant:I22'],
  ['v2', {}, { cpuVectors: 1 }, 'errno:ENOSPC'],
  [['v3', 'dynamic'], {}, {}, 'differ-state'],
  [['v3', 'dynamic'], { raise: true, loopback: true }, {}, 'differ-client'],
  [['v3', 'dynamic'], {}, { irqPool: 2 }, 'differ-return'],
  [['v3', 'dynamic'], { disable: true }, { canAllocDyn: false, irqPool: 2 }, 'differ-state'],
  [['static', 'dynamic'], {}, {}, 'differ-attached'],
  [['v2', 'dynamic'], { raise: true }, {}, 'differ-client'],
  ['track', {}, {}, 'invariant:I23'],
  ['dynamic', {}, {}, 'invariant:I23'],
  ['hold', { goodFds: 2, raise: true, disable: true }, {}, 'invariant:I24'],
  ['dynamic', { goodFds: 2 }, {}, 'invariant:I24'],
  ['v2', {}, {}, 'invariant:I24'],
  ['hold', { raise: true, reset: true }, {}, 'interrupt-lost'],
  [['track', 'dynamic'], {}, {}, 'differ-state'],
  [['track', 'v3'], {}, {}, 'differ-state'],
  [['track', 'dynamic'], {}, { irqPool: 2 }, 'differ-client'],
  [['hold', 'dynamic'], { goodFds: 2, raise: true }, {}, 'differ-state'],
  [['hold', 'dynamic'], { faults: FAULTS }, {}, 'differ-client'],
];

describe.skipIf(!installed)('the question as an assertion', () => {
  test.each(QUESTIONS)(
    '%s %o %o: %s',
    (ids, alphabet, host, question) => {
      const problem = problemOf(ids, alphabet, host, question);
      const ours = search(problem);
      const { states, violated, depth } = verify(textOf(problem), { shortest: true });
      expect({ violated, depth }).toEqual({
        violated: ours.verdict === 'found',
        depth: ours.script === null ? null : ours.script.length,
      });
      // the number of states of an early end depends on the order of the search
      if (ours.verdict === 'exhausted') expect(states).toBe(ours.states);
    },
    60_000,
  );
});

/** Runs the printed commands of an export in a folder with the file, and returns what they print. */
function runPrinted(problem: Problem, title: string): string {
  const [file] = filesOf(problem);
  const name = file?.name.replace(/\.pml$/, '') ?? '';
  const command = running('promela', name).commands.find((one) => one.title === title);
  if (file === undefined || command === undefined) throw new Error(`no command ${title}`);
  const folder = mkdtempSync(join(tmpdir(), 'irqscope-printed-'));
  try {
    writeFileSync(join(folder, file.name), file.text);
    return execFileSync('bash', ['-c', command.lines.join('\n')], { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf(problem: Problem): readonly ExportedFile[] {
  const made = promela(problem, inNotation);
  return made.ok ? [made.value] : [];
}

describe.skipIf(!installed)('the commands that an export prints', () => {
  test('Shortest script prints the script in notation with the results of both kernels', () => {
    const problem = problemOf(['v3', 'dynamic'], {}, {}, 'differ-state');
    const text = runPrinted(problem, 'Shortest script');
    expect(text).toContain('assertion violated');
    const script = text.slice(text.lastIndexOf('set_irqs msix trigger eventfd 0 [-1]'));
    expect(script).toMatch(
      /^set_irqs msix trigger eventfd 0 \[-1\]\n {2}# v3 => 0\n {2}# dynamic => 0\nset_irqs msix trigger eventfd 0 \[999\]\n {2}# v3 => -9\n {2}# dynamic => -9\nspin: .*assertion violated/,
    );
    // nothing but the script, the assertion and the end of the trail
    expect(script.trim().split('\n').length).toBeLessThan(12);
  });

  test.each(['Verdict and states', 'Less memory, exact'])(
    '%s counts the states of the search',
    (title) => {
      const problem = problemOf(['v3', 'dynamic'], {}, {}, 'differ-client');
      const text = runPrinted(problem, title);
      expect(text).toContain('errors: 0');
      expect(Number(/(\d+) states, stored/.exec(text)?.[1])).toBe(search(problem).states);
    },
    60_000,
  );
});
