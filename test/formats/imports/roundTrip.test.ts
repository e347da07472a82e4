// Texts printed in the form of a tool read back as the same SET_IRQS: irqscope's strace text, the lines of the bpftrace script,
// JSON and ftrace, and the events that QEMU prints around the ioctls of its client model.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action, Operations } from '../../../src/clients/client.ts';
import { qemu } from '../../../src/clients/qemu.ts';
import type { QemuKind } from '../../../src/clients/qemuState.ts';
import { printScript } from '../../../src/formats/notation/print.ts';
import { stepJson } from '../../../src/formats/recording/print.ts';
import { straceLine } from '../../../src/formats/strace.ts';
import { generation } from '../../../src/kernel/generations/index.ts';
import type { Op } from '../../../src/kernel/line.ts';
import { recordedPreset } from '../../../src/kernel/presets.ts';
import { run } from '../../../src/kernel/run.ts';
import { bootMachine } from '../../../src/machine/boot.ts';
import { deviceByName } from '../../../src/machine/devices.ts';
import { dataLength } from '../../../src/uapi/irqSet.ts';
import { anyScript } from '../arbitraries.ts';
import { readText, setIrqs } from './read.ts';

type SetIrqs = Extract<Op, { readonly op: 'set_irqs' }>;

test('notation reads back unchanged', () => {
  fc.assert(
    fc.property(anyScript, (script) => {
      const { lines, summary } = readText(printScript(script), 'notation');
      expect(lines).toEqual(script.lines);
      expect(summary.bad).toBe(0);
      expect(summary.device).toEqual(script.device);
    }),
  );
});

/** Returns true if strace text determines the kind of data: the text has only values, and argsz must fit them. */
function isSaid(op: Op): boolean {
  if (op.op !== 'set_irqs') return true;
  const { data, argsz, flags } = op;
  if (data.kind === 'none') return true;
  if (data.values.length === 0 || data.values.length > 16) return false;
  const bytes = (flags & 6) === 2;
  return argsz === 20 + dataLength(data) && bytes === (data.kind === 'u8');
}

test('strace text of irqscope reads back unchanged, with the results of the model', () => {
  const machine = bootMachine(deviceByName('nvme') ?? expect.fail(), recordedPreset('dynamic').host);
  fc.assert(
    fc.property(anyScript, ({ lines }) => {
      const ops = lines.map(({ line }) => line.op).filter(isSaid);
      let now = machine;
      const text = ops.map((op) => {
        const made = run(generation('dynamic'), now, { op, faults: [] });
        now = made.after;
        return `${straceLine(op, made)}\n`;
      });
      const read = readText(text.join(''), 'irqscope-strace');
      expect(read.rows.filter(({ kind }) => kind === 'bad')).toEqual([]);
      expect(read.lines.map(({ line }) => line.op)).toEqual(ops);
    }),
    { numRuns: 300 },
  );
});

const i32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const u32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });

/** Arguments of vfio_pci_set_irqs_ioctl: header and data agree. */
const called: fc.Arbitrary<SetIrqs> = fc
  .record({
    type: fc.constantFrom(1, 2, 4),
    action: fc.constantFrom(8, 16, 32),
    index: fc.integer({ min: 0, max: 4 }),
    start: u32,
    values: fc.array(i32, { maxLength: 20 }),
    count: u32,
  })
  .map(({ type, action, index, start, values, count }): SetIrqs => {
    const header = { op: 'set_irqs' as const, flags: type | action, index, start };
    if (type === 1 || values.length === 0)
      return { ...header, argsz: 20, count: type === 1 ? count : 0, data: { kind: 'none' } };
    const data =
      type === 2
        ? { kind: 'u8' as const, values: values.map((value) => value & 0xff) }
        : { kind: 'i32' as const, values };
    return { ...header, argsz: 20 + dataLength(data), count: values.length, data };
  });

const valuesOf = ({ data }: SetIrqs) => (data.kind === 'none' ? [] : data.values);

/** Returns the lines of vfio-irqs.bt: four values per line, followed by unrelated memory. */
function bpftraceLines(op: SetIrqs, tid: number): readonly string[] {
  const values = valuesOf(op);
  const data: string[] = [];
  for (let at = 0; at < values.length; at += 4) {
    const four = [0, 1, 2, 3].map((n) => values[at + n] ?? 57_005);
    data.push(`data tid=${tid} at=${at} ${four.join(' ')}`);
  }
  const { flags, index, start, count } = op;
  const head = `set_irqs tid=${tid} vdev=0xffff9b1c41a2c000 flags=0x${flags.toString(16)} index=${index} start=${start} count=${count}`;
  return [head, ...data, `ret tid=${tid} ret=-22`];
}

const FORMS: readonly (readonly [name: string, print: (op: SetIrqs, at: number) => string])[] = [
  ['bpftrace', (op, at) => bpftraceLines(op, 40 + (at % 3)).join('\n')],
  [
    'bpftrace -f json',
    (op, at) =>
      bpftraceLines(op, 40 + (at % 3))
        .map((text) => JSON.stringify({ type: 'printf', data: `${text}\n` }))
        .join('\n'),
  ],
  [
    'JSON',
    (op) => {
      const { flags, index, start, count } = op;
      return JSON.stringify({ flags, index, start, count, data: valuesOf(op), ret: 0 });
    },
  ],
  [
    'ftrace',
    (op) =>
      ` qemu-4321    [002] ..... 52301.118208: vfio_set_irqs: (vfio_pci_set_irqs_ioctl+0x0/0x110 [vfio_pci_core]) flags=0x${op.flags.toString(16)} index=${op.index} start=${op.start} count=${op.count} data={${[...valuesOf(op), 0, 0].join(',')}}`,
  ],
];

test.each(FORMS)('kernel probe output reads back: %s', (_name, print) => {
  fc.assert(
    fc.property(fc.array(called, { maxLength: 6 }), (ops) => {
      expect(setIrqs(`${ops.map(print).join('\n')}\n`, 'kprobe')).toEqual(ops);
    }),
  );
});

/** Collects the operations of a client, where every call succeeds. */
function sent<State>(operations: Operations<State>, flags: number, into: Op[]): State {
  let step = operations.next();
  while (step.done !== true) {
    into.push(step.value);
    step = operations.next({ ret: 0, flags, count: 8 });
  }
  return step.value;
}

/** Returns the events that QEMU prints at an action (hw/vfio/pci.c), for a guest with these unmasked vectors. */
function events(
  action: Action,
  {
    isOn,
    unmasked,
    used,
  }: { readonly isOn: boolean; readonly unmasked: readonly number[]; readonly used: readonly number[] },
  { batches, grows }: QemuKind,
): readonly string[] {
  const name = '(0000:01:00.0)';
  const use = (n: number) => `vfio_msix_vector_do_use  ${name} vector ${n} used`;
  const release = (n: number) => `vfio_msix_vector_release  ${name} vector ${n} released`;
  const intxOff = [`vfio_intx_disable_kvm  ${name} KVM INTx accel disabled`, `vfio_intx_disable  ${name}`];
  const intxOn = [`vfio_intx_enable_kvm  ${name} KVM INTx accel enabled`, `vfio_intx_enable  ${name}`];
  switch (action.kind) {
    case 'enable-msix': {
      if (isOn) return [];
      const primes = !batches || (!grows && unmasked.length === 0) ? [use(0), release(0)] : [];
      return [...intxOff, ...primes, ...unmasked.map(use), `vfio_msix_enable  ${name}`];
    }
    case 'disable-msix':
      return isOn ? [...used.map(release), ...intxOn, `vfio_msix_disable  ${name}`] : [];
    case 'unmask':
      return isOn && !unmasked.includes(action.vector) ? [use(action.vector)] : [];
    case 'mask':
      return isOn && unmasked.includes(action.vector) ? [release(action.vector)] : [];
    default:
      return [];
  }
}

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom<Action>({ kind: 'enable-msix' }, { kind: 'disable-msix' }),
  fc
    .record({
      kind: fc.constantFrom('unmask' as const, 'mask' as const),
      vector: fc.integer({ min: 0, max: 7 }),
    })
    .map((action): Action => action),
);

const KINDS: readonly (readonly [name: string, kind: QemuKind, noresize: 0 | 1])[] = [
  ['before 7.1', { batches: false, grows: false, kvmIrqfd: true }, 1],
  ['7.1 to 8.1', { batches: true, grows: false, kvmIrqfd: true }, 1],
  ['8.2 on a static kernel', { batches: true, grows: true, kvmIrqfd: true }, 1],
  ['8.2 on a dynamic kernel', { batches: true, grows: true, kvmIrqfd: true }, 0],
];

test.each(KINDS)('events of QEMU %s become its ioctls', (_name, kind, noresize) => {
  const client = qemu('x', 'x', 'x', kind);
  fc.assert(
    fc.property(fc.array(anyAction, { maxLength: 14 }), (actions) => {
      const ops: Op[] = [];
      const flags = noresize === 1 ? 8 : 0;
      let state = sent(client.open(), flags, ops);
      const setUp = kind.grows ? `, noresize ${noresize}` : '';
      const lines = [
        `vfio_msix_early_setup 0000:01:00.0 PCI MSI-X CAP @0x40, BAR 0, offset 0x2000, entries 8${setUp}`,
        'vfio_intx_enable_kvm  (0000:01:00.0) KVM INTx accel enabled',
        'vfio_intx_enable  (0000:01:00.0)',
      ];
      for (const action of actions) {
        const isOn = state.interrupt === 'msix';
        const unmasked = [...state.guestUnmasked].sort((a, b) => a - b);
        const used = [...state.vectors.keys()].sort((a, b) => a - b);
        lines.push(...events(action, { isOn, unmasked, used }, kind));
        state = sent(client.act(state, action), flags, ops);
        // the guest driver masks all vectors before it disables MSI-X
      }
      // ERR and REQ are not traced
      const wanted = ops.filter((op): op is SetIrqs => op.op === 'set_irqs' && op.index < 3);
      expect(setIrqs(`${lines.join('\n')}\n`, 'qemu-trace')).toEqual(wanted);
    }),
    { numRuns: 200 },
  );
});

test('steps of a recording read back unchanged', () => {
  const machine = bootMachine(deviceByName('nvme') ?? expect.fail(), recordedPreset('dynamic').host);
  const path = new URL('./fixtures/recording/good.jsonl', import.meta.url);
  const [header = '', initial = ''] = readFileSync(path, 'utf8').split('\n');
  fc.assert(
    fc.property(anyScript, ({ lines }) => {
      const ops = lines.map(({ line }) => line.op);
      let now = machine;
      const steps = ops.map((op, n) => {
        const made = run(generation('dynamic'), now, { op, faults: [] });
        now = made.after;
        return `{"type":"step","calls":[],${stepJson(n, op, made).slice(1)}`;
      });
      const read = readText(`${[header, initial, ...steps].join('\n')}\n`);
      expect(read.rows.filter(({ kind }) => kind === 'bad')).toEqual([]);
      expect(read.lines.map(({ line }) => line.op)).toEqual(ops);
    }),
  );
});
