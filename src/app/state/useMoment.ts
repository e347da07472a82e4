// The replay and the moment at the cursor, for the panes.

import { useMemo } from 'react';
import { knownLines, type Replay } from '../../session/replay.ts';
import { type Moment, momentAt } from '../../views/wiring/moment.ts';
import { replayOf } from './derived.ts';
import { useSession } from './lab.ts';
import { useWorking } from './working.ts';

/** The replay of the current session. A pane is drawn again when more is known of what can be seen at the cursor. */
export function useReplay(): Replay {
  const session = useSession();
  const replayed = replayOf(session);
  useKnownUpTo(replayed, session.cursor.line);
  return replayed;
}

/** How many lines up to this one are worked out; the pane is drawn again when that changes. */
export function useKnownUpTo(replayed: Replay, line: number): number {
  useWorking(() => Math.min(knownLines(replayed), line));
  return Math.min(knownLines(replayed), line);
}

/** The moment at the cursor, or at the last line before it that is worked out. */
export function useMoment(): Moment {
  const replayed = useReplay();
  const { cursor } = useSession();
  const known = Math.min(knownLines(replayed), cursor.line);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the replay grows without becoming another
  return useMemo(() => momentAt(replayed, cursor), [replayed, cursor, known]);
}
