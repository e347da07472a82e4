// The timeline of the current script. An edit keeps the common lines. Further lines are added at once for a short script, and
// during the replay for a long one (engine/following.ts).

import { useRef } from 'react';
import { isLong, type Replay } from '../../session/replay.ts';
import { type TimelineChunk, TimelineData } from '../../views/timeline/data.ts';
import { followReplay } from '../../views/timeline/follow.ts';
import { type App, local } from './app.ts';
import { useApp, useSlice } from './appContext.ts';
import { useReplay } from './useMoment.ts';
import { workingSlice } from './working.ts';

/** The values of an app that no pane shows. */
interface Held {
  readonly data: TimelineData;
  owner: Replay | null;
}

const held = local<Held>(() => ({
  data: new TimelineData(),
  owner: null,
}));

/** Returns the timeline of a replay. There is one object: another replay rewrites it. */
export function timelineFor(app: App, replayed: Replay): TimelineData {
  const my = app.local(held);
  if (my.owner !== replayed) followReplay(my.data, my.owner, replayed);
  my.owner = replayed;
  return my.data;
}

/** Adds the next lines of a long script; a piece that does not follow the last line is ignored. */
export function appendTimeline(app: App, replayed: Replay, chunk: TimelineChunk): void {
  const my = app.local(held);
  if (my.owner === replayed && chunk.from === my.data.length + 1) my.data.append(chunk);
}

/**
 * The timeline for the panes; `version` changes with its content. Lines of a long script count from the next update of the panes on,
 * so that a movement between two updates draws only what moves.
 */
export function useTimeline(): { readonly data: TimelineData; readonly version: number } {
  const app = useApp();
  const replayed = useReplay();
  const told = useSlice(workingSlice, ({ version }) => (isLong(replayed) ? version : 0));
  const data = timelineFor(app, replayed);
  const seen = useRef({ replayed, told, version: data.version });
  if (!isLong(replayed) || seen.current.replayed !== replayed || seen.current.told !== told)
    seen.current = { replayed, told, version: data.version };
  return { data, version: seen.current.version };
}
