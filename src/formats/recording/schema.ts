// The schema of a recording's lines (format `vfio-irq-recording`, version 1; docs/recording-format.md).

import * as v from 'valibot';
import { GENERATION_IDS } from '../../kernel/generations/generation.ts';
import { FAULT_SITES } from '../../kernel/line.ts';
import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import { ERRNOS } from '../../uapi/errno.ts';

const U32_MAX = 0xffffffff;
const u32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(U32_MAX));
const i32 = v.pipe(v.number(), v.integer(), v.minValue(-(2 ** 31)), v.maxValue(2 ** 31 - 1));
const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A u64: a safe number, or a string of digits for a longer number that the reader has quoted. */
const u64 = v.pipe(
  v.union([v.pipe(v.number(), v.safeInteger(), v.minValue(0)), v.pipe(v.string(), v.regex(/^\d{1,20}$/))]),
  v.transform((value) => BigInt(value)),
);
/** A key of the model's persistent maps. */
const key = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 30 - 1));
/** The initial counter of eventfd(2), an unsigned int. */
const initval = v.pipe(u64, v.maxValue(0xffffffffn));
/** Bytes of a write; the recorder's buffer has 4,096. */
const writeSize = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4096));
const message = v.tuple([u32, u32, u32]);

/** An operation in a recording. */
export const opSchema = v.variant('op', [
  v.object({ op: v.literal('eventfd'), fd: key, initval, semaphore: v.boolean() }),
  v.object({ op: v.literal('file'), fd: key }),
  v.object({ op: v.literal('close'), fd: key }),
  v.object({ op: v.literal('read'), fd: key }),
  v.object({ op: v.literal('write'), fd: key, value: u64, size: v.optional(writeSize) }),
  v.object({
    op: v.literal('set_irqs'),
    argsz: u32,
    flags: u32,
    index: u32,
    start: u32,
    count: u32,
    i32: v.optional(v.array(i32)),
    u8: v.optional(v.array(byte)),
  }),
  v.object({ op: v.literal('irq_info'), index: u32 }),
  v.object({ op: v.literal('device_info') }),
  v.object({ op: v.literal('reset') }),
  v.object({ op: v.literal('hot_reset') }),
  v.object({ op: v.literal('hot_reset_info'), short: v.exactOptional(v.literal(true)) }),
  v.object({ op: v.literal('release') }),
  v.object({ op: v.literal('reopen') }),
  v.object({ op: v.literal('cfg_read'), off: u32, size: v.picklist([1, 2, 3, 4]) }),
  v.pipe(
    v.object({ op: v.literal('cfg_write'), off: u32, size: v.picklist([1, 2, 3, 4]), value: u32 }),
    v.check(({ size, value }) => value < 256 ** size, 'a value that fits the size'),
  ),
  v.object({ op: v.literal('clobber'), entry: key }),
  v.object({ op: v.literal('raise'), vector: key }),
  v.object({ op: v.literal('lower') }),
]);

/** The recorded form of an operation. */
export type RecordedOp = v.InferOutput<typeof opSchema>;

/** The state after a step. */
export const stateSchema = v.object({
  eventfds: v.record(v.pipe(v.string(), v.regex(/^\d{1,10}$/)), u64),
  irqMode: v.nullable(v.picklist(['msix', 'msi'])),
  irqs: v.array(v.tuple([count, count, v.picklist([0, 1, 2])])),
  intx: v.object({ requested: v.boolean(), disabled: v.boolean(), pending: v.boolean() }),
  command: u32,
  msi: v.exactOptional(
    v.object({
      enabled: v.boolean(),
      vectors: count,
      message,
      mask: v.exactOptional(u32),
      pending: v.exactOptional(u32),
    }),
  ),
  msix: v.exactOptional(v.object({ enabled: v.boolean(), functionMask: v.boolean() })),
  table: v.exactOptional(
    v.nullable(v.array(v.tuple([count, u32, u32, u32, v.picklist([0, 1]), v.picklist([0, 1])]))),
  ),
});

const argument = v.union([v.number(), v.string(), v.null(), v.array(u32)]);

/** A kernel call: `fn`, `depth`, optional `interrupt` and `ret`, and named arguments. */
export const callSchema = v.objectWithRest(
  {
    fn: v.string(),
    depth: count,
    interrupt: v.exactOptional(v.boolean()),
    ret: v.exactOptional(v.union([v.number(), v.string()])),
  },
  v.union([argument, v.boolean()]),
);

/** The first line of a recording. */
export const headerSchema = v.object({
  type: v.literal('header'),
  format: v.literal('vfio-irq-recording'),
  version: v.literal(1),
  // the kinds of data that the recorder observed; absent means all kinds
  observed: v.optional(v.array(v.picklist(['state', 'calls', 'log'])), ['state', 'calls', 'log']),
  name: v.string(),
  about: v.string(),
  kernel: v.object({ release: v.string(), driver: v.picklist(GENERATION_IDS) }),
  machine: v.object({ arch: v.string(), cpus: count, irqRemapping: v.boolean() }),
  config: v.string(),
  device: v.object({
    bdf: v.string(),
    id: v.string(),
    model: v.string(),
    msixVectors: v.pipe(count, v.maxValue(MSIX_VECTORS_MAX)),
    msiVectors: v.pipe(count, v.maxValue(32)),
    intx: v.boolean(),
    reset: v.boolean(),
    dynamicMsix: v.boolean(),
  }),
  irqInfo: v.array(v.object({ index: u32, flags: u32, count })),
});

/** The second line. */
export const initialSchema = v.object({ type: v.literal('initial'), after: stateSchema });

/** A fault that the recorder injected during the step; a number of vectors for pci_alloc_irq_vectors. */
const fault = v.object({
  site: v.picklist(FAULT_SITES),
  nth: v.pipe(count, v.minValue(1)),
  result: v.union([v.picklist(ERRNOS), count]),
});

/** All further lines. */
export const stepSchema = v.object({
  type: v.literal('step'),
  n: count,
  op: opSchema,
  faults: v.exactOptional(v.array(fault)),
  ret: v.pipe(v.number(), v.integer()),
  errno: v.nullable(v.string()),
  out: v.exactOptional(
    v.object({
      ev: v.exactOptional(count),
      value: v.exactOptional(u64),
      flags: v.exactOptional(u32),
      count: v.exactOptional(u32),
      regions: v.exactOptional(u32),
      irqs: v.exactOptional(u32),
    }),
  ),
  calls: v.exactOptional(v.array(callSchema)),
  after: stateSchema,
  log: v.exactOptional(v.array(v.string())),
});
