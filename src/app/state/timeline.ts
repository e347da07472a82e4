// The timeline of the script that is shown. After an edit the lines in common stay; a short script's further lines are added
// at once, those of a long one as they are worked out (engine.ts).

import { isLong, type Replay } from '../../session/replay.ts';
import { type TimelineChunk, TimelineData } from '../../views/timeline/data.ts';
import { followReplay } from '../../views/timeline/follow.ts';
import { useReplay } from './useMoment.ts';
import { useWorking } from './working.ts';

const data = new TimelineData();
let owner: Replay | null = null;

/** The timeline of a replay. There is one: asked for another replay it becomes the timeline of that. */
export function timelineFor(replayed: Replay): TimelineData {
  if (owner !== replayed) followReplay(data, owner, replayed);
  owner = replayed;
  return data;
}

/** Adds lines of a long script that follow those that are there; others are not taken. */
export function appendTimeline(replayed: Replay, chunk: TimelineChunk): void {
  if (owner === replayed && chunk.from === data.length + 1) data.append(chunk);
}

/** The timeline for the panes; `version` changes with its content. */
export function useTimeline(): { readonly data: TimelineData; readonly version: number } {
  const replayed = useReplay();
  useWorking(() => (isLong(replayed) ? data.version : 0));
  const shown = timelineFor(replayed);
  return { data: shown, version: shown.version };
}
