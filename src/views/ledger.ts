// Counts of interrupts and irqs up to the cursor, by their fate.

import { IntMap, Owner } from '../base/intMap.ts';
import type { Happening, LossCause } from '../kernel/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { eventfdCount, eventfdName } from '../text/eventfds.ts';
import type { Fold } from './fold.ts';

/** The counts, in the order in which they are shown. */
export interface Ledger {
  readonly raised: number;
  readonly delivered: number;
  readonly pending: number;
  readonly coalesced: number;
  readonly lost: number;
  readonly allocated: number;
  readonly freed: number;
}

/** The causes of lost interrupts, in the order in which they are shown. */
export const LOSS_CAUSES = [
  'disabled',
  'bus-master-off',
  'no-handler',
  'message-wiped',
  'eventfd-freed',
] as const;

/** Signals of one eventfd by their origin. */
export interface Signals {
  readonly interrupt: number;
  readonly loopback: number;
  readonly virqfd: number;
}

/** The counts with their details. */
export interface LedgerDetails {
  readonly counts: Ledger;
  readonly lostBy: Readonly<Record<LossCause, number>>;
  /** Irqs that pci_msix_free_irq() freed: those of the enabling call, and those allocated later. */
  readonly freedOriginal: number;
  readonly freedLater: number;
  /** Allocations that gave a vector a number which another vector had before. */
  readonly reused: number;
  /** By eventfd object. */
  readonly signals: IntMap<Signals>;
  /** Irq number → the vector that had it last. */
  readonly hadBy: IntMap<number>;
}

const NOTHING: LedgerDetails = {
  counts: { raised: 0, delivered: 0, pending: 0, coalesced: 0, lost: 0, allocated: 0, freed: 0 },
  lostBy: { disabled: 0, 'bus-master-off': 0, 'no-handler': 0, 'message-wiped': 0, 'eventfd-freed': 0 },
  freedOriginal: 0,
  freedLater: 0,
  reused: 0,
  signals: IntMap.empty(),
  hadBy: IntMap.empty(),
};
const NO_SIGNAL: Signals = { interrupt: 0, loopback: 0, virqfd: 0 };

const COUNTS = ['raised', 'delivered', 'pending', 'coalesced', 'lost', 'allocated', 'freed'] as const;

/** The ledger as a sum over lines. */
export const ledgerFold: Fold<LedgerDetails> = {
  start: NOTHING,
  add: (sum, { happenings }) => {
    // no caller sees the sums inside a line, so their maps may change in place
    const owner = new Owner();
    return happenings.reduce((made, happening) => add(made, happening, owner), sum);
  },
  write: (w, { counts, lostBy, freedOriginal, freedLater, reused, signals, hadBy }) => {
    for (const name of COUNTS) w.number(counts[name]);
    for (const cause of LOSS_CAUSES) w.number(lostBy[cause]);
    for (const count of [freedOriginal, freedLater, reused]) w.number(count);
    w.map(signals, ({ interrupt, loopback, virqfd }) => {
      for (const count of [interrupt, loopback, virqfd]) w.number(count);
    });
    w.map(hadBy, (vector) => w.number(vector));
  },
  read: (r) => {
    const counts = { ...NOTHING.counts };
    for (const name of COUNTS) counts[name] = r.number();
    const lostBy = { ...NOTHING.lostBy };
    for (const cause of LOSS_CAUSES) lostBy[cause] = r.number();
    return {
      counts,
      lostBy,
      freedOriginal: r.number(),
      freedLater: r.number(),
      reused: r.number(),
      signals: r.map(() => ({ interrupt: r.number(), loopback: r.number(), virqfd: r.number() })),
      hadBy: r.map(() => r.number()),
    };
  },
};

function add(sum: LedgerDetails, happening: Happening, owner: Owner): LedgerDetails {
  switch (happening.kind) {
    case 'pended':
      return count(sum, 'pending');
    case 'raised':
    case 'delivered':
    case 'coalesced':
      return count(sum, happening.kind);
    case 'lost': {
      const lostBy = { ...sum.lostBy, [happening.cause]: sum.lostBy[happening.cause] + 1 };
      return { ...count(sum, 'lost'), lostBy };
    }
    case 'allocated': {
      const { irq, vector } = happening;
      const reused = (sum.hadBy.get(irq) ?? vector) === vector ? sum.reused : sum.reused + 1;
      return { ...count(sum, 'allocated'), reused, hadBy: sum.hadBy.set(irq, vector, owner) };
    }
    case 'freed': {
      const freed = count(sum, 'freed');
      if (happening.by === 'pci_free_irq_vectors') return freed;
      return happening.original
        ? { ...freed, freedOriginal: sum.freedOriginal + 1 }
        : { ...freed, freedLater: sum.freedLater + 1 };
    }
    case 'signal': {
      const had = sum.signals.get(happening.ev) ?? NO_SIGNAL;
      const has = { ...had, [happening.by]: had[happening.by] + 1 };
      return { ...sum, signals: sum.signals.set(happening.ev, has, owner) };
    }
    default:
      return sum;
  }
}

function count(sum: LedgerDetails, name: keyof Ledger): LedgerDetails {
  return { ...sum, counts: { ...sum.counts, [name]: sum.counts[name] + 1 } };
}

/** One eventfd of the ledger. */
export interface EventfdEntry extends Signals {
  readonly ev: number;
  /** Its name in the wiring; `closed fd` once the process cannot reach it. */
  readonly name: string;
  /** Counter, or null when the object is gone. */
  readonly count: bigint | null;
}

/** Returns every eventfd that exists or was signalled, in the order of creation. */
export function eventfdEntries(machine: Machine, { signals }: LedgerDetails): readonly EventfdEntry[] {
  const all = [...new Set([...machine.eventfds.keys(), ...signals.keys()])].sort((a, b) => a - b);
  return all.map((ev) => ({
    ev,
    name: eventfdName(machine, ev),
    count: eventfdCount(machine, ev),
    ...(signals.get(ev) ?? NO_SIGNAL),
  }));
}

/** Returns the number of vectors with a pending bit. */
export function pendingNow({ pci }: Machine): number {
  let pending = 0;
  pci.entries.forEach((entry) => {
    if (entry.pending) pending++;
  });
  for (let bits = pci.msi.pending; bits !== 0; bits &= bits - 1) pending++;
  return pending;
}
