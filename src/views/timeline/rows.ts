// The rows of the timeline: a heading for each group of lanes, and below it its lanes unless they are folded. Lanes may be
// lower than a pixel, so that thousands fit; the heading of a folded group stands for all its lanes.

import { LANE_KINDS, type LaneKind, laneId, laneSubject, type TimelineData } from './data.ts';

/** The groups of lanes, in the order of the screen. */
export const LANE_GROUPS = ['msix', 'msi', 'events'] as const;
/** One of them. */
export type LaneGroup = (typeof LANE_GROUPS)[number];

/** Their names on the screen. */
export const GROUP_NAMES: Readonly<Record<LaneGroup, string>> = {
  msix: 'MSI-X',
  msi: 'MSI',
  events: 'Pin and events',
};

/** Vectors that the device offers; a kind that it lacks has none. */
export interface LaneRoom {
  readonly msix: number;
  readonly msi: number;
}

/** A device with no more vectors than these has all its lanes always. */
const FEW = 16;

/** A group with its lanes in ascending order. */
export interface LaneGroupList {
  readonly group: LaneGroup;
  readonly lanes: readonly number[];
}

/** The lanes by group: those in use, all of a small device, or on demand (`all`) every one that the device has. */
export function laneGroups(data: TimelineData, room: LaneRoom, all: boolean): readonly LaneGroupList[] {
  const used = data.laneIds;
  const of = (kinds: readonly LaneKind[]) => used.filter((id) => kinds.includes(laneSubject(id).kind));
  const vectors = (kind: 'msix' | 'msi') => {
    const lanes = of([kind]);
    const offered = all || (room[kind] <= FEW && (kind === 'msix' || room.msix === 0)) ? room[kind] : 0;
    const unused = range(offered, kind).filter((id) => data.lane(id) === undefined);
    return unused.length === 0 ? lanes : [...lanes, ...unused].sort((a, b) => a - b);
  };
  const events = all ? LANE_KINDS.slice(2).map((kind) => laneId(kind)) : of(['intx', 'err', 'req']);
  const groups: readonly LaneGroupList[] = [
    { group: 'msix', lanes: vectors('msix') },
    { group: 'msi', lanes: vectors('msi') },
    { group: 'events', lanes: events },
  ];
  return groups.filter(({ lanes }) => lanes.length > 0);
}

function range(count: number, kind: LaneKind): readonly number[] {
  return Array.from({ length: count }, (_, vector) => laneId(kind, vector));
}

/** How many lanes there would be on demand. */
export function laneCount(data: TimelineData, room: LaneRoom): number {
  return laneGroups(data, room, true).reduce((sum, { lanes }) => sum + lanes.length, 0);
}

/** A row: the heading of a group, or a lane of it. */
export interface LaneRow {
  readonly group: LaneGroup;
  /** −1 for a heading. */
  readonly lane: number;
  /** What the row stands for: its lane, all lanes of a folded group, nothing for an open one. */
  readonly lanes: readonly number[];
  readonly top: number;
  readonly height: number;
}

/** Height of a heading in pixels. */
export const HEADING = 15;

/** Every row from top to bottom with its place in pixels, and how high they are together. */
export interface RowLayout {
  readonly rows: readonly LaneRow[];
  readonly height: number;
  readonly laneHeight: number;
}

const NONE: readonly number[] = [];

/** Places the rows. With a single group it needs no heading, unless it is folded. */
export function layRows(
  groups: readonly LaneGroupList[],
  folded: ReadonlySet<LaneGroup>,
  laneHeight: number,
): RowLayout {
  const rows: LaneRow[] = [];
  let top = 0;
  for (const { group, lanes } of groups) {
    const isFolded = folded.has(group);
    rows.push({ group, lane: -1, lanes: isFolded ? lanes : NONE, top, height: HEADING });
    top += HEADING;
    if (isFolded) continue;
    for (const lane of lanes) {
      rows.push({ group, lane, lanes: [lane], top, height: laneHeight });
      top += laneHeight;
    }
  }
  return { rows, height: top, laneHeight };
}

/** The lane height with which everything fits into `height` pixels, but not more than `most`. */
export function fittingHeight(
  groups: readonly LaneGroupList[],
  folded: ReadonlySet<LaneGroup>,
  height: number,
  most: number,
): number {
  const lanes = groups.reduce((sum, { group, lanes: own }) => sum + (folded.has(group) ? 0 : own.length), 0);
  return lanes === 0 ? most : Math.min(most, Math.max(0.01, (height - groups.length * HEADING) / lanes));
}

/** Place of the row at `y` in the list, or −1 below and above all. */
export function rowAt({ rows, height }: RowLayout, y: number): number {
  if (y < 0 || y >= height) return -1;
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rows[middle]?.top ?? 0) <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Every lane that the pixel row at `y` stands for. */
export function lanesAt(layout: RowLayout, y: number): readonly number[] {
  const pixel = Math.floor(y);
  const first = rowAt(layout, pixel);
  const row = layout.rows[first];
  if (row === undefined) return NONE;
  if (row.height >= 1) return layout.rows[rowAt(layout, y)]?.lanes ?? NONE;
  const lanes: number[] = [];
  for (let at = first; at < layout.rows.length; at++) {
    const next = layout.rows[at];
    if (next === undefined || next.top >= pixel + 1) break;
    if (next.lane >= 0 && Math.floor(next.top) === pixel) lanes.push(next.lane);
  }
  return lanes;
}

/** A lane's name beside it: the vector, or the interrupt without number. */
export function laneName(id: number): string {
  const { kind, vector } = laneSubject(id);
  if (kind === 'intx') return 'INTx';
  return kind === 'msix' || kind === 'msi' ? String(vector) : kind.toUpperCase();
}

/** A lane in words, for instance `vector 3` or `INTx`. MSI vectors say so where both kinds are meant. */
export function laneWords(id: number): string {
  const { kind, vector } = laneSubject(id);
  if (kind === 'msix') return `vector ${vector}`;
  return kind === 'msi' ? `MSI vector ${vector}` : laneName(id);
}

/** Lanes alone, sharing a height: the timeline in small. */
export function layLanes(groups: readonly LaneGroupList[], height: number): RowLayout {
  const lanes = groups.flatMap(({ group, lanes: own }) => own.map((lane) => ({ group, lane })));
  const laneHeight = height / Math.max(1, lanes.length);
  const rows = lanes.map(
    ({ group, lane }, at): LaneRow => ({
      group,
      lane,
      lanes: [lane],
      top: at * laneHeight,
      height: laneHeight,
    }),
  );
  return { rows, height, laneHeight };
}
