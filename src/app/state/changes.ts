// What the last change of the script, device or generation changed downstream; until the next one, or until it is put
// away.

import { create } from 'zustand';
import { currentSession } from '../../session/history.ts';
import type { Session } from '../../session/session.ts';
import { type Changes, changesBetween } from '../../views/script/changes.ts';
import { replayOf } from './derived.ts';
import { useLab } from './lab.ts';

/** The marks of the script pane. */
export const useChanges = create<{ readonly changes: Changes | null }>()(() => ({ changes: null }));

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
  useChanges.setState({ changes: changesBetween(before, replayOf(now)) });
});

/** Puts the marks away. */
export function dismissChanges(): void {
  useChanges.setState({ changes: null });
}
