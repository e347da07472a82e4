// The columns follow the replays: what two of them have in common at the beginning is kept.

import { commonRuns, isLong, type Replay, runAt } from '../../session/replay.ts';
import type { TimelineData } from './data.ts';
import { TimelineWriter } from './extract.ts';

/**
 * Brings `data` from one replay (null: it is empty) to another. It costs the lines behind what both have in common; those of
 * a long script are added by who works them out.
 */
export function followReplay(data: TimelineData, shown: Replay | null, replayed: Replay): void {
  data.truncate(shown === null ? 0 : commonRuns(shown, replayed));
  if (isLong(replayed) || data.length === replayed.script.length) return;
  const writer = new TimelineWriter(data.length + 1);
  for (const [at, entry] of replayed.script.slice(data.length).entries())
    writer.add(entry, runAt(replayed, data.length + at + 1));
  data.append(writer.chunk());
}
