// The columns follow the replays: what two of them have in common at the beginning is kept.

import { type Replay, runAt } from '../../session/replay.ts';
import type { TimelineData } from './data.ts';
import { TimelineWriter } from './extract.ts';

/** Brings `data` from one replay (null: it is empty) to another. It costs the lines behind what both have in common. */
export function followReplay(data: TimelineData, shown: Replay | null, replayed: Replay): void {
  data.truncate(shown === null ? 0 : commonLines(shown, replayed, data.length));
  const writer = new TimelineWriter(data.length + 1);
  for (const [at, entry] of replayed.script.slice(data.length).entries())
    writer.add(entry, runAt(replayed, data.length + at + 1));
  data.append(writer.chunk());
}

/** Lines at the beginning that are the same and did the same. A line that is left out still shows its operation. */
function commonLines(a: Replay, b: Replay, most: number): number {
  const end = Math.min(a.script.length, b.script.length, most);
  let line = 0;
  while (
    line < end &&
    a.script[line]?.line === b.script[line]?.line &&
    runAt(a, line + 1) === runAt(b, line + 1)
  )
    line++;
  return line;
}
