// A tree over the values of cells: a node reads one cell, and the cell's value chooses the child.

import { Ints } from './ints.ts';

/** Nodes and their children. A child is a node, −1 − (number of a leaf), or 0 for an unknown value. */
export class ValueTree {
  readonly cell = new Ints();
  /** By node: index of its first child in `children`, and number of children. */
  readonly first = new Ints();
  readonly room = new Ints();
  readonly children = new Ints();

  constructor() {
    this.node(0); // node 0 means "unknown"
  }

  /** Adds a node that reads a cell. */
  node(cell: number): number {
    this.first.push(0);
    this.room.push(0);
    return this.cell.push(cell);
  }

  /** Returns the child of a node for a value; 0 if it is unknown. */
  child(node: number, value: number): number {
    if (value >= (this.room.data[node] ?? 0)) return 0;
    return this.children.data[(this.first.data[node] ?? 0) + value] ?? 0;
  }

  /** Returns the index in `children` of a node's child for a value, after making room for it. */
  slot(node: number, value: number): number {
    const room = this.room.data[node] ?? 0;
    if (value >= room) {
      const wider = Math.max(8, 2 ** Math.ceil(Math.log2(value + 1)));
      const from = this.first.data[node] ?? 0;
      const to = this.children.extend(wider);
      this.children.data.copyWithin(to, from, from + room);
      this.first.data[node] = to;
      this.room.data[node] = wider;
    }
    return (this.first.data[node] ?? 0) + value;
  }

  /** Memory in bytes. */
  get bytes(): number {
    return this.cell.bytes + this.first.bytes + this.room.bytes + this.children.bytes;
  }
}
