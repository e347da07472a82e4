// Arbitrary scripts and sessions for property tests, with far more unusual values than a person would write.

import fc from 'fast-check';
import { GENERATION_IDS, type GenerationId } from '../../src/kernel/generations/generation.ts';
import { POLICY_CHOICES, POLICY_IDS, whatIfId } from '../../src/kernel/generations/policies.ts';
import { FAULT_SITES, type Fault, type Line, type Op, type RaiseAt } from '../../src/kernel/line.ts';
import type { Device } from '../../src/machine/device.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import type { Host } from '../../src/machine/host.ts';
import {
  type DeviceSpec,
  type Script,
  type ScriptLine,
  type TracedResult,
  tidyAction,
  tidyNote,
} from '../../src/session/script.ts';
import type { Session } from '../../src/session/session.ts';
import { ERRNOS } from '../../src/uapi/errno.ts';
import { dataLength, type IrqSetData } from '../../src/uapi/irqSet.ts';

const KEY_MAX = 2 ** 30 - 1;
const fd = fc.oneof(fc.integer({ min: 100, max: 110 }), fc.integer({ min: 0, max: KEY_MAX }));
const u32 = fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 0xffffffff }));
const i32 = fc.oneof(fc.integer({ min: -3, max: 110 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));

const data: fc.Arbitrary<IrqSetData> = fc.oneof(
  fc.constant({ kind: 'none' as const }),
  fc.record({ kind: fc.constant('i32' as const), values: fc.array(i32, { maxLength: 20 }) }),
  fc.record({
    kind: fc.constant('u8' as const),
    values: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 20 }),
  }),
);

/** Any generation with a file of its own, or a what-if kernel. */
const anyGeneration: fc.Arbitrary<GenerationId> = fc
  .tuple(
    fc.constantFrom(...GENERATION_IDS),
    fc.array(fc.constantFrom(...POLICY_IDS.flatMap((id) => [...POLICY_CHOICES[id]])), { maxLength: 2 }),
  )
  .map(([base, tokens]) => whatIfId(base, tokens));

/** Any struct vfio_irq_set, often nearly valid, because printers fail there most easily. */
const setIrqs: fc.Arbitrary<Op> = fc
  .record({
    data,
    argsz: fc.option(u32),
    flags: fc.oneof(
      fc.constantFrom(0x24, 0x21, 0x22, 0x09, 0x0c, 0x11, 0x14, 0x12, 0x0a, 0x26, 0x34, 0x04, 0x20, 0x64),
      u32,
    ),
    index: fc.oneof(fc.integer({ min: 0, max: 5 }), u32),
    start: u32,
    count: fc.option(u32),
  })
  .map((it) => {
    const values = it.data.kind === 'none' ? 0 : it.data.values.length;
    return { op: 'set_irqs', ...it, argsz: it.argsz ?? 20 + dataLength(it.data), count: it.count ?? values };
  });

/** Any operation that the notation can express. */
const anyOp: fc.Arbitrary<Op> = fc.oneof(
  { weight: 8, arbitrary: setIrqs },
  fc.record({
    op: fc.constant('eventfd' as const),
    fd,
    initval: fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 32n - 1n })),
    semaphore: fc.boolean(),
  }),
  fc.record({ op: fc.constantFrom('file' as const, 'close' as const, 'read' as const), fd }),
  fc.record({ op: fc.constant('write' as const), fd, value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) }),
  fc.record({
    op: fc.constant('write' as const),
    fd,
    value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    // strace has no form for a size that is the usual one
    size: fc.integer({ min: 0, max: 4096 }).filter((size) => size !== 8),
  }),
  fc.record({ op: fc.constant('irq_info' as const), index: u32 }),
  fc.record({
    op: fc.constantFrom(
      'device_info' as const,
      'reset' as const,
      'hot_reset' as const,
      'hot_reset_info' as const,
      'release' as const,
      'reopen' as const,
      'lower' as const,
    ),
  }),
  fc.constant({ op: 'hot_reset_info', short: true } as const),
  fc.record({
    op: fc.constant('cfg_read' as const),
    off: fc.oneof(fc.integer({ min: 0, max: 4096 }), u32),
    size: fc.integer({ min: 1, max: 4 }),
  }),
  fc.integer({ min: 1, max: 4 }).chain((size) =>
    fc.record({
      op: fc.constant('cfg_write' as const),
      off: fc.integer({ min: 0, max: 4095 }),
      size: fc.constant(size),
      value: fc.integer({ min: 0, max: 256 ** size - 1 }),
    }),
  ),
  fc.record({ op: fc.constant('clobber' as const), entry: fd }),
  fc.record({ op: fc.constant('raise' as const), vector: fd }),
);

const anyFault: fc.Arbitrary<Fault> = fc.constantFrom(...FAULT_SITES).chain((site) =>
  fc.record({
    site: fc.constant(site),
    nth: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: KEY_MAX })),
    result:
      site === 'pci_alloc_irq_vectors'
        ? fc.oneof(fc.constantFrom(...ERRNOS), fc.integer({ min: 1, max: KEY_MAX }))
        : fc.constantFrom(...ERRNOS),
  }),
);

const anyRaise: fc.Arbitrary<RaiseAt> = fc.record({
  vector: fd,
  when: fc.constantFrom('before' as const, 'after' as const),
  fn: fc.constantFrom('free_irq', 'request_irq', 'vfio_msi_set_block', '_x1'),
  nth: fc.integer({ min: 1, max: KEY_MAX }),
});

/** Any operation with any faults and interrupts within the line. */
const anyLine: fc.Arbitrary<Line> = fc
  .record({
    op: anyOp,
    faults: fc.array(anyFault, { maxLength: 3 }),
    raises: fc.array(anyRaise, { maxLength: 2 }),
  })
  .map(({ raises, ...rest }) => (raises.length === 0 ? rest : { ...rest, raises }));

/** Any text for a note, including line breaks and `#`. */
export const anyNote: fc.Arbitrary<string> = fc.oneof(
  fc.constant(''),
  fc.constantFrom('swap', 'two\nlines', 'a\n\nb', '# hash', '! mark', '~', 'device nvme', 'é\u2028x'),
  fc.string({ unit: 'binary' }),
);

const anyOut = fc
  .record(
    {
      value: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
      flags: u32,
      count: u32,
      regions: u32,
      irqs: u32,
    },
    { requiredKeys: [] },
  )
  .map((out) => (Object.keys(out).length === 0 ? null : out));

const anyResult: fc.Arbitrary<TracedResult> = fc.oneof(
  fc.record({ ret: fc.constant(-1), errno: fc.constantFrom(...ERRNOS, 'EPIPE'), out: fc.constant(null) }),
  fc.record({ ret: fc.integer({ min: 0, max: 0x7fffffff }), errno: fc.constant(null), out: anyOut }),
);

/** Any result of a traced kernel. */
const anyTraced: fc.Arbitrary<TracedResult> = fc.oneof(
  anyResult,
  anyResult.map((traced) => ({ ...traced, uncompared: true as const })),
);

/** Any line of a script, with a tidy note. */
export const anyScriptLine: fc.Arbitrary<ScriptLine> = fc.record(
  {
    line: anyLine,
    note: fc.oneof(anyNote.map(tidyNote), fc.constant('=> -1 EINVAL')),
    action: anyNote.map(tidyAction),
    disabled: fc.boolean(),
    traced: anyTraced,
  },
  { requiredKeys: ['line', 'note', 'action', 'disabled'] },
);

const limit = fc.option(fc.integer({ min: 0, max: 65535 }));

const anyDevice: fc.Arbitrary<DeviceSpec> = fc.record({
  model: fc.constantFrom('nvme', 'e1000e', 'x', '1b36:0010', 'my-card_2.0', 'intx', 'device'),
  msix: fc.option(fc.integer({ min: 0, max: 2048 })),
  msi: fc.option(fc.constantFrom(0, 1, 2, 4, 8, 16, 32)),
  intx: fc.option(fc.boolean()),
  generation: fc.option(anyGeneration),
  noDyn: fc.boolean(),
  noRemap: fc.boolean(),
  irqs: limit,
  cpuVectors: limit,
});

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('nvme8', 'a b', '100%', '#!~[]', ''));
const offset = fc.option(u32);

/** Any device, including impossible ones. */
const anyFacts: fc.Arbitrary<Device> = fc.record({
  id: fc.oneof(fc.constantFrom(...DEVICES.map(({ device }) => device.id)), text),
  model: text,
  bdf: text,
  msix: fc.option(fc.record({ offset, vectors: fc.integer({ min: 1, max: 2048 }) })),
  msi: fc.option(fc.record({ offset, vectors: fc.constantFrom(1, 2, 4, 8, 16, 32), maskable: fc.boolean() })),
  intx: fc.boolean(),
  pcie: fc.boolean(),
  pci_2_3: fc.boolean(),
  nointx: fc.boolean(),
  reset: fc.boolean(),
  hotReset: fc.boolean(),
  functionReset: fc.option(u32),
  afReset: fc.option(u32),
  power: fc.option(fc.record({ offset: u32, noSoftReset: fc.boolean(), silent: fc.boolean() })),
  raise: fc.constantFrom('never', 'with-msix', 'always'),
  raiseVectors: fc.option(fc.integer({ min: 1, max: 2048 })),
  raisePulses: fc.boolean(),
  onReset: fc.record({ clearsTable: fc.boolean(), clearsPending: fc.boolean(), clearsPin: fc.boolean() }),
});

const irq = fc.integer({ min: 0, max: 2 ** 20 });

/** Any host. */
const anyHost: fc.Arbitrary<Host> = fc.record({
  intx: fc.constantFrom('legacy', 'persistent'),
  errReq: fc.constantFrom('plain', 'rcu'),
  staticUndo: fc.constantFrom('released', 'repaired'),
  unmaskReads: fc.boolean(),
  errIndex: fc.constantFrom('express', 'any'),
  resetWarns: fc.boolean(),
  resetRestore: fc.constantFrom('memory-as-is', 'memory-on'),
  pinCheck: fc.constantFrom('none', 'connected', 'has-irq'),
  bypassKey: fc.constantFrom('token', 'eventfd'),
  longEventfdWrite: fc.constantFrom('accepted', 'EINVAL'),
  nointxmask: fc.constantFrom('at-open', 'at-load', 'at-bind'),
  release: fc.constantFrom('', '6.17', 'a b'),
  pin: fc.constantFrom('connected', 'not-connected', 'no-irq'),
  pinShared: fc.constantFrom('alone', 'shared', 'exclusive'),
  canAllocDyn: fc.boolean(),
  irqRemapping: fc.boolean(),
  msiController: fc.constantFrom('apic', 'gic'),
  firstIrq: irq,
  pinIrq: irq,
  pinIsLevel: fc.boolean(),
  cpuVectors: u32,
  otherReservations: u32,
  irqPool: fc.option(u32),
});

/** Any session: a device of the catalogue or any other, any host, any lines, and a cursor anywhere in them. */
export const anySession: fc.Arbitrary<Session> = fc
  .record({
    deviceName: fc.oneof(fc.constantFrom(...DEVICES.map(({ name }) => name)), text),
    device: fc.oneof(fc.constantFrom(...DEVICES.map(({ device }) => device)), anyFacts),
    host: anyHost,
    command: fc.integer({ min: 0, max: 0xffff }),
    generation: anyGeneration,
    script: fc.array(anyScriptLine, { maxLength: 10 }),
    at: fc.nat(10),
    step: fc.option(fc.nat(40)),
  })
  .map(({ deviceName, device, host, command, generation, script, at, step }) => {
    const line = Math.min(at, script.length);
    return {
      setup: { deviceName, device, host, command },
      generation,
      script,
      cursor: { line, step: line > 0 ? step : null },
    };
  });

/** Any script. */
export const anyScript: fc.Arbitrary<Script> = fc.record({
  device: fc.option(anyDevice),
  lines: fc.array(anyScriptLine, { maxLength: 8 }),
});
