// The replays of sessions, kept for reuse.

import { isLong, type Replay, reach, replay } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';
import { type App, local } from './app.ts';

/** Kept replays: undo, redo and the comparison with the state before an edit reuse them. */
const KEPT = 4;

/** The values of an app that no pane shows. */
interface Held {
  kept: readonly Replay[];
}

const held = local<Held>(() => ({
  kept: [],
}));

/** Most long replays among them. */
const KEPT_LONG = 2;

/**
 * Returns the replay of a session. It reuses the runs of the common beginning from the replay before. In a long script it
 * computes the cursor's line at once if that is near a computed one.
 */
export function replayOf(app: App, session: Session): Replay {
  const my = app.local(held);
  const known = my.kept.find(
    ({ script, setup, generation }) =>
      script === session.script && setup === session.setup && generation.id === session.generation,
  );
  const made = known ?? replay(session, my.kept[0] ?? null);
  if (made !== my.kept[0]) {
    const others = my.kept.filter((one) => one !== made);
    const long = others.filter(isLong).slice(0, KEPT_LONG - (isLong(made) ? 1 : 0));
    my.kept = [made, ...others.filter((one) => !isLong(one) || long.includes(one))].slice(0, KEPT);
  }
  reach(made, session.cursor.line);
  return made;
}
