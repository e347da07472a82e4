// Exported programs compile without a warning, whatever the script; so do the fixtures, against a stand-in of the harness.
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printProgram } from '../../../src/formats/c/program.ts';
import { noSelftest, printSelftest } from '../../../src/formats/c/selftest.ts';
import { scenarios } from '../../../src/lessons/scenarios/index.ts';
import { withScript } from '../../../src/session/deviceSpec.ts';
import { emptySession, type Session } from '../../../src/session/session.ts';
import { workload } from '../../../src/session/workload.ts';
import { compile, provideCompiler } from '../../c/cc.ts';
import { anyLikelyLine } from '../../model/likely.ts';
import { sessionOf } from '../../views/sessionOf.ts';
import { anySession } from '../arbitraries.ts';

const folder = mkdtempSync(join(tmpdir(), 'irqscope-c-'));

beforeAll(() => {
  provideCompiler();
  mkdirSync(join(folder, 'vfio'));
  const harness = fileURLToPath(new URL('./kselftest_harness.h', import.meta.url));
  copyFileSync(harness, join(folder, 'kselftest_harness.h'));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;

/** What the compiler says of a text: nothing. */
function told(text: string, ...args: readonly string[]): Promise<string> {
  const path = join(folder, 'vfio', `${made++}.c`);
  writeFileSync(path, text);
  return compile([...args, '-S', '-o', '/dev/null', path]);
}

const both = async (session: Session, ...args: readonly string[]) => {
  const texts = [printProgram(session), ...(noSelftest(session) === null ? [printSelftest(session)] : [])];
  expect((await Promise.all(texts.map((text) => told(text, ...args)))).join('')).toBe('');
};

const GENERATIONS = ['static', 'v2', 'v3', 'dynamic'] as const;

describe('compile', () => {
  test('every scenario of the library', async () => {
    for (const [at, { script }] of scenarios().entries()) {
      const id = GENERATIONS[at % GENERATIONS.length] ?? 'dynamic';
      await both({ ...withScript(emptySession(id, 'nvme'), script), generation: id });
    }
  }, 120_000);

  test('any script, also with nonsense in every field and in every note', async () => {
    for (const session of fc.sample(anySession, { numRuns: 24, seed: 8 })) await both(session);
  }, 120_000);

  test('scripts that get somewhere, optimised', async () => {
    const lines = fc.array(anyLikelyLine, { minLength: 20, maxLength: 30 });
    for (const found of fc.sample(lines, { numRuns: 8, seed: 8 })) {
      const script = found.map((line) => ({ line, note: '', action: '', disabled: false }));
      await both({ ...emptySession('dynamic', 'e1000e'), script }, '-O2');
    }
  }, 120_000);

  test('a long script on 2,048 vectors, in parts', async () => {
    const session = withScript(
      emptySession('dynamic', 'nvme'),
      workload({ lines: 1_000, vectors: 2048, seed: 3 }),
    );
    expect(printProgram(session)).toContain('static void part_10(void)');
    await both(session);
  }, 120_000);
});

describe('a note', () => {
  test('cannot end its comment, open another, or turn the reading around', async () => {
    const session = sessionOf('reset');
    const [line] = session.script;
    if (line === undefined) throw new Error('no line');
    const note = 'evil */ int evil; /* \u202e\u2066 ??/\nint also_evil;\\\n#error no';
    await both({ ...session, script: [{ ...line, note, action: '*/ #error never' }] });
  });
});

describe('what a program cannot do is said', () => {
  const text = printProgram(
    sessionOf(`eventfd 100
set_irqs msix trigger eventfd 0 [100]
raise 0
read 100
~ reset
set_irqs msix trigger eventfd 0 [100] ! request_irq#1=ENOSPC raise 0 after free_irq#1`),
  );

  test('where it stands, and what the answer is without it', () => {
    expect(text).toContain('/* 3: raise 0: the device does this, a program cannot */');
    expect(text).toContain('/* 4: in the session: 8, value 1; without what is left out: as here */');
    expect(text).toContain('read(100, &value, sizeof(value)), -1, EAGAIN);');
    expect(text).toContain('/* 5: reset: left out */');
    expect(text).toContain('the fault request_irq#1=ENOSPC cannot be injected from here');
    expect(text).toContain('in the session: -1 ENOSPC; without what is left out: as here');
  });

  test('and how many there are', () => {
    expect(text).toContain('Left out: 2 things that the device does by itself.');
    expect(text).toContain('Left out: one injected fault.');
  });
});

test('a fixture needs the descriptors of the harness, and has a bound', () => {
  expect(noSelftest(sessionOf('eventfd 1'))).toMatch(/descriptors 0 to 2/);
  expect(noSelftest(sessionOf('~ eventfd 1'))).toBeNull();
  expect(noSelftest(sessionOf('reset\n'.repeat(1_001)))).toMatch(/at most 1,000/);
});
