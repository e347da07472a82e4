// What a cell of the timeline can hold, as flags, and which of them the numbers in the columns give. The columns keep the
// flags beside what they come from, so that drawing reads one number an event.

import { LANE_STATES, MARK_KINDS } from './kinds.ts';

/** What a cell can hold, from the least to the most important; the most important one gives it its colour. */
export const FLAGS = {
  cached: 1,
  /** Attached to an eventfd with an even number; the next one is told apart from it. */
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

/** Where the flags stand in the order of importance; a table for a colour has so many entries. */
export const FLAG_SETS = 512;

/** Flag of a state and of the parity of its eventfd. */
const STATE_FLAGS = Uint16Array.from({ length: 2 * LANE_STATES.length }, (_, at) => {
  const state = LANE_STATES[at >> 1];
  if (state === 'cached') return FLAGS.cached;
  return state === 'attached' ? FLAGS.attached << (at & 1) : 0;
});

/** Flags of a turn, from its numbers in the columns. */
export function turnFlags(state: number, ev: number, pending: number): number {
  return (STATE_FLAGS[2 * state + (ev & 1)] ?? 0) | (pending * FLAGS.pending);
}

/** Flag of each kind of mark; kinds that are seen by the turns have none. */
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

/** Flag of a mark, from its kind in the columns and from the teardown of its line; 0 where it is not drawn. */
export function markFlag(kind: number, teardown: number): number {
  const flag = MARK_FLAGS[kind] ?? 0;
  return flag === FLAGS.freed && teardown !== 0 ? FLAGS.rule : flag;
}
