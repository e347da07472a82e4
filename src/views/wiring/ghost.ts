// What the wiring would look like after a line that has not been run: the model's run on a copy, row by row beside the
// rows as they are.

import type { Run } from '../../kernel/frame.ts';
import type { Line } from '../../kernel/line.ts';
import { type Replay, replayOfRun } from '../../session/replay.ts';
import { START } from '../../session/session.ts';
import { type Moment, momentAt } from './moment.ts';
import type { WiringRow } from './row.ts';
import { vectorRow } from './rows.ts';
import { rowSentence } from './sentence.ts';
import { specialRows } from './specialRows.ts';

/** A line's effect before it is run. */
export interface Ghost {
  /** The wiring as it is where the line would be run. */
  readonly still: Moment;
  /** The wiring after the line. */
  readonly after: Moment;
}

/** A row that would change, and how in a few words. */
export interface GhostRow {
  readonly row: WiringRow;
  /** For instance `would attach`. */
  readonly word: string;
}

/** The ghost of a line whose run (on a copy) is given. */
export function ghostOf(replayed: Replay, line: Line, run: Run): Ghost {
  // the calls inside it are made when a row asks for them
  const alone = replayOfRun(replayed, line, run);
  return { still: momentAt(alone, START), after: momentAt(alone, { line: 1, step: null }) };
}

/** The row of a vector after the line, or null where the line leaves it as it is. */
export function ghostRow({ still, after }: Ghost, vector: number): GhostRow | null {
  return changed(vectorRow(still, vector), vectorRow(after, vector));
}

/** The rows that are no vectors and would change or appear. */
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
  if (state === 'attached' && was.eventfd?.text !== eventfd?.text) return 'would attach anew';
  if (entry?.masked !== was.entry?.masked)
    return entry?.masked === true ? 'would be masked' : 'would be unmasked';
  if (entry?.pending === true && was.entry?.pending === false) return 'would be pending';
  return 'would change';
}
