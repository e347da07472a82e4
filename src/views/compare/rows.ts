// The wirings of several lanes with aligned rows: one row per vector, and the cells in which lanes differ.

import { BIT } from '../../session/differenceKinds.ts';
import { vectorBits } from '../../session/differences.ts';
import { type Divergence, renewedVectors } from '../../session/divergence.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import type { KernelStep } from '../../session/steps.ts';
import { type Place, placesOf, type VectorRange } from '../wiring/folds.ts';
import { failedAssignments, type Moment } from '../wiring/moment.ts';
import type { WiringRow } from '../wiring/row.ts';
import { vectorCount, vectorRow, vectorsInUse } from '../wiring/rows.ts';
import { specialRows } from '../wiring/specialRows.ts';

/** A place in a lane: after a line, before its first call, or at one of its calls. */
export interface LanePlace {
  readonly line: number;
  readonly step: KernelStep | 'before' | 'whole';
}

/** Returns the state for a lane's wiring. A recording has no states inside a line, so there it is the state after the line. */
export function laneMoment(lane: LaneRuns, { line, step }: LanePlace): Moment {
  const frames = lane.framesOf(line);
  const before = lane.machineAfter(Math.max(0, line - 1));
  if (step === 'before' && !lane.recorded)
    return { now: before, before, happenings: [], failures: new Map() };
  if (step === 'whole' || step === 'before' || lane.recorded) {
    const happenings = line > 0 ? (lane.runAt(line)?.happenings ?? []) : [];
    return { now: lane.machineAfter(line), before, happenings, failures: failedAssignments(frames, null) };
  }
  const frame = frames[step.frame];
  const now = (step.at === 'entry' ? frame?.before : frame?.after) ?? lane.machineAfter(line);
  return { now, before, happenings: [], failures: failedAssignments(frames, step) };
}

/** The cells of a row that differ between the lanes. */
export interface RowMarks {
  readonly eventfd: boolean;
  readonly irq: boolean;
  readonly entry: boolean;
  /** The difference as a word, for instance `allocated`; empty without one. */
  readonly word: string;
}

/** One vector in every lane. */
export interface CompareRow {
  readonly label: string;
  readonly vector: number | null;
  readonly lanes: readonly (WiringRow | null)[];
  readonly marks: RowMarks;
}

const EQUAL: RowMarks = { eventfd: false, irq: false, entry: false, word: '' };
/** Returns the vectors in use in any lane, ascending. */
export function vectorsOfLanes(moments: readonly Moment[]): readonly number[] {
  return [...new Set(moments.flatMap((moment) => vectorsInUse(moment)))].sort((a, b) => a - b);
}

/** Returns the places of the vectors of all lanes; `ever` are the vectors that a lane uses at any line. */
export function comparedPlaces(
  moments: readonly Moment[],
  ever: ReadonlySet<number>,
  opened: readonly VectorRange[],
): readonly Place[] {
  const total = Math.max(0, ...moments.map(({ now }) => vectorCount(now)));
  const used = new Set([...ever, ...vectorsOfLanes(moments)]);
  return placesOf(
    total,
    [...used].sort((a, b) => a - b),
    opened,
  );
}

/** Returns the row of one vector. */
export function compareRow(
  divergence: Divergence,
  moments: readonly Moment[],
  vector: number,
  line: number,
  inside: boolean,
): CompareRow {
  const machines = moments.map(({ now }) => now);
  let bits = vectorBits(divergence.lanes, machines, vector, divergence.terms);
  if (!inside && renewedVectors(divergence.lanes, line, machines).includes(vector)) bits |= BIT.identity;
  const rows = moments.map((moment) => vectorRow(moment, vector));
  const failed =
    new Set(rows.map(({ eventfd }) => (eventfd?.look === 'failed' ? eventfd.word : ''))).size > 1;
  const counters = new Set(rows.map(({ eventfd }) => (eventfd?.look === 'attached' ? eventfd.word : null)));
  counters.delete(null);
  return {
    label: String(vector),
    vector,
    lanes: rows,
    marks: {
      eventfd: (bits & BIT.attached) !== 0 || failed || counters.size > 1,
      irq:
        (bits & (BIT.allocated | BIT.identity)) !== 0 || rows.some(({ state }) => state !== rows[0]?.state),
      entry: (bits & BIT.entry) !== 0,
      word: wordOf(bits, failed, counters.size > 1),
    },
  };
}

function wordOf(bits: number, failed: boolean, counts: boolean): string {
  if ((bits & BIT.allocated) !== 0) return 'allocated';
  if ((bits & BIT.attached) !== 0) return 'attached';
  if ((bits & BIT.identity) !== 0) return 'which irq';
  if (counts) return 'signals';
  if ((bits & BIT.entry) !== 0) return 'entry';
  return failed ? 'errno' : '';
}

/** Returns the rows of the pin, ERR and REQ, if a lane has them. */
export function specialCompareRows(moments: readonly Moment[]): readonly CompareRow[] {
  const lanes = moments.map((moment) => specialRows(moment));
  return ['INTx', 'ERR', 'REQ'].flatMap((label): readonly CompareRow[] => {
    const rows = lanes.map((own) => own.find((row) => row.label === label) ?? null);
    if (rows.every((row) => row === null)) return [];
    const text = (pick: (row: WiringRow | null) => string) => new Set(rows.map(pick)).size > 1;
    const marks: RowMarks = {
      eventfd: text((row) => `${row?.eventfd?.text} ${row?.eventfd?.word}`),
      irq: text((row) => `${row?.irq?.text} ${row?.irq?.word}`),
      entry: text((row) => `${row?.entry?.text} ${row?.entry?.word}`),
      word: '',
    };
    const differs = marks.eventfd || marks.irq || marks.entry;
    return [{ label, vector: null, lanes: rows, marks: differs ? { ...marks, word: 'attached' } : EQUAL }];
  });
}

/** Returns a row in words, for screen readers. */
export function compareRowSentence(
  { label, vector, lanes, marks }: CompareRow,
  labels: readonly string[],
): string {
  const name = vector === null ? label : `Vector ${label}`;
  const parts = lanes.map((row, at) => {
    if (row === null) return `${labels[at]}: none`;
    const { eventfd, irq, state } = row;
    const words = [
      state,
      irq === null ? '' : irq.text,
      eventfd === null ? '' : `${eventfd.text} ${eventfd.word}`,
    ];
    return `${labels[at]}: ${words.filter(Boolean).join(', ')}`;
  });
  return `${name}${marks.word === '' ? '' : `, differs: ${marks.word}`}. ${parts.join('; ')}`;
}
