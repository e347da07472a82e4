// The replay and the moment at the cursor, for the panes.

import { useMemo } from 'react';
import type { Replay } from '../../session/replay.ts';
import { type Moment, momentAt } from '../../views/wiring/moment.ts';
import { replayOf } from './derived.ts';
import { useSession } from './lab.ts';

/** The replay of the current session. */
export function useReplay(): Replay {
  return replayOf(useSession());
}

/** The moment at the cursor. */
export function useMoment(): Moment {
  const replayed = useReplay();
  const { cursor } = useSession();
  return useMemo(() => momentAt(replayed, cursor), [replayed, cursor]);
}
