// The shape of a device's and a host's facts where they come from outside, checked before anything believes them.

import * as v from 'valibot';

/** A number from 0 to 2^32 - 1. */
export const natural = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const vectorsUpTo = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));

/** Every fact of a device. */
export const deviceSchema = v.strictObject({
  id: v.string(),
  model: v.string(),
  bdf: v.string(),
  msix: v.nullable(v.strictObject({ offset: v.nullable(natural), vectors: vectorsUpTo(2048) })),
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
  raise: v.picklist(['never', 'with-msix', 'always']),
  raiseVectors: v.nullable(vectorsUpTo(2048)),
  raisePulses: v.boolean(),
  onReset: v.strictObject({ clearsTable: v.boolean(), clearsPending: v.boolean(), clearsPin: v.boolean() }),
});

const irqNumber = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 20));

/** Every fact of a host. */
export const hostSchema = v.strictObject({
  intx: v.picklist(['legacy', 'persistent']),
  errReq: v.picklist(['plain', 'rcu']),
  canAllocDyn: v.boolean(),
  irqRemapping: v.boolean(),
  firstIrq: irqNumber,
  pinIrq: irqNumber,
  pinIsLevel: v.boolean(),
  cpuVectors: natural,
  otherReservations: natural,
  irqPool: v.nullable(natural),
});

/** A PCI command register. */
export const commandSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffff));

/** The name of a generation. */
export const generationSchema = v.picklist(['static', 'v2', 'v3', 'dynamic']);
