// The preview of a line that has not run: the model's run on a copy, compared row by row with the
// current rows.

import type { Run } from '../../kernel/frame.ts';
import type { Line } from '../../kernel/line.ts';
import { type Replay, replayOfRun } from '../../session/replay.ts';
import { START } from '../../session/session.ts';
import type { VectorRange } from './folds.ts';
import { type Moment, momentAt } from './moment.ts';
import type { WiringRow } from './row.ts';
import { vectorRow, vectorsInUse } from './rows.ts';
import { rowSentence } from './sentence.ts';
import { specialRows } from './specialRows.ts';

/** A line's effect before it is run. */
export interface Ghost {
  /** The wiring before the line. */
  readonly still: Moment;
  /** The wiring after the line. */
  readonly after: Moment;
}

/** A row that would change, with the change in a few words. */
export interface GhostRow {
  readonly row: WiringRow;
  /** For instance `would attach`. */
  readonly word: string;
}

/** Returns the preview of a line from its run on a copy. */
export function ghostOf(replayed: Replay, line: Line, run: Run): Ghost {
  // its calls are computed on first use
  const alone = replayOfRun(replayed, line, run);
  return { still: momentAt(alone, START), after: momentAt(alone, { line: 1, step: null }) };
}

/** Returns the row of a vector after the line, or null if it is unchanged. */
export function ghostRow({ still, after }: Ghost, vector: number): GhostRow | null {
  return changed(vectorRow(still, vector), vectorRow(after, vector));
}

/** Returns the rows of unused vectors of a range that would change. */
export function ghostsWithin(ghost: Ghost, { from, to }: VectorRange): readonly GhostRow[] {
  return vectorsInUse(ghost.after).flatMap((vector) =>
    vector >= from && vector <= to ? (ghostRow(ghost, vector) ?? []) : [],
  );
}

/** Returns the INTx, ERR and REQ rows that would change or appear. */
export function ghostSpecialRows({ still, after }: Ghost): readonly GhostRow[] {
  const were = new Map(specialRows(still).map((row) => [row.label, row]));
  return specialRows(after).flatMap((row) => {
    const was = were.get(row.label);
    if (was === undefined) return [{ row, word: 'would be set' }];
    return changed(was, row) ?? [];
  });
}

function changed(was: WiringRow, row: WiringRow): GhostRow | null {
  if (row.change === null && rowSentence(was) === rowSentence(row)) return null;
  return { row, word: wordOf(was, row) };
}

function wordOf(was: WiringRow, { state, change, eventfd, irq, entry }: WiringRow): string {
  if (change === 'failed') {
    const left = state === 'cached' ? ', irq stays cached' : irq?.look === 'freed' ? ', irq freed' : '';
    return `would fail${left}`;
  }
  if (change === 'freed') return 'would be freed';
  if (state === 'attached' && was.state !== 'attached') return 'would attach';
  if (state === 'cached' && was.state === 'attached') return 'would detach, irq stays cached';
  if (state === 'cached' && was.state === 'empty') return 'would be allocated';
  if (change === 'signalled') return 'would be signalled';
  if (state === 'attached' && was.eventfd?.text !== eventfd?.text) return 'would attach to another eventfd';
  if (entry?.masked !== was.entry?.masked)
    return entry?.masked === true ? 'would be masked' : 'would be unmasked';
  if (entry?.pending === true && was.entry?.pending === false) return 'would be pending';
  return 'would change';
}
