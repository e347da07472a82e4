// strace and perf trace of real programs on real kernels (test/traces). strace prints a pointer for SET_IRQS: its lines cannot be read,
// but tell the kernel's results.
import { expect, test } from 'vitest';
import type { Op } from '../../../src/kernel/line.ts';
import type { ScriptLine, TracedResult } from '../../../src/session/script.ts';
import { readText } from './read.ts';
import { bound, resultsOf, texts, traceText, truthOf } from './truth.ts';

/** Calls that every option of these traces shows, and those of some. */
const IOCTLS: readonly Op['op'][] = ['device_info', 'reset'];
const EVENTFDS: readonly Op['op'][] = ['eventfd'];
const CLOSES: readonly Op['op'][] = ['close', 'release', 'reopen'];
const READS: readonly Op['op'][] = ['read'];
const CONFIG: readonly Op['op'][] = ['cfg_write'];

/** Trace, the operations of the program, and those that the trace shows. */
const TRACES: readonly (readonly [trace: string, right: string, told: readonly Op['op'][]])[] = [
  ['qemu-7.2-k-msix.strace.txt', 'qemu-7.2.22-6.12.117-k-msix', IOCTLS],
  ['qemu-11.1-k-msix.strace.txt', 'qemu-11.1.3-6.12.117-k-msix', IOCTLS],
  ['qemu-7.2-t-msix.strace.txt', 'qemu-7.2.22-6.12.117-t-msix', [...IOCTLS, ...EVENTFDS, ...CLOSES]],
  // it has eventfds that only KVM gets
  ['qemu-7.2-k-pre.strace.txt', 'qemu-7.2.22-6.12.117-k-pre', IOCTLS],
  [
    'qemu-7.2-t-msi.strace.txt.gz',
    'qemu-7.2.22-6.12.117-t-msi',
    [...IOCTLS, ...EVENTFDS, ...CLOSES, ...READS, ...CONFIG],
  ],
  [
    'qemu-10.0-t-fire.strace.txt.gz',
    'qemu-10.0.13-6.12.117-t-fire',
    [...IOCTLS, ...EVENTFDS, ...CLOSES, ...READS],
  ],
  ['dpdk-22.11-lsc.strace.txt', 'dpdk-22.11.11-6.12.117-d-lsc', IOCTLS],
  [
    'selftest-7.3-e1000e.strace.txt',
    'vfio-selftest-6.12.117-selftest-05',
    [...IOCTLS, ...EVENTFDS, ...CLOSES, ...READS],
  ],
  ['qemu-7.2-short.perf-trace-6.1.txt', 'qemu-7.2.22-6.12.117-ptrace', [...IOCTLS, ...EVENTFDS]],
];

const said = (result: TracedResult | null) =>
  result === null ? 'unknown' : result.ret < 0 ? `−1 ${result.errno}` : String(result.ret);

/** Returns the result of a line. The truth notes the value or the errno of a read in words. */
function answer({ line, note, traced }: ScriptLine): string {
  if (line.op.op === 'cfg_write') return '2';
  const value = traced?.out?.value;
  if (line.op.op === 'read' && note !== '') return note.split('\n').at(-1) ?? '';
  return value === undefined ? (traced?.errno ?? `${traced?.ret}`) : `value ${value}`;
}

test.each(TRACES)('%s gives the calls of %s', (trace, right, told) => {
  const isTold = (op: Op) =>
    told.includes(op.op) && !(op.op === 'cfg_write' && (op.off !== 4 || op.size !== 2));
  const truth = truthOf(`${right}.right.txt`);
  const { id, lines, rows, summary } = readText(traceText(trace));
  expect(id).toBe('strace');
  // the truth ends with the last call of the program, before the kernel closes what is open
  const end = lines.findIndex(({ action }) => action === 'the program ends');
  const calls = end < 0 ? lines : lines.slice(0, end);
  expect(texts(calls, isTold)).toEqual(texts(bound(truth), isTold));
  const results = (of: readonly ScriptLine[]) => of.filter(({ line }) => isTold(line.op)).map(answer);
  expect(results(calls)).toEqual(results(bound(truth)));
  // each SET_IRQS is a line that cannot be read, with its result
  const refused = rows.filter(({ kind }) => kind === 'bad');
  expect(summary.bad).toBe(refused.length);
  expect(refused.map(({ what }) => / returned (.+)$/.exec(what)?.[1])).toEqual(resultsOf(truth).map(said));
});
