// Exported programs compile without a warning for every script; so do the fixtures, against a stand-in of the harness.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printProgram } from '../../../src/formats/c/program.ts';
import { noSelftest, printSelftest } from '../../../src/formats/c/selftest.ts';
import { GENERATION_IDS } from '../../../src/kernel/generations/generation.ts';
import { scenarios } from '../../../src/lessons/scenarios/index.ts';
import { withScript } from '../../../src/session/deviceSpec.ts';
import { emptySession, type Session } from '../../../src/session/session.ts';
import { workload } from '../../../src/session/workload.ts';
import { compile, provideCompiler } from '../../c/cc.ts';
import { anyLikelyLine } from '../../model/likely.ts';
import { FAILED_ASSIGNMENT, sessionOf } from '../../views/sessionOf.ts';
import { anySession } from '../arbitraries.ts';
import { STAND_INS } from './shimmed.ts';

const folder = mkdtempSync(join(tmpdir(), 'irqscope-c-'));

beforeAll(() => {
  provideCompiler();
  mkdirSync(join(folder, 'vfio'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

/** Expects no message from the compiler. */
function told(text: string, ...args: readonly string[]): Promise<string> {
  const path = join(folder, 'vfio', `${made++}.c`);
  writeFileSync(path, text);
  return compile([...args, ...STAND_INS, '-S', '-o', '/dev/null', path]);
}

const both = async (session: Session, ...args: readonly string[]) => {
  const texts = [printProgram(session), ...(noSelftest(session) === null ? [printSelftest(session)] : [])];
  expect((await Promise.all(texts.map((text) => told(text, ...args)))).join('')).toBe('');
};

describe('exported C', () => {
  test('compiles for every scenario of the library', async () => {
    for (const [at, { script }] of scenarios().entries()) {
      const id = GENERATION_IDS[at % GENERATION_IDS.length] ?? 'dynamic';
      await both({ ...withScript(emptySession(id, 'nvme'), script), generation: id });
    }
  });

  test('compiles for any script, also with random values in every field and note', async () => {
    for (const session of fc.sample(anySession, { numRuns: 24, seed: 8 })) await both(session);
  });

  test('compiles with optimisation for scripts whose calls succeed', async () => {
    const lines = fc.array(anyLikelyLine, { minLength: 20, maxLength: 30 });
    for (const found of fc.sample(lines, { numRuns: 8, seed: 8 })) {
      const script = found.map((line) => ({ line, note: '', action: '', disabled: false }));
      await both({ ...emptySession('dynamic', 'e1000e'), script }, '-O2');
    }
  });

  test('compiles for a long script on 2,048 vectors, in parts', async () => {
    const session = withScript(
      emptySession('dynamic', 'nvme'),
      workload({ lines: 1_000, vectors: 2048, seed: 3 }),
    );
    expect(printProgram(session)).toContain('static void part_10(void)');
    await both(session);
  });
});

describe('a note', () => {
  test('cannot end its comment, open another, or change the reading direction', async () => {
    const session = sessionOf('reset');
    const [line] = session.script;
    if (line === undefined) throw new Error('no line');
    const note = 'evil */ int evil; /* \u202e\u2066 ??/\nint also_evil;\\\n#error no';
    await both({ ...session, script: [{ ...line, note, action: '*/ #error never' }] });
  });
});

describe('a hot reset', () => {
  test('compiles, passes one group, and names the limit of that', async () => {
    const session = sessionOf('hot_reset_info short\nhot_reset_info\nhot_reset');
    const text = printProgram(session);
    expect(text).toContain('VFIO_DEVICE_PCI_HOT_RESET, (const uint32_t[]){ 16, 0, 1, GROUP }');
    expect(text.replaceAll(/\s+\*?\s*/g, ' ')).toContain(
      'passes the group of this device alone: EINVAL if the slot or bus has another group',
    );
    // the model's device is on a root bus
    expect(text.match(/ENODEV/g)).toHaveLength(3);
    await both(session);
  });
});

describe('a program with the results of a proposal', () => {
  test.each(['track', 'hold'] as const)('states that no kernel has %s', (id) => {
    const session = sessionOf(FAILED_ASSIGNMENT, id);
    for (const text of [printProgram(session), printSelftest(session)]) {
      const told = text.replaceAll(/\s+\*?\s*/g, ' ');
      expect(told).toContain(`No kernel has ${id} (proposed): the debate of 2023 only names it`);
    }
    expect(printProgram(sessionOf(FAILED_ASSIGNMENT, 'dynamic'))).not.toContain('No kernel has');
  });
});

describe('what a program presumes', () => {
  const headOf = (session: Session) =>
    printProgram(session)
      .split('#define _GNU_SOURCE')[0]
      ?.replaceAll(/\s+\*?\s*/g, ' ') ?? '';
  const anywhere = 'set_irqs msix trigger eventfd 0 [-1 -1]';

  test('is in its head: the interrupts, the domain, and the kernels with the same results', () => {
    const head = headOf(
      sessionOf('set_irqs msix trigger eventfd 0 [-1]\nset_irqs msix trigger eventfd 5 [-2]'),
    );
    expect(head).toContain('- the index MSI-X has at least 6 interrupts');
    const grown = headOf(
      sessionOf('eventfd 10\nset_irqs msix trigger eventfd 0 [-1]\nset_irqs msix trigger eventfd 5 [10]'),
    );
    expect(grown).toContain('- the irq domain can allocate vectors while MSI-X is enabled');
    expect(grown).toContain('- the kernel is Linux 6.5 and later');
  });

  test('leaves out what does not change a result', () => {
    const head = headOf(sessionOf(anywhere));
    expect(head).toContain('- the index MSI-X has at least 2 interrupts');
    expect(head).not.toMatch(/irq domain|the kernel is|the device is|CPUs/);
  });

  test('names what no program can check: the vectors of the CPUs, a driver that no kernel has', () => {
    const fds = Array.from({ length: 200 }, (_, at) => 100 + at);
    const script = [
      ...fds.map((fd) => `eventfd ${fd}`),
      `set_irqs msix trigger eventfd 0 [${fds.join(' ')}]`,
    ];
    const short = headOf(sessionOf(script.join('\n'), 'dynamic', 'nvme2048'));
    expect(short).toContain(
      'no program can check, that - the CPUs have 194 free vectors for the device and no more',
    );
    const found = scenarios().find(({ id }) => id === 'S35');
    if (found === undefined) throw new Error('no scenario S35');
    const held = headOf({ ...withScript(emptySession('v3', 'nvme'), found.script), generation: 'v3' });
    expect(held).toContain(
      'no program can check, that - the kernel has the driver V3 patch, as no release of the table has',
    );
  });

  test('of a long script is its driver and every fact of the host', () => {
    const head = headOf(sessionOf(`${anywhere}\n`.repeat(501)));
    expect(head).toContain('- the kernel is Linux 6.5 and later');
    expect(head).toContain('- the index MSI-X has 8 interrupts');
  });

  test('differs in the index ERR between 7.2 and 7.3 for a device without PCI Express', () => {
    const head = headOf(sessionOf('irq_info err', 'dynamic', 'edu'));
    expect(head).toContain('- the index ERR has no interrupts');
    expect(head).toContain('- the kernel is Linux before 7.3');
  });
});

describe('actions that a program cannot do', () => {
  const text = printProgram(
    sessionOf(`eventfd 100
set_irqs msix trigger eventfd 0 [100]
raise 0
read 100
~ reset
set_irqs msix trigger eventfd 0 [100] ! request_irq#1=ENOSPC raise 0 after free_irq#1`),
  );

  test('have a remark at their line, and the results without them', () => {
    expect(text).toContain('/* 3: raise 0: an action of the device, not of a program */');
    expect(text).toContain(
      '/* 4: result in the session: 8, value 1; it differs without the omitted lines */',
    );
    expect(text).toContain('read(100, &value, sizeof(value)), -1, EAGAIN);');
    expect(text).toContain('/* 5: reset: left out */');
    expect(text).toContain('a program cannot inject the fault request_irq#1=ENOSPC');
    expect(text).toContain('result in the session: -1 ENOSPC; it differs without the omitted lines');
  });

  test('are counted at the top', () => {
    expect(text).toContain('Left out: 2 actions of the device.');
    expect(text).toContain('Left out: one injected fault.');
  });
});

test('a fixture excludes descriptors 0 to 2 and scripts above its limit', () => {
  expect(noSelftest(sessionOf('eventfd 1'))).toMatch(/descriptors 0 to 2/);
  expect(noSelftest(sessionOf('~ eventfd 1'))).toBeNull();
  expect(noSelftest(sessionOf('reset\n'.repeat(1_001)))).toMatch(/at most 1,000/);
  for (const op of ['release', 'reopen', 'hot_reset'])
    expect(noSelftest(sessionOf(op))).toMatch(/which the library of the selftests opens/);
});
