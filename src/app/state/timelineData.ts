// The columns of the current session's timeline. An edit takes back what no longer holds and adds what is new.

import { type Replay, runAt } from '../../session/replay.ts';
import { TimelineData } from '../../views/timeline/data.ts';
import { TimelineWriter } from '../../views/timeline/extract.ts';

let shown: { readonly replayed: Replay; readonly data: TimelineData } | null = null;

/** The timeline of a replay. It is changed in place by the next one; its `version` says so. */
export function timelineDataOf(replayed: Replay): TimelineData {
  if (shown?.replayed === replayed) return shown.data;
  const data = shown?.data ?? new TimelineData();
  data.truncate(shown === null ? 0 : commonLength(shown.replayed, replayed));
  const writer = new TimelineWriter(data.length + 1);
  for (let line = data.length + 1; line <= replayed.script.length; line++) {
    const entry = replayed.script[line - 1];
    if (entry !== undefined) writer.add(entry, runAt(replayed, line));
  }
  data.append(writer.chunk());
  shown = { replayed, data };
  return data;
}

function commonLength(a: Replay, b: Replay): number {
  if (a.setup !== b.setup || a.generation !== b.generation) return 0;
  let length = 0;
  for (; length < a.script.length; length++) {
    const [one, other] = [a.script[length], b.script[length]];
    if (one?.line !== other?.line || one?.disabled !== other?.disabled) break;
  }
  return length;
}
