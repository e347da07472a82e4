// A script in several kernels as one small table: the result of its last line and the vectors after it, with the differing
// rows marked, and the differences as sentences.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { kernelLane } from '../../session/lanes.ts';
import type { Session } from '../../session/session.ts';
import type { WiringRow } from '../wiring/row.ts';
import { Comparing } from './comparing.ts';
import { explain } from './explain.ts';
import { laneLabels } from './labels.ts';
import { compareRow, laneMoment, specialCompareRows, vectorsOfLanes } from './rows.ts';
import { statementText } from './statement.ts';

/** A row of the table. */
export interface KernelTableRow {
  readonly label: string;
  /** The parts of each kernel's cell. */
  readonly cells: readonly (readonly string[])[];
  readonly differs: boolean;
}

/** The table. */
export interface KernelTable {
  /** The names of the kernels. */
  readonly kernels: readonly string[];
  readonly rows: readonly KernelTableRow[];
  /** The differences after the last line, most important first. */
  readonly sentences: readonly string[];
  /** The lines of the script that differ, counted from 1. */
  readonly differing: readonly number[];
}

/** Runs the session's script in these kernels and returns the table after its last line. */
export function kernelTable(session: Session, kernels: readonly GenerationId[]): KernelTable {
  const lanes = kernels.map((id) => kernelLane(id));
  const comparing = new Comparing(lanes, session, null, null);
  const { divergence } = comparing;
  comparing.advance(divergence.length);
  const labels = laneLabels(lanes, null);
  const line = divergence.length;
  const moments = divergence.lanes.map((lane) => laneMoment(lane, { line, step: 'whole' }));
  const results = divergence.lanes.map((lane) => {
    const run = lane.runAt(line);
    if (run === null) return '–';
    return run.errno === null ? `returns ${run.ret}` : `fails: ${run.errno}`;
  });
  const vectors = vectorsOfLanes(moments).map((vector) =>
    compareRow(divergence, moments, vector, line, false),
  );
  const used = [...vectors, ...specialCompareRows(moments)].filter(
    ({ lanes: own, marks }) => marks.word !== '' || own.some((row) => row !== null && row.state !== 'empty'),
  );
  const shown = used.map(
    ({ label, vector, lanes: own, marks }): KernelTableRow => ({
      label: vector === null ? label : `Vector ${label}`,
      cells: own.map(cellText),
      differs: marks.word !== '',
    }),
  );
  const last = {
    label: 'Last line',
    cells: results.map((result) => [result]),
    differs: new Set(results).size > 1,
  };
  return {
    kernels: labels,
    rows: line === 0 ? shown : [last, ...shown],
    sentences: explain(divergence, line, labels).map(statementText),
    differing: divergence.lines,
  };
}

/** Returns for instance `irq 25` and `fd 10, count 0`. The last line's own row shows a failed assignment. */
function cellText(row: WiringRow | null): readonly string[] {
  if (row === null) return ['–'];
  const { irq, eventfd } = row;
  const parts = [
    ...(irq === null ? [] : [[irq.text, irq.word].filter(Boolean).join(' ')]),
    ...(eventfd === null || eventfd.look === 'failed' ? [] : [`${eventfd.text}, count ${eventfd.word}`]),
  ];
  return parts.length === 0 ? ['–'] : parts;
}
