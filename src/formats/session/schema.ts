// The schema of a session's file (`"irqscope": "session"`, version 1). Operations have the format of recordings; device and
// host have every fact, so that the file keeps its meaning when the catalogue changes.

import * as v from 'valibot';
import { FAULT_SITES } from '../../kernel/line.ts';
import { ERRNOS } from '../../uapi/errno.ts';
import { opSchema } from '../recording/schema.ts';
import { commandSchema, deviceSchema, generationSchema, hostSchema, natural } from '../setupSchema.ts';

/** The current version. */
export const VERSION = 1;

const KEY_MAX = 2 ** 30 - 1;
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(KEY_MAX));
const vector = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(KEY_MAX));

const faultSchema = v.variant('site', [
  v.strictObject({
    site: v.literal('pci_alloc_irq_vectors'),
    nth: count,
    result: v.union([v.picklist(ERRNOS), count]),
  }),
  v.strictObject({
    site: v.picklist(FAULT_SITES.filter((site) => site !== 'pci_alloc_irq_vectors')),
    nth: count,
    result: v.picklist(ERRNOS),
  }),
]);

const raiseSchema = v.strictObject({
  vector,
  when: v.picklist(['before', 'after']),
  fn: v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/)),
  nth: count,
});

const u32 = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
/** A number, or a string of digits for a number that JSON parsers would round. */
const counter = v.pipe(
  v.union([v.pipe(v.number(), v.safeInteger(), v.minValue(0)), v.pipe(v.string(), v.digits())]),
  v.transform((value) => BigInt(value)),
  v.maxValue(2n ** 64n - 1n),
);

const tracedSchema = v.strictObject({
  ret: v.pipe(v.number(), v.integer(), v.minValue(-1), v.maxValue(0x7fffffff)),
  errno: v.nullable(v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9]*$/))),
  out: v.optional(
    v.nullable(
      v.partial(v.strictObject({ value: counter, flags: u32, count: u32, regions: u32, irqs: u32 })),
    ),
    null,
  ),
  uncompared: v.optional(v.literal(true)),
});

const lineSchema = v.strictObject({
  op: opSchema,
  faults: v.optional(v.array(faultSchema), []),
  raises: v.optional(v.array(raiseSchema), []),
  note: v.optional(v.string(), ''),
  action: v.optional(v.string(), ''),
  disabled: v.optional(v.boolean(), false),
  traced: v.optional(tracedSchema),
});

/** A line as parsed. */
export type ReadLine = v.InferOutput<typeof lineSchema>;

/** The first keys, checked before the rest: type and version of the file. */
export const headSchema = v.looseObject({
  irqscope: v.literal('session'),
  version: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

/** The whole file. */
export const sessionSchema = v.strictObject({
  irqscope: v.literal('session'),
  version: v.literal(VERSION),
  generation: generationSchema,
  deviceName: v.string(),
  device: deviceSchema,
  host: hostSchema,
  /** The command register just after open. */
  command: commandSchema,
  /** `line` counts from 1, 0 is the start; `step` counts kernel steps from 0, null is the whole line. */
  cursor: v.strictObject({ line: natural, step: v.nullable(natural) }),
  script: v.array(lineSchema),
});
