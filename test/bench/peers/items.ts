// The timeline in the peers' form: one object per rectangle. A turn to `none` has no rectangle, so the peers draw slightly
// fewer objects than events.

import { LANE_STATES, MARK_KINDS, type TimelineData } from '../../../src/views/timeline/data.ts';

/** The kind of a rectangle. */
export type Look = 'cached' | 'attached' | 'mark' | 'failed';

/** The same colours in every peer. */
export const COLOURS: Readonly<Record<Look, string>> = {
  cached: '#d9a441',
  attached: '#2a7f86',
  mark: '#6b4fbb',
  failed: '#c8452e',
};

/** A rectangle. */
export interface Item {
  /** Row, from 0. */
  readonly row: number;
  /** First line. */
  readonly from: number;
  /** Line at its end. */
  readonly to: number;
  readonly look: Look;
}

/** Width of a mark in lines. */
const MARK = 0.5;

/** Returns all rectangles by row; within a row first the states, then the marks, each ascending. */
export function itemsOf(data: TimelineData): readonly Item[] {
  const items: Item[] = [];
  data.laneIds.forEach((id, row) => {
    const lane = data.lane(id);
    if (lane === undefined) return;
    const { turns, marks } = lane;
    for (let at = 0; at < turns.line.length; at++) {
      const look = LANE_STATES[turns.state.at(at)];
      if (look === undefined || look === 'none') continue;
      const to = at + 1 < turns.line.length ? turns.line.at(at + 1) : data.length + 1;
      items.push({ row, from: turns.line.at(at), to, look });
    }
    for (let at = 0; at < marks.line.length; at++) {
      const from = marks.line.at(at);
      const failed = MARK_KINDS[marks.kind.at(at)] === 'failed';
      items.push({ row, from, to: from + MARK, look: failed ? 'failed' : 'mark' });
    }
  });
  return items;
}
