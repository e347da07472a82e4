// The timeline as columns: for each lane its states and events with their lines; for each
// line its operation and result. A million events are a few typed arrays, so bisection finds a window of any size, and
// drawing creates no object per event. Lines are added and removed at the end.

import { MSIX_VECTORS_MAX } from '../../machine/device.ts';
import { LineColumn, NumberColumn } from './columns.ts';
import { markFlag, turnFlags } from './flags.ts';
import { EventfdNames } from './names.ts';

export { LANE_STATES, type LaneState, MARK_KINDS, type MarkKind } from './kinds.ts';

/** Kinds of lanes, in the order of the screen. */
export const LANE_KINDS = ['msix', 'msi', 'intx', 'err', 'req'] as const;
export type LaneKind = (typeof LANE_KINDS)[number];

/** Most entries of a table (PCI 3.0, 6.8.2.3), so that kind and vector fit one number. */

/** Returns the number of a lane; ascending numbers are in the order of the screen. */
export function laneId(kind: LaneKind, vector = 0): number {
  return LANE_KINDS.indexOf(kind) * MSIX_VECTORS_MAX + vector;
}

/** Returns kind and vector of a lane. `vector` is 0 for kinds with a single slot. */
export function laneSubject(id: number): { readonly kind: LaneKind; readonly vector: number } {
  return { kind: LANE_KINDS[Math.floor(id / MSIX_VECTORS_MAX)] ?? 'msix', vector: id % MSIX_VECTORS_MAX };
}

/** Causes of pci_free_irq_vectors. Columns contain the place in this list. */
export const TEARDOWN_CAUSES = ['none', 'disable', 'release', 'failed enable'] as const;
export type TeardownCause = (typeof TEARDOWN_CAUSES)[number];

/** From its line on, a turn gives the lane's state, irq and eventfd until the next turn. Ascending, at most one per line. */
export interface Turns {
  readonly line: LineColumn;
  /** Place in LANE_STATES. */
  readonly state: NumberColumn;
  /** Linux irq, 0 for none. */
  readonly irq: NumberColumn;
  /** Eventfd object, −1 for none. */
  readonly ev: NumberColumn;
  /** 1 while an interrupt is pending. */
  readonly pending: NumberColumn;
  /** Flags for drawing (flags.ts). */
  readonly flags: NumberColumn;
}

/** Events, ascending by line; within a line in the kernel's order. */
export interface Marks {
  readonly line: LineColumn;
  /** Place in MARK_KINDS. */
  readonly kind: NumberColumn;
  /** Eventfd object, irq, or loss cause, by kind (extract.ts). */
  readonly detail: NumberColumn;
}

/** Drawn marks as flags (flags.ts), ascending by line. */
export interface DrawnMarks {
  readonly line: LineColumn;
  readonly flag: NumberColumn;
}

/** One lane. */
export interface Lane {
  readonly id: number;
  readonly turns: Turns;
  readonly marks: Marks;
  readonly drawn: DrawnMarks;
}

/** Running sums over the lines: index 0 is line 1. */
export interface LineSums {
  /** Lines that failed with an errno. */
  readonly failed: NumberColumn;
  readonly teardowns: NumberColumn;
  /** Lines with injected faults. */
  readonly faults: NumberColumn;
}

/** By line: index 0 is line 1. */
export interface LineColumns {
  /** Place in OPERATION_KINDS (extract.ts). */
  readonly op: NumberColumn;
  /** The errno's number, 0 for none. */
  readonly errno: NumberColumn;
  readonly ret: NumberColumn;
  /** 1: skipped. */
  readonly skipped: NumberColumn;
  /** Number of injected faults. */
  readonly faults: NumberColumn;
  /** Number of interrupts raised inside the line. */
  readonly raises: NumberColumn;
  /** Place in TEARDOWN_CAUSES. */
  readonly teardown: NumberColumn;
  /** Irqs freed by the teardown. */
  readonly ended: NumberColumn;
}

/** Lines in a form that workers can transfer: `from` is the first line, counted from 1. */
export interface TimelineChunk {
  readonly from: number;
  /** LINE_FIELDS numbers per line, in the order of LineColumns. */
  readonly lines: Int32Array;
  /** TURN_FIELDS numbers per turn: lane, line, state, irq, ev, pending. */
  readonly turns: Int32Array;
  /** MARK_FIELDS numbers per mark: lane, line, kind, detail. */
  readonly marks: Int32Array;
  /** Descriptors of eventfds that open or close (names.ts). */
  readonly names: Int32Array;
}

export const LINE_FIELDS = 8;
const TURN_FIELDS = 6;
const MARK_FIELDS = 4;

/** A timeline that grows and shrinks at its end. `version` changes with every change. */
export class TimelineData {
  readonly lines: LineColumns = {
    op: new NumberColumn(),
    errno: new NumberColumn(),
    ret: new NumberColumn(),
    skipped: new NumberColumn(),
    faults: new NumberColumn(),
    raises: new NumberColumn(),
    teardown: new NumberColumn(),
    ended: new NumberColumn(),
  };
  /** Running sums, so that a pixel column with thousands of lines is counted in one step. */
  readonly sums: LineSums = {
    failed: new NumberColumn(),
    teardowns: new NumberColumn(),
    faults: new NumberColumn(),
  };
  /** The names of eventfds. */
  readonly names = new EventfdNames();
  readonly #lanes = new Map<number, Lane>();
  #order: readonly number[] | null = null;
  #version = 0;
  #events = 0;

  /** Changes with every change of the content. */
  get version(): number {
    return this.#version;
  }

  /** Lines so far. */
  get length(): number {
    return this.lines.op.length;
  }

  /** Turns and marks so far. */
  get events(): number {
    return this.#events;
  }

  /**
   * About the memory of the columns in bytes: 11 numbers for a line and 4 for a turn or mark, half of them again as room, and 10
   * for a change of a name.
   * The thousands of columns are not looked at, because that takes longer than drawing.
   */
  get bytes(): number {
    return 1.5 * Int32Array.BYTES_PER_ELEMENT * (11 * this.length + 4 * this.#events + 10 * this.names.count);
  }

  /** Lanes with content, in the order of the screen. */
  get laneIds(): readonly number[] {
    this.#order ??= [...this.#lanes.keys()].sort((a, b) => a - b);
    return this.#order;
  }

  /** Returns a lane, or undefined if it is empty. */
  lane(id: number): Lane | undefined {
    return this.#lanes.get(id);
  }

  /** Adds lines at the end; `chunk.from` must be the next line. */
  append({ from, lines, turns, marks, names }: TimelineChunk): void {
    if (from !== this.length + 1) throw new RangeError(`line ${from} after ${this.length}`);
    const { op, errno, ret, skipped, faults, raises, teardown, ended } = this.lines;
    const columns = [op, errno, ret, skipped, faults, raises, teardown, ended];
    for (let at = 0; at < lines.length; at += LINE_FIELDS) {
      for (let field = 0; field < LINE_FIELDS; field++) columns[field]?.push(lines[at + field] ?? 0);
    }
    addSum(this.sums.failed, errno);
    addSum(this.sums.teardowns, teardown);
    addSum(this.sums.faults, faults);
    for (let at = 0; at < turns.length; at += TURN_FIELDS) {
      const to = this.#laneFor(turns[at] ?? 0).turns;
      to.line.push(turns[at + 1] ?? 0);
      to.state.push(turns[at + 2] ?? 0);
      to.irq.push(turns[at + 3] ?? 0);
      to.ev.push(turns[at + 4] ?? 0);
      to.pending.push(turns[at + 5] ?? 0);
      to.flags.push(turnFlags(turns[at + 2] ?? 0, turns[at + 4] ?? 0, turns[at + 5] ?? 0));
    }
    for (let at = 0; at < marks.length; at += MARK_FIELDS) {
      const { marks: to, drawn } = this.#laneFor(marks[at] ?? 0);
      const line = marks[at + 1] ?? 0;
      const kind = marks[at + 2] ?? 0;
      to.line.push(line);
      to.kind.push(kind);
      to.detail.push(marks[at + 3] ?? 0);
      const flag = markFlag(kind, teardown.at(line - 1));
      if (flag === 0) continue;
      drawn.line.push(line);
      drawn.flag.push(flag);
    }
    this.names.append(names);
    this.#events += turns.length / TURN_FIELDS + marks.length / MARK_FIELDS;
    this.#version++;
  }

  /** Removes every line after the first `length`. */
  truncate(length: number): void {
    if (length >= this.length) return;
    for (const column of Object.values(this.lines)) column.length = length;
    for (const column of Object.values(this.sums)) column.length = length;
    this.names.truncate(length);
    this.#events = 0;
    for (const [id, { turns, marks, drawn }] of this.#lanes) {
      const keptTurns = turns.line.upTo(length);
      for (const column of Object.values(turns)) column.length = keptTurns;
      const keptMarks = marks.line.upTo(length);
      for (const column of Object.values(marks)) column.length = keptMarks;
      const keptDrawn = drawn.line.upTo(length);
      for (const column of Object.values(drawn)) column.length = keptDrawn;
      this.#events += keptTurns + keptMarks;
      if (keptTurns + keptMarks === 0) {
        this.#lanes.delete(id);
        this.#order = null;
      }
    }
    this.#version++;
  }

  #laneFor(id: number): Lane {
    const known = this.#lanes.get(id);
    if (known !== undefined) return known;
    const made: Lane = {
      id,
      turns: {
        line: new LineColumn(),
        state: new NumberColumn(),
        irq: new NumberColumn(),
        ev: new NumberColumn(),
        pending: new NumberColumn(),
        flags: new NumberColumn(),
      },
      marks: { line: new LineColumn(), kind: new NumberColumn(), detail: new NumberColumn() },
      drawn: { line: new LineColumn(), flag: new NumberColumn() },
    };
    this.#lanes.set(id, made);
    this.#order = null;
    return made;
  }
}

/** Continues a running count of the numbers other than 0. */
function addSum(sum: NumberColumn, of: NumberColumn): void {
  let so = sum.at(sum.length - 1);
  for (let at = sum.length; at < of.length; at++) {
    if (of.at(at) !== 0) so++;
    sum.push(so);
  }
}
