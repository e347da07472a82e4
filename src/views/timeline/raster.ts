// The timeline as cells, for more events than can be drawn one by one: the contents of each pixel column and row
// as a set of flags. It reads the columns of the data from the view's first line and creates no object per
// event, so a million events cost a few milliseconds.

import type { Lane, TimelineData } from './data.ts';
import { FLAGS } from './flags.ts';
import type { LaneRow, RowLayout } from './rows.ts';
import type { TimelineRange } from './viewport.ts';

/** Flags by column and row of cells. */
export interface Cells {
  readonly columns: number;
  readonly rows: number;
  /** `flags[row * columns + column]`. */
  readonly flags: Uint16Array;
  /** Top and height of each row of cells, in drawing pixels. */
  readonly tops: Float64Array;
  readonly heights: Float64Array;
}

/** The visible part of the timeline. */
export interface ItemView {
  readonly range: TimelineRange;
  readonly layout: RowLayout;
  /** Visible rows: the first, and one past the last. */
  readonly first: number;
  readonly end: number;
}

/** Arguments of a raster. Pixels are drawing pixels, of which a CSS pixel may have several. */
export interface RasterView extends ItemView {
  readonly columns: number;
  /** Drawing pixels per layout pixel. */
  readonly scale: number;
  /** Rasters only headings of folded groups; lanes are drawn one by one. */
  readonly foldedOnly?: boolean;
}

/** Lanes lower than this many pixels share pixel rows. */
const SHARED = 2;

/** Returns the pixel column of a place on the axis. */
export function columnOf(place: number, from: number, perLine: number): number {
  return Math.floor((place - from) * perLine);
}

/** Returns the last pixel column of a span that ends at a place. */
export function lastColumnOf(end: number, from: number, perLine: number): number {
  return Math.ceil((end - from) * perLine) - 1;
}

/** Fills the cells of a view. `into` is reused if it is large enough. */
export function rasterCells(data: TimelineData, view: RasterView, into?: Uint16Array): Cells {
  const { layout, first, end, columns } = view;
  const { tops, heights, cellOf, rows } = cellRows(view);
  const size = rows * columns;
  const flags = into !== undefined && into.length >= size ? into.subarray(0, size) : new Uint16Array(size);
  flags.fill(0);
  const fill = new Fill(flags, view, data);
  for (let at = first; at < end; at++) {
    const row = layout.rows[at];
    if (row === undefined || (view.foldedOnly === true && row.lane >= 0)) continue;
    const offset = (cellOf[at - first] ?? 0) * columns;
    for (const id of row.lanes) {
      const lane = data.lane(id);
      if (lane !== undefined) fill.add(lane, offset);
    }
  }
  fill.finish();
  return { columns, rows, flags, tops, heights };
}

interface CellRows {
  readonly tops: Float64Array;
  readonly heights: Float64Array;
  /** Row of the layout (from `first`) → row of cells. */
  readonly cellOf: Int32Array;
  readonly rows: number;
}

/** Returns one row of cells per layout row; lanes lower than two pixels share one per pixel. */
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

/** The flags of turns as 8-bit counters of the lanes in a cell. */
const SPREAD = Int32Array.from(
  { length: 16 },
  (_, flags) =>
    ((flags & FLAGS.cached) !== 0 ? 1 : 0) |
    ((flags & FLAGS.attached) !== 0 ? 1 << 8 : 0) |
    ((flags & FLAGS.attachedOdd) !== 0 ? 1 << 16 : 0) |
    ((flags & FLAGS.pending) !== 0 ? 1 << 24 : 0),
);
/** Most lanes that a counter can count. */
const MOST_COUNTED = 255;

function flagsOf(counters: number): number {
  return (
    ((counters & 0xff) !== 0 ? FLAGS.cached : 0) |
    ((counters & 0xff00) !== 0 ? FLAGS.attached : 0) |
    ((counters & 0xff0000) !== 0 ? FLAGS.attachedOdd : 0) |
    ((counters & 0xff000000) !== 0 ? FLAGS.pending : 0)
  );
}

/**
 * Fills the cells lane by lane. The cost of a turn does not depend on its columns: its two ends are set, and
 * `changes` notes its begin and end, summed once for all lanes that share the row. Between
 * its ends a turn is the only one of its lane, so the counters count lanes.
 */
class Fill {
  readonly #flags: Uint16Array;
  readonly #columns: number;
  readonly #from: number;
  readonly #perLine: number;
  readonly #firstLine: number;
  readonly #lastLine: number;
  readonly #lines: number;
  readonly #changes: Int32Array;
  /** Row of `changes`, and its lanes so far. */
  #offset = 0;
  #counted = 0;

  constructor(flags: Uint16Array, { columns, range }: RasterView, { length }: TimelineData) {
    this.#flags = flags;
    this.#columns = columns;
    this.#from = range.from;
    this.#perLine = columns / (range.to - range.from);
    // both the turn at the view's first line and the one before it are visible
    this.#firstLine = Math.max(1, Math.floor(range.from));
    this.#lastLine = Math.min(length, Math.ceil(range.to) - 1);
    this.#lines = length;
    this.#changes = new Int32Array(columns + 1);
  }

  /** Adds a lane to the row of cells at `offset`. */
  add({ turns, drawn }: Lane, offset: number): void {
    if (offset !== this.#offset || this.#counted === MOST_COUNTED) this.finish();
    this.#offset = offset;
    if (turns.line.length > 0) {
      this.#counted++;
      this.#turns(turns, offset);
    }
    if (drawn.line.length > 0) this.#marks(drawn, offset);
  }

  #turns({ line: lineColumn, flags: flagColumn }: Lane['turns'], offset: number): void {
    const flags = this.#flags;
    const changes = this.#changes;
    const columns = this.#columns;
    const from = this.#from;
    const perLine = this.#perLine;
    const lastLine = this.#lastLine;
    const count = lineColumn.length;
    const line = lineColumn.values;
    const flagAt = flagColumn.values;
    const lowest = this.#firstLine <= 1 ? 0 : Math.max(0, lineColumn.upTo(this.#firstLine) - 1);
    let now = line[lowest] ?? 0;
    // a turn ends where the next begins
    let begin = (now - from) * perLine;
    for (let at = lowest; at < count && now <= lastLine; at++) {
      const until = at + 1 < count ? (line[at + 1] ?? 0) : this.#lines + 1;
      const end = (until - from) * perLine;
      const flag = flagAt[at] ?? 0;
      if (flag !== 0) {
        const first = begin > 0 ? Math.floor(begin) : 0;
        const last = (end < columns ? Math.ceil(end) : columns) - 1;
        if (first <= last) {
          flags[offset + first] = (flags[offset + first] ?? 0) | flag;
          flags[offset + last] = (flags[offset + last] ?? 0) | flag;
          if (first + 1 < last) {
            const counters = SPREAD[flag] ?? 0;
            changes[first + 1] = (changes[first + 1] ?? 0) + counters;
            changes[last] = (changes[last] ?? 0) - counters;
          }
        }
      }
      begin = end;
      now = until;
    }
  }

  #marks({ line: lineColumn, flag: flagColumn }: Lane['drawn'], offset: number): void {
    const flags = this.#flags;
    const columns = this.#columns;
    const from = this.#from;
    const perLine = this.#perLine;
    const lastLine = this.#lastLine;
    const count = lineColumn.length;
    const line = lineColumn.values;
    const flagAt = flagColumn.values;
    for (let at = this.#firstLine <= 1 ? 0 : lineColumn.upTo(this.#firstLine - 1); at < count; at++) {
      const when = line[at] ?? 0;
      if (when > lastLine) break;
      const column = Math.floor((when - from) * perLine);
      if (column < 0 || column >= columns) continue;
      const place = offset + column;
      flags[place] = (flags[place] ?? 0) | (flagAt[at] ?? 0);
    }
  }

  /** Sums the noted changes of the row. */
  finish(): void {
    if (this.#counted === 0) return;
    const flags = this.#flags;
    const changes = this.#changes;
    let counters = 0;
    let set = 0;
    let place = this.#offset;
    for (let column = 0; column < this.#columns; column++, place++) {
      const change = changes[column] ?? 0;
      if (change !== 0) {
        counters = (counters + change) | 0;
        set = flagsOf(counters);
      }
      if (set !== 0) flags[place] = (flags[place] ?? 0) | set;
    }
    changes.fill(0);
    this.#counted = 0;
  }
}

/** Returns the number of turns and marks in the view, counted up to `most`. */
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
