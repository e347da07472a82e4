// The last allocation of every vector and the deliveries of every irq, summed over the lines.

import { IntMap, Owner } from '../../base/intMap.ts';
import type { AllocationSite } from '../../kernel/frame.ts';
import type { Fold } from '../fold.ts';

/** The line and the function that allocated an irq. */
export interface Origin {
  readonly line: number;
  readonly by: AllocationSite;
}

/** The last allocation of a vector. */
interface Allocation extends Origin {
  readonly irq: number;
}

/** The allocations and deliveries so far. */
export interface Origins {
  /** By vector: its last allocation. */
  readonly allocations: IntMap<Allocation>;
  /** Vector → irq while it has one. */
  readonly irqs: IntMap<number>;
  /** Linux irq → deliveries since its allocation. */
  readonly delivered: IntMap<number>;
}

/** Allocations and deliveries as a sum over lines. */
export const originsFold: Fold<Origins> = {
  start: { allocations: IntMap.empty(), irqs: IntMap.empty(), delivered: IntMap.empty() },
  add: (sum, run, line) => {
    let { allocations, irqs, delivered } = sum;
    const owner = new Owner();
    // a new mode has new vectors; the pin has its own number
    const pin = run.before.vdev.intx !== null ? run.before.host.pinIrq : null;
    for (const one of run.happenings) {
      if (one.kind === 'allocated') {
        const { vector, irq, by } = one;
        allocations = allocations.set(vector, { line, by, irq }, owner);
        irqs = irqs.set(vector, irq, owner);
        delivered = delivered.set(irq, 0, owner);
      } else if (one.kind === 'freed') {
        irqs = irqs.delete(one.vector, owner);
        delivered = delivered.delete(one.irq, owner);
      } else if (one.kind === 'delivered') {
        const irq = irqs.get(one.vector) ?? pin;
        if (irq !== null) delivered = delivered.set(irq, (delivered.get(irq) ?? 0) + 1, owner);
      }
    }
    return { allocations, irqs, delivered };
  },
  write: (w, { allocations, irqs, delivered }) => {
    w.map(allocations, ({ line, by, irq }) => {
      w.number(line * 2 + (by === 'pci_alloc_irq_vectors' ? 0 : 1));
      w.number(irq);
    });
    w.map(irqs, (irq) => w.number(irq));
    w.map(delivered, (count) => w.number(count));
  },
  read: (r) => ({
    allocations: r.map(() => {
      const head = r.number();
      const by = head % 2 === 0 ? 'pci_alloc_irq_vectors' : 'pci_msix_alloc_irq_at';
      return { line: Math.floor(head / 2), by, irq: r.number() };
    }),
    irqs: r.map(() => r.number()),
    delivered: r.map(() => r.number()),
  }),
};
