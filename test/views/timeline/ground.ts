// A timeline from a script in the notation, for tests.
import type { GenerationId } from '../../../src/kernel/generations/generation.ts';
import { type Replay, runAt } from '../../../src/session/replay.ts';
import { TimelineData } from '../../../src/views/timeline/data.ts';
import { openedAs } from '../../../src/views/timeline/eventfds.ts';
import { TimelineWriter } from '../../../src/views/timeline/extract.ts';
import { replayOf } from '../sessionOf.ts';

/** The columns of a replay. */
export function dataOf(replayed: Replay): TimelineData {
  const writer = new TimelineWriter(1);
  for (const [at, entry] of replayed.script.entries()) writer.add(entry, runAt(replayed, at + 1));
  const data = new TimelineData();
  data.append(writer.chunk());
  return data;
}

/** Returns the data for a search or a picture of a script. */
export function groundOf(text: string, generation: GenerationId = 'dynamic', device = 'nvme') {
  const replayed = replayOf(text, generation, device);
  const data = dataOf(replayed);
  return { replayed, data, script: replayed.script, fds: openedAs(data, replayed.script) };
}
