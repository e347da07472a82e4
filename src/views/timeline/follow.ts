// Updates the columns from one replay to the next; the common beginning is kept.

import { commonRuns, isLong, type Replay, runAt } from '../../session/replay.ts';
import type { TimelineData } from './data.ts';
import { TimelineWriter } from './extract.ts';

/**
 * Updates `data` from one replay (null: empty) to another. The cost is that of the lines after the common beginning; lines
 * of a long script are added by the worker that computes them.
 */
export function followReplay(data: TimelineData, shown: Replay | null, replayed: Replay): void {
  data.truncate(shown === null ? 0 : commonRuns(shown, replayed));
  if (isLong(replayed) || data.length === replayed.script.length) return;
  const writer = new TimelineWriter(data.length + 1);
  for (const [at, entry] of replayed.script.slice(data.length).entries())
    writer.add(entry, runAt(replayed, data.length + at + 1));
  data.append(writer.chunk());
}
