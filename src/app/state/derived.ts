// What follows from the session, remembered for as long as it holds.

import { isLong, type Replay, reach, replay } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';

/** So many replays are kept: undo, redo and the comparison with what was before an edit find theirs again. */
const KEPT = 4;

let kept: readonly Replay[] = [];

/** Of these no more than so many long ones. */
const KEPT_LONG = 2;

/**
 * The replay of a session. The one made before lends it the runs of the common beginning. Of a long script the place that
 * is looked at is worked out at once where it is near.
 */
export function replayOf(session: Session): Replay {
  const known = kept.find(
    ({ script, setup, generation }) =>
      script === session.script && setup === session.setup && generation.id === session.generation,
  );
  const made = known ?? replay(session, kept[0] ?? null);
  if (made !== kept[0]) {
    const others = kept.filter((one) => one !== made);
    const long = others.filter(isLong).slice(0, KEPT_LONG - (isLong(made) ? 1 : 0));
    kept = [made, ...others.filter((one) => !isLong(one) || long.includes(one))].slice(0, KEPT);
  }
  reach(made, session.cursor.line);
  return made;
}
