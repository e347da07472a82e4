// The timeline where more happens than can be drawn one by one: what each column of pixels holds on each row of pixels,
// as a set of flags. It goes straight over the columns of the data, from where the view begins; no object is made for an
// event, so a million of them cost a few milliseconds.

import { LANE_STATES, type Lane, MARK_KINDS, type TimelineData } from './data.ts';
import type { LaneRow, RowLayout } from './rows.ts';
import type { TimelineRange } from './viewport.ts';

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

/** Flags by column and row of cells. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** `flags[row * columns + column]`. */
  readonly flags: Uint16Array;
  /** Where each row of cells begins and how high it is, in pixels of the drawing. */
  readonly tops: Float64Array;
  readonly heights: Float64Array;
}

/** Which part of the timeline is meant. */
export interface ItemView {
  readonly range: TimelineRange;
  readonly layout: RowLayout;
  /** The rows that can be seen: place of the first, and one past the last. */
  readonly first: number;
  readonly end: number;
}

/** What is asked for. Pixels are those of the drawing: of the device, where it has more than one a CSS pixel. */
export interface RasterView extends ItemView {
  readonly columns: number;
  /** Pixels of the drawing a pixel of the layout. */
  readonly scale: number;
  /** Only headings of folded groups: the lanes are drawn one by one. */
  readonly foldedOnly?: boolean;
}

/** A row of lanes lower than this many pixels shares its pixels with others. */
const SHARED = 2;

/** Column of the pixel in which a place on the axis lies. */
export function columnOf(place: number, from: number, perLine: number): number {
  return Math.floor((place - from) * perLine);
}

/** The last column that what ends at a place still touches. */
export function lastColumnOf(end: number, from: number, perLine: number): number {
  return Math.ceil((end - from) * perLine) - 1;
}

/** Fills the cells of a view. `into` is used again if it is large enough. */
export function rasterCells(data: TimelineData, view: RasterView, into?: Uint16Array): Cells {
  const { layout, first, end, columns, range } = view;
  const { tops, heights, cellOf, rows } = cellRows(view);
  const size = rows * columns;
  const flags = into !== undefined && into.length >= size ? into.subarray(0, size) : new Uint16Array(size);
  flags.fill(0);
  const frame = {
    data,
    flags,
    columns,
    from: range.from,
    perLine: columns / (range.to - range.from),
    // a turn at the line that the view begins in is seen, and the one in force before it
    firstLine: Math.max(1, Math.floor(range.from)),
    lastLine: Math.min(data.length, Math.ceil(range.to) - 1),
    lines: data.length,
  };
  for (let at = first; at < end; at++) {
    const row = layout.rows[at];
    if (row === undefined || (view.foldedOnly === true && row.lane >= 0)) continue;
    const offset = (cellOf[at - first] ?? 0) * columns;
    for (const id of row.lanes) {
      const lane = data.lane(id);
      if (lane === undefined) continue;
      fillTurns(frame, lane, offset);
      fillMarks(frame, lane, offset);
    }
  }
  return { columns, rows, flags, tops, heights };
}

interface CellRows {
  readonly tops: Float64Array;
  readonly heights: Float64Array;
  /** Row of the layout (from `first`) → row of cells. */
  readonly cellOf: Int32Array;
  readonly rows: number;
}

/** One row of cells a row of the layout; lanes lower than two pixels share one a pixel. */
function cellRows({ layout, first, end, scale }: RasterView): CellRows {
  const count = Math.max(0, end - first);
  const tops = new Float64Array(count);
  const heights = new Float64Array(count);
  const cellOf = new Int32Array(count);
  let rows = 0;
  let pixel = -1;
  for (let at = 0; at < count; at++) {
    const row: LaneRow | undefined = layout.rows[first + at];
    if (row === undefined) break;
    const top = row.top * scale;
    if (row.height * scale >= SHARED) {
      tops[rows] = top;
      heights[rows] = row.height * scale;
      cellOf[at] = rows++;
      pixel = -1;
      continue;
    }
    if (Math.floor(top) !== pixel) {
      pixel = Math.floor(top);
      tops[rows] = pixel;
      heights[rows] = 1;
      rows++;
    }
    cellOf[at] = rows - 1;
  }
  return { tops: tops.subarray(0, rows), heights: heights.subarray(0, rows), cellOf, rows };
}

interface RasterFrame {
  readonly data: TimelineData;
  readonly flags: Uint16Array;
  readonly columns: number;
  readonly from: number;
  readonly perLine: number;
  readonly firstLine: number;
  readonly lastLine: number;
  readonly lines: number;
}

const CACHED = LANE_STATES.indexOf('cached');
const ATTACHED = LANE_STATES.indexOf('attached');

function fillTurns(frame: RasterFrame, { turns }: Lane, offset: number): void {
  const { flags, columns, from, perLine, firstLine, lastLine, lines } = frame;
  const count = turns.line.length;
  const line = turns.line.values;
  const state = turns.state.values;
  const ev = turns.ev.values;
  const pending = turns.pending.values;
  const last = turns.line.upTo(lastLine);
  for (let at = Math.max(0, turns.line.upTo(firstLine) - 1); at < last; at++) {
    const is = state[at] ?? 0;
    let flag = is === ATTACHED ? FLAGS.attached << ((ev[at] ?? 0) & 1) : is === CACHED ? FLAGS.cached : 0;
    if (pending[at] === 1) flag |= FLAGS.pending;
    if (flag === 0) continue;
    const until = at + 1 < count ? (line[at + 1] ?? 0) : lines + 1;
    let column = Math.floor(((line[at] ?? 0) - from) * perLine);
    let lastColumn = Math.ceil((until - from) * perLine) - 1;
    if (column < 0) column = 0;
    if (lastColumn >= columns) lastColumn = columns - 1;
    for (let place = offset + column; place <= offset + lastColumn; place++) {
      flags[place] = (flags[place] ?? 0) | flag;
    }
  }
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

function fillMarks(frame: RasterFrame, { marks }: Lane, offset: number): void {
  const { flags, columns, from, perLine, firstLine, lastLine, data } = frame;
  const line = marks.line.values;
  const kind = marks.kind.values;
  const teardown = data.lines.teardown.values;
  const last = marks.line.upTo(lastLine);
  for (let at = marks.line.upTo(firstLine - 1); at < last; at++) {
    let flag = MARK_FLAGS[kind[at] ?? 0] ?? 0;
    if (flag === 0) continue;
    const when = line[at] ?? 0;
    if (flag === FLAGS.freed && (teardown[when - 1] ?? 0) !== 0) flag = FLAGS.rule;
    const column = Math.floor((when - from) * perLine);
    if (column < 0 || column >= columns) continue;
    flags[offset + column] = (flags[offset + column] ?? 0) | flag;
  }
}

/** How many turns and marks reach into the view: whether they can be drawn one by one. Stops counting after `most`. */
export function itemsIn(data: TimelineData, view: ItemView, most: number): number {
  const { layout, first, end, range } = view;
  const firstLine = Math.max(1, Math.floor(range.from));
  const lastLine = Math.min(data.length, Math.ceil(range.to) - 1);
  let items = 0;
  for (let at = first; at < end && items <= most; at++) {
    const row = layout.rows[at];
    const lane = row === undefined || row.lane < 0 ? undefined : data.lane(row.lane);
    if (lane !== undefined) {
      items += lane.turns.line.upTo(lastLine) - Math.max(0, lane.turns.line.upTo(firstLine) - 1);
      items += lane.marks.line.upTo(lastLine) - lane.marks.line.upTo(firstLine - 1);
    }
  }
  return items;
}
