// The results that the last change of script, device or kernel changed in later lines, until the next change or until a
// person closes the marks. For a long script they follow its replay.

import { currentSession } from '../../session/history.ts';
import { commonRuns, isLong, lineCount, type Replay } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';
import type { Changes } from '../../views/script/changes.ts';
import { type App, local, slice } from './app.ts';
import { replayOf } from './derived.ts';
import { labSlice } from './lab.ts';

/** The marks of the script pane. */
export const changesSlice = slice<{ readonly changes: Changes | null }>(() => ({ changes: null }));

/** The values of an app that no pane shows. */
interface Held {
  /** A change of a long script whose replay is not finished. */
  awaited: { readonly before: Replay; readonly after: Replay } | null;
}

const held = local<Held>(() => ({
  awaited: null,
}));

function answersAlike(a: Session, b: Session): boolean {
  return a.script === b.script && a.setup === b.setup && a.generation === b.generation;
}

/** Marks the results that each change of script, device or kernel changes. */
export function followChanges(app: App): void {
  app.on(labSlice, (state, previous) => {
    const my = app.local(held);
    if (state.history === previous.history) return;
    const now = currentSession(state.history);
    const was = currentSession(previous.history);
    if (answersAlike(now, was)) return;
    // the earlier session comes first, so that the present replay stays first in the cache and its beginning is reused
    const before = replayOf(app, was);
    const after = replayOf(app, now);
    const long = isLong(before) || isLong(after);
    my.awaited = isLong(before) && isLong(after) ? { before, after } : null;
    app.set(changesSlice, { changes: null });
    if (!long) void tellChanges(app, before, after);
  });
}

/** Compares two replays; the code for that is fetched with the first edit. */
async function tellChanges(app: App, before: Replay, after: Replay): Promise<void> {
  const { changesBetween } = await import('../../views/script/changes.ts');
  if (isShown(app, after) && hasLaterLines(before, after))
    app.set(changesSlice, { changes: changesBetween(before, after) });
}

/** False if lines were only added at the end or removed there: no later line can have changed. */
function hasLaterLines(before: Replay, after: Replay): boolean {
  return commonRuns(before, after) < Math.min(lineCount(before), lineCount(after));
}

function isShown(app: App, replayed: Replay): boolean {
  return replayOf(app, currentSession(app.get(labSlice).history)) === replayed;
}

/** Shows the changed results of a long script after its replay. */
export async function tellLongChanges(
  app: App,
  replayed: Replay,
  answersOf: (replayed: Replay) => Int32Array | null,
): Promise<void> {
  const my = app.local(held);
  const waiting = my.awaited;
  if (waiting?.after !== replayed) return;
  my.awaited = null;
  const [before, after] = [answersOf(waiting.before), answersOf(waiting.after)];
  if (before === null || after === null) return;
  const { longChanges } = await import('../../views/script/longChanges.ts');
  if (!isShown(app, replayed)) return;
  if (!hasLaterLines(waiting.before, waiting.after)) return;
  const changes = longChanges(
    { replayed: waiting.before, answers: before },
    { replayed: waiting.after, answers: after },
  );
  app.set(changesSlice, { changes });
}

/** Closes the marks. */
export function dismissChanges(app: App): void {
  app.set(changesSlice, { changes: null });
}
