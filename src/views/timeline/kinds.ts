// What a lane can be and what can happen on it: the columns hold the places in these lists.

/** What a vector or slot can be. `attached`: an eventfd is bound. A number in the columns is the place in this list. */
export const LANE_STATES = ['none', 'cached', 'attached'] as const;
/** One of them. */
export type LaneState = (typeof LANE_STATES)[number];

/** What can happen on a lane. A number in the columns is the place in this list. */
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
/** One of them. */
export type MarkKind = (typeof MARK_KINDS)[number];
