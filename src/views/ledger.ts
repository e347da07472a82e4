// What became of every interrupt and every irq up to the cursor, in numbers.

import type { Happening } from '../kernel/frame.ts';
import type { Replay } from '../session/replay.ts';

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

const NOTHING: Ledger = {
  raised: 0,
  delivered: 0,
  pending: 0,
  coalesced: 0,
  lost: 0,
  allocated: 0,
  freed: 0,
};
const totals = new WeakMap<Replay, readonly Ledger[]>();

/** The ledger after `line` lines. */
export function ledgerAt(replayed: Replay, line: number): Ledger {
  const known = totals.get(replayed) ?? sums(replayed);
  totals.set(replayed, known);
  return known[line] ?? NOTHING;
}

function sums(replayed: Replay): readonly Ledger[] {
  let sum = NOTHING;
  return [NOTHING, ...replayed.runs.map((run) => (sum = (run?.happenings ?? []).reduce(add, sum)))];
}

function add(ledger: Ledger, { kind }: Happening): Ledger {
  switch (kind) {
    case 'pended':
      return { ...ledger, pending: ledger.pending + 1 };
    case 'raised':
    case 'delivered':
    case 'coalesced':
    case 'lost':
    case 'allocated':
    case 'freed':
      return { ...ledger, [kind]: ledger[kind] + 1 };
    default:
      return ledger;
  }
}
