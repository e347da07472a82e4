// What follows from the session, remembered for as long as it holds.

import { type Replay, replay } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';

/** So many replays are kept: undo, redo and the comparison with what was before an edit find theirs again. */
const KEPT = 4;

let kept: readonly Replay[] = [];

/** The replay of a session. The one made before lends it the runs of the common beginning. */
export function replayOf(session: Session): Replay {
  const known = kept.find(
    ({ script, setup, generation }) =>
      script === session.script && setup === session.setup && generation.id === session.generation,
  );
  if (known !== undefined && known === kept[0]) return known;
  const made = known ?? replay(session, kept[0] ?? null);
  kept = [made, ...kept.filter((one) => one !== made)].slice(0, KEPT);
  return made;
}
