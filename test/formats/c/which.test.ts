// The program that tells kernels apart, compiled and run over the recorded answers of each kernel: it prints the right one, and
// neither for damaged answers.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type ApartKernel, apartKernels } from '../../../src/formats/c/apart.ts';
import { printExactApart } from '../../../src/formats/c/apartExact.ts';
import { noShortForm, type Opening, printShortApart } from '../../../src/formats/c/apartShort.ts';
import { noWhich, printWhich } from '../../../src/formats/c/which.ts';
import type { GenerationId } from '../../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../../src/kernel/generations/index.ts';
import { emptySession, type Session, scriptLine } from '../../../src/session/session.ts';
import { callsOf, seenOn } from '../../../src/session/visible.ts';
import { anyLikelyLine } from '../../model/likely.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../../views/sessionOf.ts';
import {
  built,
  hostWith,
  logOf,
  prepareShim,
  type RawStep,
  recordedSession,
  recording,
  run,
} from './shimmed.ts';

prepareShim();

const NAMES: Readonly<Record<string, string>> = {
  static: '6.1',
  dynamic: '6.12',
  v3: 'V3 patch',
  v2: 'V2 patch',
};

const ADDRESS = ['0000:00:04.0'];
const told = (report: string) => /^these answers are those of: (.*)$/m.exec(report)?.[1];

/** The answers of the model as steps of a recording. */
function answersOf(kernel: ApartKernel, session: Session): readonly RawStep[] {
  const calls = callsOf(session);
  return seenOn(kernel, calls).map(({ run: { ret, errno, out, after } }, at): RawStep => {
    const numbers = Object.entries(out ?? {}).map(([name, value]) => [name, Number(value)]);
    return {
      ret,
      errno,
      out: Object.fromEntries(numbers),
      op: { op: calls[at]?.op ?? '' },
      after: {
        irqs: after.domain.descs
          .entries()
          .map(([vector, { irq, handler }]) => [vector, irq, handler === null ? 0 : 1] as const),
      },
    };
  });
}

const kernelsOf = (...ids: readonly GenerationId[]): readonly ApartKernel[] =>
  ids.map((id) => ({ ...emptySession(id, 'nvme'), name: NAMES[id] ?? id }));

/** Recordings of one script on several kernels, with where they differ. */
const recorded = [
  ['bad-block-first', ['v3', 'dynamic'], 'msi_irqs'],
  ['bad-kind-on-enable', ['v3', 'dynamic'], 'msi_irqs'],
  ['bad-beyond-block', ['static', 'v2', 'v3', 'dynamic'], 'results'],
  ['release-cached', ['v3', 'dynamic', 'v2'], 'msi_irqs'],
  ['deassign-unallocated', ['static', 'v2', 'dynamic'], 'results'],
  ['info', ['static', 'dynamic'], 'results'],
  ['count-zero', ['static', 'dynamic'], 'results'],
] as const;

describe.each(recorded)('%s', (name, ids, view) => {
  const files = ids.map((id) => ({ id, ...recording(id, name) }));
  const kernels = files.map(
    ({ id, text }): ApartKernel => ({ ...recordedSession(text), name: NAMES[id] ?? id }),
  );
  const [first] = files;
  if (first === undefined) throw new Error('no recording');
  const apart = apartKernels(recordedSession(first.text), kernels, 'whole');
  const programs: string[] = [];

  beforeAll(async () => {
    programs.push(await built(printExactApart(apart)));
    if (noShortForm(apart) === null)
      for (const opening of ['group', 'iommufd'] as const)
        programs.push(await built(printShortApart(apart, opening)));
  });

  test('the recordings differ where the program looks', () => {
    expect(apart.visible.views).toContain(view);
    expect(apart.steps).toHaveLength(first.steps.length);
  });

  test.each(ids)('over the recorded answers of %s the program prints its name', (id) => {
    const own = files.find((file) => file.id === id);
    // the recordings of one script differ in what only one kernel checks of its host
    const equal = apart.visible.groups.filter(
      (group) => group === apart.visible.groups[ids.indexOf(id as never)],
    );
    for (const program of programs) {
      const { status, report } = run(program, own?.steps ?? [], own?.host ?? '', {}, ADDRESS);
      expect(told(report), report).toContain(NAMES[id]);
      if (equal.length === 1) expect(told(report)?.split(', or of: ')).toHaveLength(1);
      expect(status).toBe(0);
    }
  });

  test('the exact program sends the recorded calls', () => {
    const [program = ''] = programs;
    const ran = run(program, first.steps, first.host, {}, ADDRESS);
    const calls = ran.log.filter((line) => line !== 'msi_irqs' && line !== 'interrupts');
    expect(calls).toEqual(first.steps.flatMap(logOf));
  });

  test('a damaged answer is that of neither, at its step', () => {
    const last = files.at(-1);
    for (const [at, step] of (last?.steps ?? []).entries()) {
      if (step.op.op !== 'set_irqs') continue;
      const steps = last?.steps.with(at, { ...step, ret: -1, errno: 'EPERM' }) ?? [];
      const { status, report } = run(programs[0] ?? '', steps, last?.host ?? '', {}, ADDRESS);
      const none = ids.length === 2 ? 'neither' : 'none of them';
      expect(told(report)).toBe(`${none}, first at step ${at + 1}`);
      expect(status).toBe(1);
    }
  });
});

describe('the debate’s case, 6.12 and V3', () => {
  const kernels = kernelsOf('dynamic', 'v3');
  const apart = apartKernels(sessionOf(FAILED_ASSIGNMENT), kernels);
  const programs: string[] = [];
  const ways: readonly Opening[] = ['group', 'iommufd'];

  beforeAll(async () => {
    for (const opening of ways)
      programs.push(await built(printWhich(sessionOf(FAILED_ASSIGNMENT), kernels, opening).text));
    programs.push(await built(printExactApart(apart)));
  });

  test('needs three calls and msi_irqs', () => {
    expect(apart.steps.map(({ op, reads }) => [op.op, ...reads])).toEqual([
      ['eventfd'],
      ['set_irqs'],
      ['set_irqs', 'msi_irqs'],
    ]);
    const { text, tells, exact } = printWhich(sessionOf(FAILED_ASSIGNMENT), kernels, 'group');
    expect([tells, exact]).toEqual(['all', null]);
    const head = text.split('#define')[0]?.replaceAll(/\s+\*?\s*/g, ' ');
    expect(head).toContain('Tells apart: 6.12 | V3 patch, by 3 system calls');
    expect(head).toContain(
      'No result of these calls differs, so they show the difference only to the host: the number of files in',
    );
    expect(head).toContain('first after step 3 (set_irqs msix trigger eventfd 1 [999])');
    expect(text.split('\n').length).toBeLessThan(240);
  });

  test.each([0, 1])('each form names kernel %i', (which) => {
    const kernel = kernels[which];
    if (kernel === undefined) throw new Error('no kernel');
    for (const program of programs) {
      const { status, report } = run(program, answersOf(kernel, apart.session), hostWith(), {}, ADDRESS);
      expect([told(report), status]).toEqual([kernel.name, 0]);
    }
  });

  test('another number of irqs is that of neither', () => {
    const [kernel] = kernels;
    if (kernel === undefined) throw new Error('no kernel');
    const steps = answersOf(kernel, apart.session).map((step) => ({ ...step, after: { irqs: [] } }));
    for (const program of programs) {
      const { status, report } = run(program, steps, hostWith(), {}, ADDRESS);
      expect([told(report), status]).toEqual(['neither, first at step 3', 1]);
    }
  });

  test('a host without dynamic allocation ends it before the first call', () => {
    const host = hostWith({ msix: { flags: 9, count: 8 } });
    for (const program of programs) {
      const { status, report } = run(program, [], host, {}, ADDRESS);
      expect(report).toContain('This does not hold here.');
      expect([told(report), status]).toEqual([undefined, 3]);
    }
  });
});

describe('a script in which nothing differs', () => {
  test('gives a program that says so in its head and names both', async () => {
    const session = sessionOf('eventfd 100\nset_irqs msix trigger eventfd 0 [100]\nread 100');
    const kernels = kernelsOf('dynamic', 'v3');
    const { text, tells } = printWhich(session, kernels, 'group');
    expect(tells).toBe('none');
    expect(text.replaceAll(/\s+\*?\s*/g, ' ')).toContain('No program can tell them apart with this script');
    const [kernel] = kernels;
    if (kernel === undefined) throw new Error('no kernel');
    const { report } = run(await built(text), answersOf(kernel, session), hostWith(), {}, ADDRESS);
    expect(told(report)).toBe('6.12, or of: V3 patch');
  });

  test('names the pair that stays equal beside a third kernel', () => {
    const session = sessionOf('eventfd 100\nset_irqs msix trigger eventfd 0 [100]\nirq_info msix');
    const { text, tells } = printWhich(session, kernelsOf('static', 'dynamic', 'v3'), 'group');
    expect(tells).toBe('some');
    expect(text.replaceAll(/\s+\*?\s*/g, ' ')).toContain(
      'No program can tell 6.12 from V3 patch with this script: both show the same.',
    );
  });

  test('counts what only the device or a fault can do', () => {
    const session = sessionOf(
      'eventfd 100\nset_irqs msix trigger eventfd 0 [100] ! request_irq#1=ENOSPC\nraise 0',
    );
    const { text } = printWhich(session, kernelsOf('dynamic', 'v3'), 'group');
    expect(text.replaceAll(/\s+\*?\s*/g, ' ')).toContain(
      'Left out: 2 actions of the device and injected faults',
    );
  });
});

test('a what-if kernel is named by its policies, and the head says that no kernel has it', () => {
  const id = 'dynamic + free-on-error' as const;
  const { text, tells } = printWhich(sessionOf(FAILED_ASSIGNMENT), kernelsOf('dynamic', id), 'group');
  expect(tells).toBe('all');
  expect(text).toContain('kernels[KERNELS] = { "6.12", "dynamic + free-on-error" }');
  expect(text.replaceAll(/\s+\*?\s*/g, ' ')).toContain(
    'No kernel has dynamic + free-on-error: it is assembled from policies.',
  );
});

test('there is none for one kernel and for a script without calls', () => {
  expect(noWhich(sessionOf('reset'), 1)).toMatch(/two or more kernels/);
  expect(noWhich(sessionOf('raise 0\n~ reset'), 2)).toBe('The script has no system call.');
  expect(noWhich(sessionOf('reset'), 2)).toBeNull();
});

test('a newer kernel on a host without dynamic allocation is named beside 6.1', () => {
  const grown = 'eventfd 110\nset_irqs msix trigger eventfd 0 [-1]\nset_irqs msix trigger eventfd 5 [110]';
  const { text } = printWhich(sessionOf(grown), kernelsOf('static', 'dynamic'), 'group');
  expect(text).toContain('" also those of 6.12 on a host that cannot allocate MSI-X vectors dynamically"');
});

test('the forms compile without a warning for likely scripts on any kernels', async () => {
  const ids = fc.subarray(
    GENERATIONS.map(({ id }) => id),
    { minLength: 2, maxLength: 4 },
  );
  const lines = fc.array(anyLikelyLine, { minLength: 1, maxLength: 12 });
  for (const [chosen, found] of fc.sample(fc.tuple(ids, lines), { numRuns: 12, seed: 5 })) {
    const session = { ...emptySession('dynamic', 'nvme'), script: found.map(scriptLine) };
    if (noWhich(session, chosen.length) !== null) continue;
    for (const whole of ['whole', 'shortest'] as const) {
      const apart = apartKernels(session, kernelsOf(...chosen), whole);
      await built(noShortForm(apart) === null ? printShortApart(apart, 'iommufd') : printExactApart(apart));
    }
  }
});
