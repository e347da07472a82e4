// The parts of a row of the wiring.

import type { Machine } from '../../machine/machine.ts';
import { eventfdCount, eventfdName } from '../../text/eventfds.ts';

/** State of a vector at a moment. */
export type VectorState = 'empty' | 'cached' | 'attached';

/** The line's effect on it. */
export type VectorChange = 'failed' | 'freed' | 'signalled' | null;

/** Connection of two cells. */
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
  /** Null for INTx, ERR and REQ. */
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

/** Returns the cell of an eventfd object with its counter, or null without an object. */
export function eventfdCell(machine: Machine, ev: number | null): WiringCell | null {
  if (ev === null) return null;
  return {
    text: eventfdName(machine, ev),
    word: String(eventfdCount(machine, ev) ?? ''),
    look: 'attached',
  };
}
