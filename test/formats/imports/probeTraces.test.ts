// Kernel probes of real programs on real kernels (test/traces) give the SET_IRQS that the programs sent, with the kernel's results.
import { expect, test } from 'vitest';
import { printLine } from '../../../src/formats/notation/printLine.ts';
import type { GenerationId } from '../../../src/kernel/generations/generation.ts';
import { generation } from '../../../src/kernel/generations/index.ts';
import type { Op } from '../../../src/kernel/line.ts';
import { recordedPreset } from '../../../src/kernel/presets.ts';
import { run } from '../../../src/kernel/run.ts';
import { bootMachine } from '../../../src/machine/boot.ts';
import { deviceByName } from '../../../src/machine/devices.ts';
import type { ScriptLine } from '../../../src/session/script.ts';
import { isAsTraced } from '../../../src/session/traced.ts';
import { readText } from './read.ts';
import { bound, resultsOf, texts, traceText, truthOf } from './truth.ts';

/** Trace, the operations of the program, and the device and driver with which the model replays the script. */
type Case = readonly [trace: string, right: string, device: string, generation: GenerationId];
const KPROBES: readonly Case[] = [
  ['qemu-7.2-k-msix.ftrace.txt', 'qemu-7.2.22-6.12.117-k-msix', 'e1000e', 'dynamic'],
  ['qemu-11.1-g-nvme.ftrace.txt', 'qemu-11.1.3-6.12.117-g-nvme', 'nvme', 'dynamic'],
  ['selftest-7.3-e1000e.ftrace.txt', 'vfio-selftest-6.12.117-selftest-05', 'e1000e', 'dynamic'],
  ['kvmtool-2024-e1000e.ftrace.txt', 'kvmtool-august-2024-6.12.117-kvmtool-e1000e', 'e1000e', 'dynamic'],
  ['dpdk-22.11-rxq.ftrace.txt', 'dpdk-22.11.11-6.12.117-d-rxq', 'e1000e', 'dynamic'],
  ['qemu-11.1-on-7.3-k-unplug-pc.ftrace.txt', 'qemu-11.1.3-7.3.4-k-unplug-pc', 'e1000e', 'dynamic'],
  ['qemu-10.0-on-6.1-k-pre.ftrace.txt', 'qemu-10.0.13-6.1.192-k-pre', 'nvme', 'static'],
];
/** The same, with eventfds. */
const BPFTRACES: readonly Case[] = [
  ['qemu-11.1-pid.bpftrace-0.27.txt', 'qemu-11.1.3-6.12.117-b-pid', 'e1000e', 'dynamic'],
  ['qemu-11.1-json.bpftrace-0.27.txt', 'qemu-11.1.3-6.12.117-b-json', 'e1000e', 'dynamic'],
  ['qemu-7.2-short-json.bpftrace-0.17.txt', 'qemu-7.2.22-6.12.117-b-512', 'e1000e', 'dynamic'],
];

/** Returns the SET_IRQS with the program's own descriptors, and the closes of the device between them. */
function sent(lines: readonly ScriptLine[]): readonly string[] {
  return texts(lines, ({ op }) => op === 'set_irqs' || op === 'release');
}

/** Leaves out the last close, which only the kernel's probe sees where a program ends without it. */
const withoutEnd = (all: readonly string[]) => (all.at(-1) === 'release' ? all.slice(0, -1) : all);

/** Returns the lines whose result in the model differs from the traced kernel's. */
function differences(lines: readonly ScriptLine[], device: string, id: GenerationId): readonly string[] {
  let now = bootMachine(deviceByName(device) ?? expect.fail(), recordedPreset(id).host);
  return lines.flatMap((line) => {
    const made = run(generation(id), now, line.line);
    now = made.after;
    return line.traced === undefined || isAsTraced(line.line, line.traced, made) ? [] : [printLine(line)];
  });
}

test.each(KPROBES)('%s gives the SET_IRQS of %s', (trace, right, device, id) => {
  const truth = truthOf(`${right}.right.txt`);
  const { id: format, lines, summary } = readText(traceText(trace));
  expect(format).toBe('kprobe');
  expect(summary.bad).toBe(0);
  expect(withoutEnd(sent(lines))).toEqual(withoutEnd(sent(truth)));
  expect(resultsOf(lines)).toEqual(resultsOf(truth));
  expect(differences(lines, device, id)).toEqual([]);
  expect(summary.assumed.join(' ')).toContain('Resets of the device are not in the trace');
});

test.each(BPFTRACES)('%s gives the SET_IRQS and eventfds of %s', (trace, right, device, id) => {
  const truth = truthOf(`${right}.right.txt`);
  const { id: format, lines, summary } = readText(traceText(trace));
  expect(format).toBe('kprobe');
  expect(summary.bad).toBe(0);
  const isTold = ({ op }: Op) => op === 'set_irqs' || op === 'eventfd' || op === 'close';
  const own = lines.at(-1)?.line.op.op === 'release' ? lines.slice(0, -1) : lines;
  expect(texts(own, isTold)).toEqual(texts(bound(truth), isTold));
  expect(resultsOf(lines)).toEqual(resultsOf(truth));
  expect(differences(lines, device, id)).toEqual([]);
});

test.each([
  ['qemu-7.2-short.perf-6.1.txt', 'qemu-7.2.22-6.12.117-perf'],
  ['qemu-7.2-short.trace-cmd-3.1.txt', 'qemu-7.2.22-6.12.117-tc'],
])('%s prints descriptors as zeros, so calls with eventfds are refused with their result', (trace, right) => {
  const truth = truthOf(`${right}.right.txt`);
  const { id, lines, rows } = readText(traceText(trace));
  expect(id).toBe('kprobe');
  const isRefused = ({ line: { op } }: ScriptLine) => op.op === 'set_irqs' && op.data.kind === 'i32';
  const sends = truth.filter(({ line }) => line.op.op === 'set_irqs');
  expect(sent(lines).filter((text) => text !== 'release')).toEqual(
    sent(sends.filter((line) => !isRefused(line))),
  );
  const refused = rows.filter(({ kind }) => kind === 'bad');
  expect(refused).toHaveLength(sends.filter(isRefused).length);
  for (const { what } of refused) expect(what).toContain('d0= d1=');
  for (const { what } of refused) expect(what).toMatch(/and the call returned 0$/);
  expect(lines.at(-1)?.line.op).toEqual({ op: 'release' });
});
