// The interrupts that a text of a real host shows (/proc/interrupts, msi_irqs), and their comparison with a machine of the model.
// /proc/interrupts omits an irq without a handler and without a count (show_interrupts in kernel/irq/proc.c), so an irq that the
// driver keeps cached is missing there. msi_irqs lists every allocated irq, with or without a handler.

import type { Machine } from '../machine/machine.ts';

/** The mode of an irq. */
export type IrqMode = 'msix' | 'msi' | 'intx';

/** One irq of the text. */
export interface ExpectedIrq {
  /** Linux irq number. */
  readonly irq: number;
  readonly mode: IrqMode;
  /** The vector, or null if the text does not say it, and for INTx. */
  readonly vector: number | null;
  /** Whether /proc/interrupts names a handler of vfio. False also if the text is only a list of msi_irqs. */
  readonly handler: boolean;
  /** Interrupts of all CPUs since boot, or null if the text does not say it. */
  readonly count: number | null;
}

/** The irqs of one device that a text shows. */
export interface ExpectedState {
  /** The address of the device, such as `0000:03:00.0`, or null. */
  readonly device: string | null;
  /** The text says which irqs have a handler: it contains /proc/interrupts. */
  readonly saysHandlers: boolean;
  /** The text lists every allocated MSI and MSI-X irq: it contains msi_irqs. */
  readonly listsAll: boolean;
  readonly irqs: readonly ExpectedIrq[];
}

/**
 * The result for one irq.
 * - `same`: text and model agree, as far as the text says it.
 * - `cached`: allocated and cached in the model, therefore missing in /proc/interrupts.
 * - `missing-in-model`: only the text has the irq.
 * - `missing-in-text`: only the model has the irq, and the text would show it.
 * - `handler-only-in-text`, `handler-only-in-model`: both have the irq, one of them without a handler.
 */
export type ExpectedKind =
  | 'same'
  | 'cached'
  | 'missing-in-model'
  | 'missing-in-text'
  | 'handler-only-in-text'
  | 'handler-only-in-model';

/** One row of a comparison. */
export interface ExpectedRow {
  readonly kind: ExpectedKind;
  readonly mode: IrqMode;
  /** The vector of the text, or else of the model; null for INTx, and if neither says it. */
  readonly vector: number | null;
  /** The irq number of the text, or null. */
  readonly irq: number | null;
  /** The irq number of the model, or null. */
  readonly modelIrq: number | null;
  /** Whether the model has a handler. */
  readonly modelHandler: boolean;
  /** Whether the text says if this irq has a handler. */
  readonly saysHandler: boolean;
}

interface ModelIrq {
  readonly irq: number;
  readonly mode: IrqMode;
  readonly vector: number | null;
  readonly handler: boolean;
}

/** Returns the irqs that the model has allocated, by vector; for INTx the pin's irq while vfio has requested it. */
function irqsOf({ domain, vdev, host }: Machine): readonly ModelIrq[] {
  const { mode } = domain;
  if (mode !== null) {
    return domain.descs
      .entries()
      .map(([vector, { irq, handler }]) => ({ irq, mode, vector, handler: handler !== null }));
  }
  return vdev.intx?.requested === true
    ? [{ irq: host.pinIrq, mode: 'intx', vector: null, handler: true }]
    : [];
}

/** Compares a text with a machine. Rows are in the order of the text, then the irqs that only the model has, by vector. */
export function compareExpected(expected: ExpectedState, machine: Machine): readonly ExpectedRow[] {
  const left = new Set(irqsOf(machine));
  const partners = new Map<ExpectedIrq, ModelIrq>();
  const pair = (test: (seen: ExpectedIrq, own: ModelIrq) => boolean) => {
    for (const seen of expected.irqs) {
      if (partners.has(seen)) continue;
      for (const own of left) {
        if (own.mode !== seen.mode || !test(seen, own)) continue;
        partners.set(seen, own);
        left.delete(own);
        break;
      }
    }
  };
  pair((seen, own) => seen.vector !== null && seen.vector === own.vector);
  pair((seen, own) => seen.vector === null && seen.irq === own.irq);
  // numbers of other devices lie between those of a real host, so the rest is paired in its order
  pair((seen) => seen.vector === null);
  return [
    ...expected.irqs.map((seen) => rowOfText(seen, partners.get(seen), expected)),
    ...[...left].map((own) => rowOfModel(own, expected)),
  ];
}

function rowOfText(
  seen: ExpectedIrq,
  own: ModelIrq | undefined,
  { saysHandlers }: ExpectedState,
): ExpectedRow {
  const { mode, irq, handler } = seen;
  const kind =
    own === undefined
      ? 'missing-in-model'
      : !saysHandlers || handler === own.handler
        ? 'same'
        : handler
          ? 'handler-only-in-text'
          : 'handler-only-in-model';
  return {
    kind,
    mode,
    vector: seen.vector ?? own?.vector ?? null,
    irq,
    modelIrq: own?.irq ?? null,
    modelHandler: own?.handler ?? false,
    saysHandler: saysHandlers,
  };
}

function rowOfModel({ irq, mode, vector, handler }: ModelIrq, expected: ExpectedState): ExpectedRow {
  const isCached = !handler && !expected.listsAll;
  return {
    kind: isCached ? 'cached' : 'missing-in-text',
    mode,
    vector,
    irq: null,
    modelIrq: irq,
    modelHandler: handler,
    saysHandler: expected.saysHandlers,
  };
}
