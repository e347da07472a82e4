// The marks above the lanes: the operation of each line while there is room, else the share of
// failed lines. Also the causes of pci_free_irq_vectors.

import { counted } from '../../text/numbers.ts';
import { errnoName } from '../../uapi/errno.ts';
import { LANE_STATES, laneSubject, MARK_KINDS, TEARDOWN_CAUSES, type TimelineData } from './data.ts';
import { OPERATION_KINDS } from './extract.ts';
import { columnOf } from './raster.ts';
import type { TimelineRange } from './viewport.ts';

/** A line's mark above the lanes. */
export interface LineMark {
  readonly line: number;
  /** The kind of operation. */
  readonly op: string;
  readonly errno: string | null;
  readonly ret: number;
  readonly skipped: boolean;
  readonly faults: number;
  /** Number of interrupts raised inside the line. */
  readonly raises: number;
  /** Cause of pci_free_irq_vectors, or null without a call. */
  readonly cause: string | null;
  /** Irqs freed by the call. */
  readonly ended: number;
}

/** A line's mark. */
export function lineMark(data: TimelineData, line: number): LineMark {
  const { op, errno, ret, skipped, faults, raises, teardown, ended } = data.lines;
  const at = line - 1;
  return {
    line,
    op: OPERATION_KINDS[op.at(at)] ?? '',
    errno: errno.at(at) === 0 ? null : errnoName(errno.at(at)),
    ret: ret.at(at),
    skipped: skipped.at(at) === 1,
    faults: faults.at(at),
    raises: raises.at(at),
    cause: teardown.at(at) === 0 ? null : teardownCause(data, line),
    ended: ended.at(at),
  };
}

/** Returns the marks of the lines in a range. */
export function lineMarks(data: TimelineData, { from, to }: TimelineRange): readonly LineMark[] {
  const marks: LineMark[] = [];
  const last = Math.min(data.length, Math.ceil(to) - 1);
  for (let line = Math.max(1, Math.floor(from)); line <= last; line++) marks.push(lineMark(data, line));
  return marks;
}

const FREED = MARK_KINDS.indexOf('freed');
const NONE = LANE_STATES.indexOf('none');
const MODES = { msix: 'MSI-X', msi: 'MSI', intx: 'INTx' } as const;

/** Returns the cause in words. A disable before enabling another mode is a mode change. */
function teardownCause(data: TimelineData, line: number): string {
  const cause = TEARDOWN_CAUSES[data.lines.teardown.at(line - 1)] ?? 'none';
  if (cause !== 'disable') return cause;
  const ended = endedMode(data, line);
  const next = nextMode(data, line);
  return ended !== null && next !== null && next !== ended ? `mode change to ${MODES[next]}` : cause;
}

/** Returns the mode whose lanes the line freed. */
function endedMode(data: TimelineData, line: number): 'msix' | 'msi' | null {
  for (const id of data.laneIds) {
    const { kind } = laneSubject(id);
    const marks = data.lane(id)?.marks;
    if ((kind !== 'msix' && kind !== 'msi') || marks === undefined) continue;
    for (let at = marks.line.upTo(line) - 1; at >= 0 && marks.line.at(at) === line; at--) {
      if (marks.kind.at(at) === FREED) return kind;
    }
  }
  return null;
}

/** Returns the next mode that is enabled after a line, or null. */
function nextMode(data: TimelineData, line: number): keyof typeof MODES | null {
  let soonest = Number.POSITIVE_INFINITY;
  let found: keyof typeof MODES | null = null;
  for (const id of data.laneIds) {
    const { kind } = laneSubject(id);
    const turns = data.lane(id)?.turns;
    if (kind === 'err' || kind === 'req' || turns === undefined) continue;
    let at = turns.line.upTo(line);
    while (at < turns.line.length && turns.state.at(at) === NONE) at++;
    if (at < turns.line.length && turns.line.at(at) < soonest) {
      soonest = turns.line.at(at);
      found = kind;
    }
  }
  return found;
}

/** Lines by column of pixels. */
export interface LineDensity {
  /** Lines that begin in the column. */
  readonly lines: Uint32Array;
  readonly failed: Uint32Array;
  readonly teardowns: Uint32Array;
  readonly faults: Uint32Array;
}

/** Counts the lines of a range by pixel column, from the sums; the cost is that of the columns. */
export function lineDensity(data: TimelineData, { from, to }: TimelineRange, columns: number): LineDensity {
  const density = {
    lines: new Uint32Array(columns),
    failed: new Uint32Array(columns),
    teardowns: new Uint32Array(columns),
    faults: new Uint32Array(columns),
  };
  const perLine = columns / (to - from);
  const last = Math.min(data.length, Math.ceil(to) - 1);
  const failed = data.sums.failed.values;
  const teardowns = data.sums.teardowns.values;
  const faults = data.sums.faults.values;
  // the line before the column
  let before = firstLineIn(0, from, perLine, last) - 1;
  for (let column = 0; column < columns && before < last; column++) {
    const end = firstLineIn(column + 1, from, perLine, last) - 1;
    if (end === before) continue;
    density.lines[column] = end - before;
    density.failed[column] = sumAt(failed, end) - sumAt(failed, before);
    density.teardowns[column] = sumAt(teardowns, end) - sumAt(teardowns, before);
    density.faults[column] = sumAt(faults, end) - sumAt(faults, before);
    before = end;
  }
  return density;
}

/** Returns the first line that begins in a column or after it, at most `last` + 1. */
function firstLineIn(column: number, from: number, perLine: number, last: number): number {
  let line = Math.min(last + 1, Math.max(1, Math.ceil(from + column / perLine)));
  // the division is inexact; the column in which the line is drawn decides
  while (line > 1 && columnOf(line - 1, from, perLine) >= column) line--;
  while (line <= last && columnOf(line, from, perLine) < column) line++;
  return line;
}

/** Returns the sum up to a line, 0 before the first. */
function sumAt(sums: Int32Array, line: number): number {
  return line < 1 ? 0 : (sums[line - 1] ?? 0);
}

/** Returns a description of a call of pci_free_irq_vectors. */
export function ruleWords({ line, ended, cause }: LineMark): string {
  return `line ${line}: pci_free_irq_vectors freed ${counted(ended, 'irq')} (${cause})`;
}
