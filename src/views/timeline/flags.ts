// The contents of a timeline cell as flags, computed from the columns. The columns keep the
// flags beside their sources, so that drawing reads one number per event.

import { LANE_STATES, MARK_KINDS } from './kinds.ts';

/** Contents of a cell by ascending importance; the most important one determines the colour. */
export const FLAGS = {
  cached: 1,
  /** Attached to an eventfd with an even number. */
  attached: 2,
  attachedOdd: 4,
  pending: 8,
  signal: 16,
  lost: 32,
  freed: 64,
  failed: 128,
  /** pci_free_irq_vectors ended the lane. */
  rule: 256,
} as const;

/** Number of flag combinations: the length of a colour table. */
export const FLAG_SETS = 512;

/** Returns the flag of a state and the parity of its eventfd. */
const STATE_FLAGS = Uint16Array.from({ length: 2 * LANE_STATES.length }, (_, at) => {
  const state = LANE_STATES[at >> 1];
  if (state === 'cached') return FLAGS.cached;
  return state === 'attached' ? FLAGS.attached << (at & 1) : 0;
});

/** Returns the flags of a turn from its numbers in the columns. */
export function turnFlags(state: number, ev: number, pending: number): number {
  return (STATE_FLAGS[2 * state + (ev & 1)] ?? 0) | (pending * FLAGS.pending);
}

/** Flag of each kind of mark; kinds that turns show have no flag. */
const MARK_FLAGS = Uint16Array.from(MARK_KINDS, (kind) => {
  switch (kind) {
    case 'delivered':
    case 'loopback':
      return FLAGS.signal;
    case 'pended':
    case 'coalesced':
      return FLAGS.pending;
    case 'lost':
    case 'freed':
    case 'failed':
      return FLAGS[kind];
    default:
      return 0;
  }
});

/** Returns the flag of a mark from its kind and the teardown of its line; 0 if it is not drawn. */
export function markFlag(kind: number, teardown: number): number {
  const flag = MARK_FLAGS[kind] ?? 0;
  return flag === FLAGS.freed && teardown !== 0 ? FLAGS.rule : flag;
}
