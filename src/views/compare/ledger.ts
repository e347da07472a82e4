// The cost of a policy: allocations and frees, handlers installed and removed, time without a handler, and the fate of
// interrupts meanwhile. Counted run by run, so that a long script is counted in slices.

import type { LaneRuns } from '../../session/laneRuns.ts';

/** The sums of a lane. */
export interface LaneLedger {
  readonly allocated: number;
  readonly freed: number;
  /** Irqs of the original allocation that pci_msix_free_irq freed. */
  readonly freedOriginal: number;
  /** Handlers installed (successful request_irq) and removed (free_irq). */
  readonly requested: number;
  readonly removed: number;
  /** Times that an attached vector lost its handler and got one again. */
  readonly windows: number;
  /** Those within a single call. */
  readonly inside: number;
  /** Lines between losing and getting a handler: the sum over the others, and the maximum. */
  readonly lines: number;
  readonly longest: number;
  /** Vectors that lost their handler and have none at the end. */
  readonly open: number;
  readonly delivered: number;
  readonly pended: number;
  readonly lost: number;
}

/** The rows in display order. */
export const LEDGER_ROWS: readonly {
  readonly key: keyof LaneLedger;
  readonly name: string;
  readonly about: string;
}[] = [
  { key: 'allocated', name: 'irqs allocated', about: 'pci_alloc_irq_vectors and pci_msix_alloc_irq_at' },
  { key: 'freed', name: 'irqs freed', about: 'pci_free_irq_vectors and pci_msix_free_irq' },
  { key: 'freedOriginal', name: '… of the original allocation, one by one', about: 'by pci_msix_free_irq' },
  { key: 'requested', name: 'request_irq', about: 'handlers installed' },
  { key: 'removed', name: 'free_irq', about: 'handlers removed' },
  { key: 'windows', name: 'windows without a handler', about: 'a vector lost its handler and got one again' },
  { key: 'inside', name: '… inside one call', about: 'the gap of a swap' },
  { key: 'lines', name: '… length in lines', about: 'the sum over the windows that span several lines' },
  { key: 'longest', name: '… longest, in lines', about: 'the longest window' },
  { key: 'open', name: 'without a handler at the end', about: 'lost their handler and never got one again' },
  { key: 'delivered', name: 'interrupts delivered', about: 'signalled an eventfd' },
  {
    key: 'pended',
    name: 'interrupts made pending',
    about: 'kept by the device or the irq core, also if delivered later',
  },
  { key: 'lost', name: 'interrupts lost', about: 'never delivered' },
];

/** Counts a lane, line by line. */
export class LedgerCounter {
  readonly #lane: LaneRuns;
  #done = 0;
  /** Vector → the line in which it lost its handler. */
  readonly #without = new Map<number, number>();
  readonly #sums = {
    allocated: 0,
    freed: 0,
    freedOriginal: 0,
    requested: 0,
    removed: 0,
    windows: 0,
    inside: 0,
    lines: 0,
    longest: 0,
    delivered: 0,
    pended: 0,
    lost: 0,
  };

  constructor(lane: LaneRuns) {
    this.#lane = lane;
  }

  /** Counts up to a line. */
  advanceTo(line: number): void {
    const end = Math.min(line, this.#lane.script.length);
    while (this.#done < end) this.#count(++this.#done);
  }

  /** The sums so far. */
  get sums(): LaneLedger {
    return { ...this.#sums, open: this.#without.size };
  }

  #count(line: number): void {
    const sums = this.#sums;
    for (const one of this.#lane.runAt(line)?.happenings ?? []) {
      switch (one.kind) {
        case 'allocated':
          sums.allocated++;
          break;
        case 'freed':
          sums.freed++;
          if (one.original && one.by === 'pci_msix_free_irq') sums.freedOriginal++;
          break;
        case 'attached':
          sums.requested++;
          this.#attached(one.vector, line);
          break;
        case 'detached':
          sums.removed++;
          this.#without.set(one.vector, line);
          break;
        case 'delivered':
        case 'pended':
        case 'lost':
          sums[one.kind]++;
          break;
        default:
      }
    }
  }

  #attached(vector: number, line: number): void {
    const since = this.#without.get(vector);
    if (since === undefined) return;
    this.#without.delete(vector);
    const sums = this.#sums;
    sums.windows++;
    if (since === line) sums.inside++;
    sums.lines += line - since;
    sums.longest = Math.max(sums.longest, line - since);
  }
}
