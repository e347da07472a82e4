// What follows from the session, remembered for as long as it holds.

import { type Replay, replay } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';

let last: Replay | null = null;

/** The replay of a session. The one made before lends it the runs of the common beginning. */
export function replayOf(session: Session): Replay {
  last = replay(session, last);
  return last;
}
