// The rows of the timeline: a heading per group of lanes, followed by its lanes unless folded. Lanes may be
// lower than a pixel, so that thousands fit; the heading of a folded group represents all its lanes.

import { LANE_KINDS, type LaneKind, laneId, laneSubject, type TimelineData } from './data.ts';

/** The groups of lanes, in the order of the screen. */
export const LANE_GROUPS = ['msix', 'msi', 'events'] as const;
export type LaneGroup = (typeof LANE_GROUPS)[number];

/** Which lanes are shown, and how high. */
export interface LaneLook {
  readonly folded: ReadonlySet<LaneGroup>;
  /** Shows every lane of the device, not only lanes in use. */
  readonly all: boolean;
  /** Pixels per lane, or `fit` to show all lanes without scrolling. */
  readonly height: number | 'fit';
}

/** Names of the groups on the screen. */
export const GROUP_NAMES: Readonly<Record<LaneGroup, string>> = {
  msix: 'MSI-X',
  msi: 'MSI',
  events: 'Pin and events',
};

/** Number of vectors of the device, by kind. */
export interface LaneRoom {
  readonly msix: number;
  readonly msi: number;
}

/** Devices with at most this many vectors always show all lanes. */
const FEW = 16;

/** A group with its lanes in ascending order. */
export interface LaneGroupList {
  readonly group: LaneGroup;
  readonly lanes: readonly number[];
}

/** Returns the lanes by group: lanes in use, or with `all` and for small devices every lane of the device. */
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

/** Returns the number of lanes with `all`. */
export function laneCount(data: TimelineData, room: LaneRoom): number {
  return laneGroups(data, room, true).reduce((sum, { lanes }) => sum + lanes.length, 0);
}

/** A row: the heading of a group, or a lane of it. */
export interface LaneRow {
  readonly group: LaneGroup;
  /** −1 for a heading. */
  readonly lane: number;
  /** The row's lanes: its lane, all lanes of a folded group, or an empty list for an open group. */
  readonly lanes: readonly number[];
  readonly top: number;
  readonly height: number;
}

/** Height of a heading in pixels. */
const HEADING = 15;

/** All rows from top to bottom with their places, and the total height in pixels. */
export interface RowLayout {
  readonly rows: readonly LaneRow[];
  readonly height: number;
  readonly laneHeight: number;
}

const NONE: readonly number[] = [];

/** Places the rows. A single group has a heading only while folded. */
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

/** Returns the lane height that fits everything into `height` pixels, at most `most`. */
export function fittingHeight(
  groups: readonly LaneGroupList[],
  folded: ReadonlySet<LaneGroup>,
  height: number,
  most: number,
): number {
  const lanes = groups.reduce((sum, { group, lanes: own }) => sum + (folded.has(group) ? 0 : own.length), 0);
  return lanes === 0 ? most : Math.min(most, Math.max(0.01, (height - groups.length * HEADING) / lanes));
}

/** Returns the index of the row at `y`, or −1 outside. */
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

/** Returns every lane of the pixel row at `y`. */
export function lanesAt(layout: RowLayout, y: number): readonly number[] {
  const pixel = Math.floor(y);
  const lanes: number[] = [];
  for (let at = Math.max(0, rowAt(layout, pixel)); at < layout.rows.length; at++) {
    const row = layout.rows[at];
    if (row === undefined || row.top >= pixel + 1) break;
    if (row.height < 1 && Math.floor(row.top) === pixel) lanes.push(row.lane);
  }
  return lanes.length > 0 ? lanes : (layout.rows[rowAt(layout, y)]?.lanes ?? NONE);
}

/** Returns a lane's label: the vector's number, or the interrupt's name. */
export function laneName(id: number): string {
  const { kind, vector } = laneSubject(id);
  if (kind === 'intx') return 'INTx';
  return kind === 'msix' || kind === 'msi' ? String(vector) : kind.toUpperCase();
}

/** Returns a lane in words, for instance `vector 3`, `MSI vector 0` or `INTx`. */
export function laneWords(id: number): string {
  const { kind, vector } = laneSubject(id);
  if (kind === 'msix') return `vector ${vector}`;
  return kind === 'msi' ? `MSI vector ${vector}` : laneName(id);
}

/** Places lanes without headings in a shared height, for the minimap. */
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
