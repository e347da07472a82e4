// Where an irq comes from, and how often it has been delivered since: read back from what the lines did.

import type { Replay } from '../../session/replay.ts';

/** The line that allocated an irq, and the function that did. */
export interface Origin {
  readonly line: number;
  readonly by: string;
}

/** The last allocation of this irq for this vector up to a line, or null when there is none (it is being made). */
export function originOf(replayed: Replay, line: number, vector: number, irq: number): Origin | null {
  for (let at = line; at >= 1; at--) {
    const made = replayed.runs[at - 1]?.happenings.findLast(
      (one) => one.kind === 'allocated' && one.vector === vector && one.irq === irq,
    );
    if (made?.kind === 'allocated') return { line: at, by: made.by };
  }
  return null;
}

/** Deliveries by Linux irq, as the CPU columns of /proc/interrupts count them: from the irq's allocation on. */
export function deliveries(replayed: Replay, line: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  const irqs = new Map<number, number>();
  for (const run of replayed.runs.slice(0, line)) {
    if (run === null) continue;
    // a new mode begins with other vectors; the pin has its own number
    const pin = run.before.vdev.intx !== null ? run.before.host.pinIrq : null;
    for (const one of run.happenings) {
      if (one.kind === 'allocated') {
        irqs.set(one.vector, one.irq);
        counts.set(one.irq, 0);
      } else if (one.kind === 'freed') {
        irqs.delete(one.vector);
        counts.delete(one.irq);
      } else if (one.kind === 'delivered') {
        const irq = irqs.get(one.vector) ?? pin;
        if (irq !== null) counts.set(irq, (counts.get(irq) ?? 0) + 1);
      }
    }
  }
  return counts;
}
