// What the last change of the script, device or generation changed downstream; until the next one, or until it is put
// away. Of a long script that is known once it has been worked out again.

import { create } from 'zustand';
import { currentSession } from '../../session/history.ts';
import { isLong, type Replay } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';
import type { Changes } from '../../views/script/changes.ts';
import { replayOf } from './derived.ts';
import { useLab } from './lab.ts';

/** The marks of the script pane. */
export const useChanges = create<{ readonly changes: Changes | null }>()(() => ({ changes: null }));

/** A change of a long script whose effect is still being worked out. */
let awaited: { readonly before: Replay; readonly after: Replay } | null = null;

function answersAlike(a: Session, b: Session): boolean {
  return a.script === b.script && a.setup === b.setup && a.generation === b.generation;
}

useLab.subscribe((state, previous) => {
  if (state.history === previous.history) return;
  const now = currentSession(state.history);
  const was = currentSession(previous.history);
  if (answersAlike(now, was)) return;
  // the session before comes first, so that the replay of the present one stays the one that lends its beginning
  const before = replayOf(was);
  const after = replayOf(now);
  const long = isLong(before) || isLong(after);
  awaited = isLong(before) && isLong(after) ? { before, after } : null;
  useChanges.setState({ changes: null });
  if (!long) void tellChanges(before, after);
});

/** What compares two replays is fetched with the first edit. */
async function tellChanges(before: Replay, after: Replay): Promise<void> {
  const { changesBetween } = await import('../../views/script/changes.ts');
  if (isShown(after)) useChanges.setState({ changes: changesBetween(before, after) });
}

function isShown(replayed: Replay): boolean {
  return replayOf(currentSession(useLab.getState().history)) === replayed;
}

/** A long script has been worked out: what it answers otherwise than before is shown. */
export async function tellLongChanges(
  replayed: Replay,
  answersOf: (replayed: Replay) => Int32Array | null,
): Promise<void> {
  const waiting = awaited;
  if (waiting?.after !== replayed) return;
  awaited = null;
  const [before, after] = [answersOf(waiting.before), answersOf(waiting.after)];
  if (before === null || after === null) return;
  const { longChanges } = await import('../../views/script/longChanges.ts');
  if (!isShown(replayed)) return;
  const changes = longChanges(
    { replayed: waiting.before, answers: before },
    { replayed: waiting.after, answers: after },
  );
  useChanges.setState({ changes });
}

/** Puts the marks away. */
export function dismissChanges(): void {
  useChanges.setState({ changes: null });
}
