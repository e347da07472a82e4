// The schema of a device's and a host's facts in outside text.

import * as v from 'valibot';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { parseGenerationId } from '../kernel/generations/policies.ts';
import { MSIX_VECTORS_MAX } from '../machine/device.ts';
import type { Host } from '../machine/host.ts';

/** A number from 0 to 2^32 - 1. */
export const natural = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const vectorsUpTo = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));

/** Every fact of a device. */
export const deviceSchema = v.strictObject({
  id: v.string(),
  model: v.string(),
  bdf: v.string(),
  msix: v.nullable(v.strictObject({ offset: v.nullable(natural), vectors: vectorsUpTo(MSIX_VECTORS_MAX) })),
  msi: v.nullable(
    v.strictObject({
      offset: v.nullable(natural),
      vectors: v.picklist([1, 2, 4, 8, 16, 32]),
      maskable: v.boolean(),
    }),
  ),
  intx: v.boolean(),
  pcie: v.boolean(),
  pci_2_3: v.boolean(),
  nointx: v.boolean(),
  reset: v.boolean(),
  hotReset: v.optional(v.boolean(), false),
  functionReset: v.optional(v.nullable(natural), null),
  afReset: v.optional(v.nullable(natural), null),
  power: v.optional(
    v.nullable(
      v.strictObject({ offset: natural, noSoftReset: v.boolean(), silent: v.optional(v.boolean(), false) }),
    ),
    null,
  ),
  raise: v.picklist(['never', 'with-msix', 'always']),
  raiseVectors: v.nullable(vectorsUpTo(MSIX_VECTORS_MAX)),
  raisePulses: v.boolean(),
  onReset: v.strictObject({ clearsTable: v.boolean(), clearsPending: v.boolean(), clearsPin: v.boolean() }),
});

const irqNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 20));

/** Facts of a host by name. */
export const hostFactSchemas = {
  intx: v.picklist(['legacy', 'persistent']),
  errReq: v.picklist(['plain', 'rcu']),
  staticUndo: v.picklist(['released', 'repaired']),
  unmaskReads: v.boolean(),
  errIndex: v.picklist(['express', 'any']),
  resetWarns: v.boolean(),
  resetRestore: v.picklist(['memory-as-is', 'memory-on']),
  pinCheck: v.picklist(['none', 'connected', 'has-irq']),
  bypassKey: v.picklist(['token', 'eventfd']),
  longEventfdWrite: v.picklist(['accepted', 'EINVAL']),
  nointxmask: v.picklist(['at-open', 'at-load', 'at-bind']),
  release: v.string(),
  pin: v.picklist(['connected', 'not-connected', 'no-irq']),
  pinShared: v.picklist(['alone', 'shared', 'exclusive']),
  canAllocDyn: v.boolean(),
  irqRemapping: v.boolean(),
  msiController: v.picklist(['apic', 'gic']),
  firstIrq: irqNumber,
  pinIrq: irqNumber,
  pinIsLevel: v.boolean(),
  cpuVectors: natural,
  otherReservations: natural,
  irqPool: v.nullable(natural),
} satisfies Readonly<Record<keyof Host, v.GenericSchema>>;

/** Every fact of a host. Facts added after the first version default to the kernels that it knew: 6.1.192 and 6.12.117. */
export const hostSchema = v.strictObject({
  ...hostFactSchemas,
  staticUndo: v.optional(hostFactSchemas.staticUndo, 'repaired'),
  unmaskReads: v.optional(hostFactSchemas.unmaskReads, true),
  errIndex: v.optional(hostFactSchemas.errIndex, 'express'),
  resetWarns: v.optional(hostFactSchemas.resetWarns, false),
  resetRestore: v.optional(hostFactSchemas.resetRestore, 'memory-on'),
  pinCheck: v.optional(hostFactSchemas.pinCheck, 'connected'),
  bypassKey: v.optional(hostFactSchemas.bypassKey, 'token'),
  longEventfdWrite: v.optional(hostFactSchemas.longEventfdWrite, 'EINVAL'),
  nointxmask: v.optional(hostFactSchemas.nointxmask, 'at-load'),
  release: v.optional(hostFactSchemas.release, ''),
  pin: v.optional(hostFactSchemas.pin, 'connected'),
  pinShared: v.optional(hostFactSchemas.pinShared, 'alone'),
  msiController: v.optional(hostFactSchemas.msiController, 'apic'),
});

/** A PCI command register. */
export const commandSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff));

/** The name of a generation, or of a what-if kernel (kernel/generations/policies.ts). */
export const generationSchema = v.pipe(
  v.string(),
  v.rawTransform<string, GenerationId>(({ dataset, addIssue, NEVER }) => {
    const read = parseGenerationId(dataset.value);
    if (read.ok) return read.value;
    const { expected, found } = read.problems[0];
    addIssue({ label: 'generation', expected, received: found });
    return NEVER;
  }),
);
