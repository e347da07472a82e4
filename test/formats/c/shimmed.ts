// Compiles exported C and runs it over a preloaded shim (shim.c) that logs every call with its bytes and returns recorded results.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect } from 'vitest';
import { parseRecording } from '../../../src/formats/recording/parse.ts';
import { openingRecording } from '../../../src/recordings/opening.ts';
import type { Session } from '../../../src/session/session.ts';
import { compile, provideCompiler } from '../../c/cc.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// files of tests can share this module, one after the other
let folder = '';
let made = 0;
const shim = () => join(folder, 'shim.so');

/** Finds the stand-ins of the harness and of the library. */
export const STAND_INS = [`-I${here('.')}`, `-I${here('libvfio')}`];

/** Builds the shim before the tests of a file, and removes every program after them. */
export function prepareShim(): void {
  beforeAll(async () => {
    provideCompiler();
    folder = mkdtempSync(join(tmpdir(), 'irqscope-shim-'));
    mkdirSync(join(folder, 'vfio'));
    expect(await compile(['-shared', '-fPIC', '-o', shim(), here('shim.c')])).toBe('');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}

/** Returns an operation of the recording, parsed without our own code. */
export interface RawStep {
  readonly ret: number;
  readonly errno: string | null;
  readonly out?: Readonly<Record<string, number>>;
  readonly op: Readonly<Record<string, number | boolean | string>> & {
    readonly op: string;
    readonly i32?: readonly number[];
    readonly u8?: readonly number[];
  };
  readonly after?: { readonly irqs: readonly (readonly [vector: number, irq: number, requested: number])[] };
}

/** The facts of a header that a program checks before its first call. */
interface RawHeader {
  readonly kernel: { readonly release: string };
  readonly device: { readonly id: string };
  readonly irqInfo: readonly { readonly index: number; readonly flags: number; readonly count: number }[];
}

export function recording(
  kernel: string,
  name: string,
): { readonly text: string; readonly steps: readonly RawStep[]; readonly host: string } {
  const file = readdirSync(here(`../../recordings/${kernel}`)).find((one) =>
    [`${name}.jsonl`, `${name}.jsonl.gz`].includes(one),
  );
  if (file === undefined) throw new Error(`no recording ${kernel}/${name}`);
  const bytes = readFileSync(here(`../../recordings/${kernel}/${file}`));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  const [header = '', , ...lines] = text.trim().split('\n');
  const read: RawHeader = JSON.parse(header);
  return { text, steps: lines.map((line): RawStep => JSON.parse(line)), host: hostOf(read) };
}

/** Returns the host of a header for the shim; `irqs` is the number that its domain gives. */
function hostOf({ kernel, device, irqInfo }: RawHeader, irqs = 5_000): string {
  const [vendor = '', model = ''] = device.id.split(':');
  const infos = [0, 1, 2, 3, 4].map((index) => {
    const { flags = 0, count = 0 } = irqInfo.find((info) => info.index === index) ?? {};
    return `${flags.toString(16)} ${count}`;
  });
  return [kernel.release, `${model}${vendor}`, irqs, ...infos].join(' ');
}

export function recordedSession(text: string): Session {
  const parsed = parseRecording(text);
  if (!parsed.ok) throw new Error('not a recording');
  const opening = openingRecording(parsed.value);
  for (;;) {
    const { done, value } = opening.next();
    if (done === true) return value.session;
  }
}

export const byDevice = ({ op }: RawStep) => ['raise', 'lower', 'clobber'].includes(op.op);

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
export function logOf(step: RawStep): readonly string[] {
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

const answerOf = ({ ret, errno, out = {}, after = { irqs: [] } }: RawStep) =>
  [
    ret,
    errno === null ? 0 : ERRNOS[errno],
    out['value'] ?? 0,
    out['flags'] ?? 0,
    out['count'] ?? 0,
    out['regions'] ?? 0,
    out['irqs'] ?? 0,
    after.irqs.length,
    after.irqs
      .filter(([, , requested]) => requested === 1)
      .map(([vector]) => vector)
      .join(',') || '-',
  ].join(' ');

export async function built(text: string): Promise<string> {
  const path = join(folder, 'vfio', String(made++));
  writeFileSync(`${path}.c`, text);
  expect(await compile([...STAND_INS, '-o', path, `${path}.c`])).toBe('');
  return path;
}

export interface Ran {
  readonly status: number | null;
  readonly log: readonly string[];
  readonly report: string;
}

/** Runs a program over the shim with those results, on a host as in `hostOf`. */
export function run(
  program: string,
  steps: readonly RawStep[],
  host: string,
  more: Readonly<Record<string, string>> = {},
  args: readonly string[] = ['0000:00:04.0', '/dev/vfio/26'],
): Ran {
  const answers = join(folder, 'answers');
  const log = join(folder, 'log');
  writeFileSync(
    answers,
    `${steps
      .filter(({ op }) => ANSWERED.includes(op.op))
      .map(answerOf)
      .join('\n')}\n`,
  );
  const { status, stdout, stderr } = spawnSync(program, [...args], {
    env: {
      LD_PRELOAD: shim(),
      SHIM_LOG: log,
      SHIM_ANSWERS: answers,
      SHIM_HOST: host,
      SHIM_SYSFS: folder,
      ...more,
      VFIO_SELFTESTS_BDF: '0000:00:04.0',
      VFIO_SELFTESTS_GROUP: '/dev/vfio/26',
    },
    encoding: 'utf8',
  });
  return { status, log: readFileSync(log, 'utf8').trim().split('\n'), report: stdout + stderr };
}

/** A host for the shim, with changes: 6.12.117, the nvme with 8 vectors, no limit of irqs. */
export function hostWith({
  release = '6.12.117+deb12-amd64',
  id = '1b36:0010',
  irqs = 5_000,
  msix = { flags: 1, count: 8 },
  msi = { flags: 9, count: 0 },
  err = { flags: 9, count: 1 },
} = {}): string {
  const irqInfo = [
    { index: 0, flags: 7, count: 1 },
    { index: 1, ...msi },
    { index: 2, ...msix },
    { index: 3, ...err },
    { index: 4, flags: 9, count: 1 },
  ];
  return hostOf({ kernel: { release }, device: { id }, irqInfo }, irqs);
}
