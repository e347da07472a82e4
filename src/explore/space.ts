// The states of a search over one kernel or two, as the search sees them: numbered in the order of discovery.

import type { Line } from '../kernel/line.ts';
import type { Globals } from './state.ts';

/** Values of the cells of one kernel, each with the next number. Other workers number the same values otherwise. */
export interface CellValues {
  readonly globals: readonly Globals[];
  /** Codes of vector states (`vectorCode`). */
  readonly vectors: readonly number[];
}

/** The states of a search. State 0 is the start. */
export interface Space {
  /** Number of states. */
  readonly size: number;
  /** Memory in bytes. */
  readonly bytes: number;
  /** The number of the state after the last line; negative for a new one. */
  readonly to: number;
  /** Work of finding unknown effects, in units of a known one (effects.ts); the search sets it to 0. */
  work: number;

  /** Makes a state the present one. */
  enter(state: number): void;
  /** Tries a line on the present state and sets `to`. Returns whether this step is the find of the question. */
  go(line: number): boolean;
  /** Adds the new state after the last line. */
  add(): void;
  /** Returns the effect of the last line of a found script as a sentence. */
  found(script: readonly Line[]): string;

  /** Length of a row, which has the cells of each kernel's state. */
  readonly columns: number;
  /** Copies the row of a state into `row`. */
  copy(state: number, row: Int32Array): void;
  /** Copies the row of the state after the last line. */
  copyLast(row: Int32Array): void;
  /** Returns the number of the state with that row; negative for an unknown one. */
  find(row: Int32Array): number;
  /** Adds a state; `missing` is the result of the preceding `find` of its row. */
  addRow(row: Int32Array, missing: number): void;
  /** Returns the values of each kernel that are new since the last call. */
  newValues(): readonly CellValues[];
  /** Returns the numbers that values of a kernel have in this worker. */
  numbersOf(
    kernel: number,
    values: CellValues,
  ): { readonly globals: Int32Array; readonly vectors: Int32Array };
  /** By kernel: `count` cells in a row, of which the first has the globals and the next ones the vectors. */
  readonly cells: readonly { readonly vectors: number; readonly count: number }[];
}
