// Reproducers against recordings: the compiled program runs over a preloaded shim that logs every call with its bytes and
// returns the recorded results. The log is compared with the recording line by line, and the program's report must be
// right: every result as expected, unless the test changed one.
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { printProgram } from '../../../src/formats/c/program.ts';
import { printSelftest } from '../../../src/formats/c/selftest.ts';
import { parseRecording } from '../../../src/formats/recording/parse.ts';
import { scenarios } from '../../../src/lessons/scenarios/index.ts';
import { openingRecording } from '../../../src/recordings/opening.ts';
import type { Session } from '../../../src/session/session.ts';
import { compile, provideCompiler } from '../../c/cc.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'irqscope-shim-'));
const shim = join(folder, 'shim.so');

beforeAll(async () => {
  provideCompiler();
  mkdirSync(join(folder, 'vfio'));
  copyFileSync(here('kselftest_harness.h'), join(folder, 'kselftest_harness.h'));
  expect(await compile(['-shared', '-fPIC', '-o', shim, here('shim.c')])).toBe('');
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Returns an operation of the recording, parsed without our own code. */
interface RawStep {
  readonly ret: number;
  readonly errno: string | null;
  readonly out?: Readonly<Record<string, number>>;
  readonly op: Readonly<Record<string, number | boolean | string>> & {
    readonly op: string;
    readonly i32?: readonly number[];
    readonly u8?: readonly number[];
  };
}

function recording(
  kernel: string,
  name: string,
): { readonly text: string; readonly steps: readonly RawStep[] } {
  const file = readdirSync(here(`../../recordings/${kernel}`)).find((one) =>
    [`${name}.jsonl`, `${name}.jsonl.gz`].includes(one),
  );
  if (file === undefined) throw new Error(`no recording ${kernel}/${name}`);
  const bytes = readFileSync(here(`../../recordings/${kernel}/${file}`));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const lines = text.trim().split('\n').slice(2);
  return { text, steps: lines.map((line): RawStep => JSON.parse(line)) };
}

function sessionOf(text: string): Session {
  const parsed = parseRecording(text);
  if (!parsed.ok) throw new Error('not a recording');
  const opening = openingRecording(parsed.value);
  for (;;) {
    const { done, value } = opening.next();
    if (done === true) return value.session;
  }
}

const byDevice = ({ op }: RawStep) => ['raise', 'lower', 'clobber'].includes(op.op);

/** Returns struct vfio_irq_set and its data as bytes. */
function bytesOf({ op }: RawStep): string {
  const { i32 = [], u8 = [] } = op;
  const view = new DataView(new ArrayBuffer(20 + i32.length * 4 + u8.length));
  ['argsz', 'flags', 'index', 'start', 'count'].forEach((field, at) => {
    view.setUint32(at * 4, Number(op[field]), true);
  });
  i32.forEach((value, at) => {
    view.setInt32(20 + at * 4, value, true);
  });
  u8.forEach((value, at) => {
    view.setUint8(20 + at, value);
  });
  return Buffer.from(view.buffer).toString('hex');
}

/** Returns the shim's log of a step. */
function logOf(step: RawStep): readonly string[] {
  const { op } = step;
  const field = (name: string) => String(op[name]);
  switch (op.op) {
    case 'eventfd':
      return [
        `eventfd ${field('initval')} ${op['semaphore'] === true ? 'semaphore' : 'counter'}`,
        `at ${field('fd')}`,
      ];
    case 'file':
      return ['open /dev/null', `at ${field('fd')}`];
    case 'close':
      return [`close ${field('fd')}`];
    case 'read':
      return [`read ${field('fd')} 8`];
    case 'write':
      return [`write ${field('fd')} ${op['size'] === undefined ? '8' : field('size')} ${field('value')}`];
    case 'set_irqs':
      return [`set_irqs ${bytesOf(step)}`];
    case 'irq_info':
      return [`irq_info 16 ${field('index')}`];
    case 'cfg_read':
      return [`cfg_read device ${field('off')} ${field('size')}`];
    case 'cfg_write':
      return [`cfg_write device ${field('off')} ${field('size')} ${field('value')}`];
    default:
      return [op.op];
  }
}

/** Calls that the shim handles; the real kernel handles the others. */
const ANSWERED = [
  'read',
  'write',
  'set_irqs',
  'irq_info',
  'device_info',
  'reset',
  'reopen',
  'cfg_read',
  'cfg_write',
];
const ERRNOS: Readonly<Record<string, number>> = { ...constants.errno, ENOTSUPP: 524 };

const answerOf = ({ ret, errno, out = {} }: RawStep) =>
  [
    ret,
    errno === null ? 0 : ERRNOS[errno],
    out['value'] ?? 0,
    out['flags'] ?? 0,
    out['count'] ?? 0,
    out['regions'] ?? 0,
    out['irqs'] ?? 0,
  ].join(' ');

let made = 0;

async function built(text: string): Promise<string> {
  const path = join(folder, 'vfio', String(made++));
  writeFileSync(`${path}.c`, text);
  expect(await compile(['-o', path, `${path}.c`])).toBe('');
  return path;
}

interface Ran {
  readonly status: number | null;
  readonly log: readonly string[];
  readonly report: string;
}

/** Runs a program over the shim with those results. */
function run(program: string, steps: readonly RawStep[]): Ran {
  const answers = join(folder, 'answers');
  const log = join(folder, 'log');
  writeFileSync(
    answers,
    `${steps
      .filter(({ op }) => ANSWERED.includes(op.op))
      .map(answerOf)
      .join('\n')}\n`,
  );
  const { status, stdout, stderr } = spawnSync(program, ['0000:00:04.0', '/dev/vfio/26'], {
    env: {
      LD_PRELOAD: shim,
      SHIM_LOG: log,
      SHIM_ANSWERS: answers,
      VFIO_SELFTESTS_BDF: '0000:00:04.0',
      VFIO_SELFTESTS_GROUP: '/dev/vfio/26',
    },
    encoding: 'utf8',
  });
  return { status, log: readFileSync(log, 'utf8').trim().split('\n'), report: stdout + stderr };
}

/** The recordings behind scenarios of the library in which the device does not act. */
const named = [
  ...new Set(
    scenarios().flatMap(({ source }) =>
      [...source.matchAll(/recording ([a-z-]+)/g)].map(([, name = '']) => name),
    ),
  ),
].filter((name) => {
  try {
    return !recording('dynamic', name).steps.some(byDevice);
  } catch {
    return false;
  }
});

test('finds the recordings behind the scenarios', () => {
  expect(named.length).toBeGreaterThanOrEqual(3);
});

const cases: readonly (readonly [kernel: string, name: string])[] = [
  ...named.map((name) => ['dynamic', name] as const),
  ['static', 'count-zero'],
  ['v3', 'bad-last-on-enable'],
  ['v2', 'loopback-range'],
  // an argsz larger than the data, every ioctl, reads, config space, closing the device
  ['dynamic', 'malformed-argsz'],
  ['dynamic', 'info'],
  ['static', 'release-cached'],
  ['dynamic', 'eventfd-semantics'],
  // a device that is opened while it is open
  ['more/static', 'reopen-open-reset'],
];

describe.each(cases)('%s/%s', (kernel, name) => {
  const { text, steps } = recording(kernel, name);
  const session = sessionOf(text);
  const expected = steps.filter((step) => !byDevice(step)).flatMap(logOf);
  const called = steps.filter((step) => !byDevice(step));
  let program = '';
  let fixture = '';

  beforeAll(async () => {
    program = await built(printProgram(session));
    fixture = await built(printSelftest(session));
  });

  test('the reproducer sends the recorded calls and finds every result as expected', () => {
    const ran = run(program, called);
    expect(ran.log).toEqual(expected);
    expect(ran.report).toMatch(/\d+ results, 0 not as expected/);
    expect(ran.report.split('\n').filter((line) => line.startsWith('ok'))).toHaveLength(called.length);
    expect(ran.status).toBe(0);
  });

  test('the reproducer names every changed result of a SET_IRQS', () => {
    const sent = called.flatMap((step, at) => (step.op.op === 'set_irqs' ? [at] : []));
    expect(sent.length).toBeGreaterThan(0);
    for (const at of sent) {
      const wrong = called.map((step, n) =>
        n === at ? { ...step, ret: step.ret === 0 ? -1 : 0, errno: step.ret === 0 ? 'ENOMEM' : null } : step,
      );
      const ran = run(program, wrong);
      expect(ran.status).toBe(1);
      expect(ran.report).toMatch(/\d+ results, 1 not as expected/);
      expect(ran.report).toMatch(new RegExp(`^WRONG ${at + 1}: `, 'm'));
    }
  });

  test('the fixture does the same', () => {
    const ran = run(fixture, called);
    // the test closes its descriptors at its end
    expect(ran.log.slice(0, expected.length)).toEqual(expected);
    expect(ran.report).toMatch(/^ok irqs\.script$/m);
    expect(ran.status).toBe(0);
    const at = called.findIndex(({ op }) => op.op === 'set_irqs');
    const wrong = called.map((step, n) => (n === at ? { ...step, ret: -1, errno: 'EPERM' } : step));
    const failed = run(fixture, wrong);
    expect(failed.report).toContain(`line ${at + 1}: `);
    expect(failed.status).not.toBe(0);
  });
});

test('a program with other bytes does not match the recording', async () => {
  const { text, steps } = recording('dynamic', 'bad-last-on-enable');
  const program = printProgram(sessionOf(text));
  const other = program.replace('VFIO_PCI_MSIX_IRQ_INDEX, 0,', 'VFIO_PCI_MSIX_IRQ_INDEX, 1,');
  expect(other).not.toBe(program);
  const ran = run(await built(other), steps);
  expect(ran.log).not.toEqual(steps.flatMap(logOf));
});

test('with actions of the device, the calls and all independent results match the recording', async () => {
  const { text, steps } = recording('dynamic', 'pending-across-disable');
  const called = steps.filter((step) => !byDevice(step));
  expect(called.length).toBeLessThan(steps.length);
  const ran = run(await built(printProgram(sessionOf(text))), called);
  expect(ran.log).toEqual(called.flatMap(logOf));
  expect(ran.report).toMatch(/results, 0 not as expected/);
});
