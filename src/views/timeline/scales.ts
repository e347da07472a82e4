// Where the timeline's marks stand on the screen, in pixels.

import { range, scaleBand, scaleLinear } from 'd3';
import type { Timeline } from './marks.ts';

/** The lanes to draw: every vector of a small device, those with marks of a large one. */
export function lanesOf(timeline: Pick<Timeline, 'vectors'>, vectors: number): readonly number[] {
  return vectors <= 16 ? range(Math.max(vectors, (timeline.vectors.at(-1) ?? -1) + 1)) : timeline.vectors;
}

/** Room that the timeline has. */
export interface TimelineRoom {
  readonly width: number;
  readonly lanes: number;
  readonly lines: number;
  readonly laneHeight: number;
  readonly minColumn: number;
}

/** Left margin for the lanes' names and right margin behind the last line, in pixels. */
export const MARGIN = { left: 40, right: 16, top: 22 } as const;

/** The scales: `x(n)` is where line n begins, `y(i)` the top of the ith lane. */
export interface TimelineScales {
  readonly x: (line: number) => number;
  readonly y: (lane: number) => number;
  /** The line at a place; the inverse of x. */
  readonly lineAt: (x: number) => number;
  readonly bar: number;
  readonly width: number;
  readonly height: number;
}

/** Columns share the width until they would be too narrow; then the timeline grows and scrolls. */
export function timelineScales(room: TimelineRoom): TimelineScales {
  const inner = room.width - MARGIN.left - MARGIN.right;
  const columns = room.lines + 1;
  const width = Math.max(inner, columns * room.minColumn);
  const x = scaleLinear([0.5, columns + 0.5], [MARGIN.left, MARGIN.left + width]);
  const height = MARGIN.top + room.lanes * room.laneHeight;
  const y = scaleBand(range(room.lanes), [MARGIN.top, height]).paddingInner(0.3).paddingOuter(0.15);
  return {
    x: (line) => x(line),
    lineAt: (place) => x.invert(place),
    y: (lane) => y(lane) ?? MARGIN.top,
    bar: y.bandwidth(),
    width: MARGIN.left + width + MARGIN.right,
    height: height + 6,
  };
}

/** A segment in words, for its accessible name. */
export function segmentLabel(segment: {
  readonly vector: number;
  readonly state: string;
  readonly irq: number;
  readonly from: number;
  readonly to: number;
}): string {
  const { vector, state, irq, from, to } = segment;
  const until = to - 1 > from ? ` to ${to - 1}` : '';
  return `vector ${vector} ${state}, irq ${irq}, line ${from}${until}`;
}
