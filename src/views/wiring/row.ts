// What a row of the wiring is made of.

import type { Machine } from '../../machine/machine.ts';
import { eventfdCount, eventfdName } from './eventfds.ts';

/** What a vector is at a moment. */
export type VectorState = 'empty' | 'cached' | 'attached';

/** What just happened to it. */
export type VectorChange = 'failed' | 'freed' | 'signalled' | null;

/** How two cells hang together. */
export type Wire = 'none' | 'solid' | 'dotted' | 'broken';

/** A cell: its main text, a word beside it, and its look. */
export interface WiringCell {
  readonly text: string;
  readonly word: string;
  readonly look: 'plain' | 'attached' | 'cached' | 'freed' | 'failed' | 'empty';
}

/** The table entry's cell with its two bits. */
export interface EntryCell extends WiringCell {
  readonly masked: boolean | null;
  readonly pending: boolean;
}

/** One row, from userspace to hardware. */
export interface WiringRow {
  /** `0`, `INTx`, `ERR` … */
  readonly label: string;
  /** Null for the rows that are no vectors. */
  readonly vector: number | null;
  readonly state: VectorState;
  readonly change: VectorChange;
  readonly eventfd: WiringCell | null;
  readonly ctx: WiringCell | null;
  readonly irq: WiringCell | null;
  readonly entry: EntryCell | null;
  /** Wires from left to right: eventfd–ctx, ctx–irq, irq–entry. */
  readonly wires: readonly [Wire, Wire, Wire];
}

/** The cell of an eventfd object with its counter, or null for no object. */
export function eventfdCell(machine: Machine, ev: number | null): WiringCell | null {
  if (ev === null) return null;
  return {
    text: eventfdName(machine, ev),
    word: String(eventfdCount(machine, ev) ?? ''),
    look: 'attached',
  };
}
