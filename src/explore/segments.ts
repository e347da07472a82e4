// Remembers parts of lines. Where a run has settled (kernel.ts), the machine, the mode at its start and the vector decide the rest.
// So a line consists of segments, from its start or a settled point to the next one or the end, and each segment has a tree over
// the values that it reads from the machine at its beginning. A line whose segments are all known needs no run of the model, even
// for values that never occurred together.

import { Ints } from './ints.ts';
import { ValueTree } from './valueTree.ts';

/** A part of a run. */
export interface Segment {
  /** The cells that it reads, in order, with their values at its beginning and its end. */
  readonly cells: readonly number[];
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** The settled point at its end, as text; null at the end of the line. */
  readonly place: string | null;
}

/** The effect of a line, composed of its segments. */
export interface Composed {
  /** Values of the cells after the line. */
  readonly after: Int32Array;
  /** The cells that it reads, in order. */
  readonly cells: readonly number[];
  /** By number of cells read so far: the settled point there, with the values of these cells, as text. */
  readonly settled: ReadonlyMap<number, string>;
  readonly bits: number;
  readonly seen: number;
}

/** Returns the effect of a run with these segments in the state `row`. */
export function composed(
  row: Int32Array,
  segments: readonly Segment[],
  bits: number,
  seen: number,
): Composed {
  const after = row.slice();
  const cells: number[] = [];
  const settled = new Map<number, string>();
  for (const segment of segments) {
    for (const [at, cell] of segment.cells.entries()) {
      if (!cells.includes(cell)) cells.push(cell);
      after[cell] = segment.to[at] ?? 0;
    }
    if (segment.place !== null) settled.set(cells.length, settledText(segment.place, cells, after));
  }
  return { after, cells, settled, bits, seen };
}

function settledText(place: string, cells: readonly number[], after: Int32Array): string {
  let text = place;
  for (const cell of [...cells].sort((a, b) => a - b)) text += ` ${cell} ${after[cell] ?? 0}`;
  return text;
}

/** Most memory for segments, in bytes; beyond it no new ones are added. */
const MOST = 2 ** 24;

/** The segments of the lines of an alphabet. */
export class Segments {
  readonly #tree = new ValueTree();
  /** Roots by line and by settled point; 0 for an unknown one. */
  readonly #starts: Int32Array;
  readonly #roots = new Map<string, number>();

  // by segment
  readonly #first = new Ints();
  readonly #length = new Ints();
  /** Its settled point, or −1 at the end of the line. */
  readonly #place = new Ints();
  readonly #bits = new Ints();
  readonly #seen = new Ints();
  /** Pairs of cell and new value. */
  readonly #changes = new Ints();

  readonly #places: string[] = [];
  readonly #placeRoots: number[] = [];

  constructor(lines: number) {
    this.#starts = new Int32Array(lines);
  }

  /** Returns the effect of a line in the state `row`; null if one of its segments is unknown. */
  compose(row: Int32Array, line: number): Composed | null {
    const tree = this.#tree;
    let node = this.#starts[line] ?? 0;
    if (node === 0) return null;
    const after = row.slice();
    const cells: number[] = [];
    const settled = new Map<number, string>();
    for (;;) {
      for (;;) {
        const cell = tree.cell.data[node] ?? 0;
        if (!cells.includes(cell)) cells.push(cell);
        node = tree.child(node, after[cell] ?? 0);
        if (node === 0) return null;
        if (node < 0) break;
      }
      const segment = -1 - node;
      const first = this.#first.data[segment] ?? 0;
      const end = first + 2 * (this.#length.data[segment] ?? 0);
      for (let at = first; at < end; at += 2) {
        after[this.#changes.data[at] ?? 0] = this.#changes.data[at + 1] ?? 0;
      }
      const place = this.#place.data[segment] ?? 0;
      if (place < 0) {
        const [bits, seen] = [this.#bits.data[segment] ?? 0, this.#seen.data[segment] ?? 0];
        return { after, cells, settled, bits, seen };
      }
      settled.set(cells.length, settledText(this.#places[place] ?? '', cells, after));
      node = this.#placeRoots[place] ?? 0;
    }
  }

  /** Adds the segments of a run, which all read at least one cell. */
  add(line: number, segments: readonly Segment[], bits: number, seen: number): void {
    if (this.bytes > MOST) return;
    let root = this.#starts[line] ?? 0;
    if (root === 0) {
      root = this.#tree.node(segments[0]?.cells[0] ?? 0);
      this.#starts[line] = root;
    }
    segments.forEach((segment, at) => {
      const place =
        segment.place === null ? -1 : this.#placeOf(segment.place, segments[at + 1]?.cells[0] ?? 0);
      this.#insert(root, segment, place, bits, seen);
      root = this.#placeRoots[place] ?? 0;
    });
  }

  /** Memory in bytes. */
  get bytes(): number {
    const tables = [this.#first, this.#length, this.#place, this.#bits, this.#seen, this.#changes];
    return tables.reduce((sum, { bytes }) => sum + bytes, this.#tree.bytes);
  }

  /** Returns the number of a settled point after which a run first reads `cell`. */
  #placeOf(text: string, cell: number): number {
    const known = this.#roots.get(text);
    if (known !== undefined) return known;
    const place = this.#places.push(text) - 1;
    this.#placeRoots.push(this.#tree.node(cell));
    this.#roots.set(text, place);
    return place;
  }

  #insert(root: number, { cells, from, to }: Segment, place: number, bits: number, seen: number): void {
    const tree = this.#tree;
    let node = root;
    for (const [at, cell] of cells.entries()) {
      if (tree.cell.data[node] !== cell) {
        throw new Error('two runs settled alike, read the same values and then different cells');
      }
      const slot = tree.slot(node, from[at] ?? 0);
      const next = cells[at + 1];
      const child = tree.children.data[slot] ?? 0;
      if (child !== 0) {
        if (child < 0 !== (next === undefined))
          throw new Error('two runs settled alike and read differently');
        if (child < 0) this.#agree(-1 - child, cells, from, to, place, seen);
        node = child;
        continue;
      }
      node = next === undefined ? -1 - this.#leaf(cells, from, to, place, bits, seen) : tree.node(next);
      tree.children.data[slot] = node;
    }
  }

  #leaf(
    cells: readonly number[],
    from: readonly number[],
    to: readonly number[],
    place: number,
    bits: number,
    seen: number,
  ): number {
    const first = this.#changes.length;
    for (const [at, cell] of cells.entries()) {
      if (from[at] === to[at]) continue;
      this.#changes.push(cell);
      this.#changes.push(to[at] ?? 0);
    }
    this.#first.push(first);
    this.#length.push((this.#changes.length - first) / 2);
    this.#place.push(place);
    this.#bits.push(bits);
    return this.#seen.push(seen);
  }

  /** Throws unless a known segment has the effect of this one. */
  #agree(
    segment: number,
    cells: readonly number[],
    from: readonly number[],
    to: readonly number[],
    place: number,
    seen: number,
  ): void {
    const after = new Map(cells.map((cell, at) => [cell, from[at]]));
    const first = this.#first.data[segment] ?? 0;
    for (let at = first; at < first + 2 * (this.#length.data[segment] ?? 0); at += 2) {
      after.set(this.#changes.data[at] ?? 0, this.#changes.data[at + 1]);
    }
    const sameEnd = this.#place.data[segment] === place && (place >= 0 || this.#seen.data[segment] === seen);
    if (sameEnd && cells.every((cell, at) => after.get(cell) === to[at])) return;
    throw new Error('two runs settled alike and ended differently');
  }
}
