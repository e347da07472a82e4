// The states and events of lanes. Columns contain the places in these lists.

/** States of a vector or slot. `attached`: it has an eventfd. Columns contain the place in this list. */
export const LANE_STATES = ['none', 'cached', 'attached'] as const;
export type LaneState = (typeof LANE_STATES)[number];

/** Events on a lane. Columns contain the place in this list. */
export const MARK_KINDS = [
  'raised',
  'delivered',
  'loopback',
  'pended',
  'coalesced',
  'lost',
  'allocated',
  'attached',
  'detached',
  'freed',
  'failed',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];
