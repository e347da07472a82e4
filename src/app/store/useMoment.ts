// The replay and the moment at the cursor, for the panes.

import { useMemo } from 'react';
import { knownLines, type Replay } from '../../session/replay.ts';
import { type Moment, momentAt } from '../../views/wiring/moment.ts';
import { useApp, useSlice } from './appContext.ts';
import { replayOf } from './derived.ts';
import { useGrown } from './grown.ts';
import { useSession } from './lab.ts';
import { workingSlice } from './working.ts';

/** The replay of the current session. The pane is drawn again when more lines up to the cursor are computed. */
export function useReplay(): Replay {
  const app = useApp();
  const session = useSession();
  const replayed = replayOf(app, session);
  useKnownUpTo(replayed, session.cursor.line);
  return replayed;
}

/** The number of computed lines up to this one; the pane is drawn again when it changes. */
export function useKnownUpTo(replayed: Replay, line: number): number {
  useSlice(workingSlice, () => Math.min(knownLines(replayed), line));
  return Math.min(knownLines(replayed), line);
}

/** The moment at the cursor, or at the last computed line before it. */
export function useMoment(): Moment {
  const replayed = useReplay();
  const { cursor } = useSession();
  const known = Math.min(knownLines(replayed), cursor.line);
  const grown = useGrown(replayed, known);
  return useMemo(() => momentAt(grown.of, cursor), [grown, cursor]);
}
