// Selects lines of the script. A selection ends when the cursor moves in another way, and when the script changes. Fetched with the
// first selection.

import { currentSession } from '../../../../session/history.ts';
import { type App, local } from '../../../store/app.ts';
import { labSlice, lookAt } from '../../../store/lab.ts';
import { rangeOf, selectionSlice } from './selection.ts';

const followed = local<{ isFollowed: boolean }>(() => ({ isFollowed: false }));

/** Ends the selection when the cursor moves to another line, and when the script changes. */
function follow(app: App): void {
  const my = app.local(followed);
  if (my.isFollowed) return;
  my.isFollowed = true;
  app.on(labSlice, ({ history }, { history: before }) => {
    const [now, was] = [currentSession(history), currentSession(before)];
    const isSame = now.script === was.script && now.cursor.line === was.cursor.line;
    if (!isSame && app.get(selectionSlice).anchor !== null) app.set(selectionSlice, { anchor: null });
  });
}

/** Moves the cursor to a line and selects the lines from the anchor, which is the line at the cursor without a selection. */
export function selectTo(app: App, to: number): void {
  follow(app);
  const { script, cursor } = currentSession(app.get(labSlice).history);
  if (script.length === 0) return;
  const anchor = app.get(selectionSlice).anchor ?? Math.max(1, cursor.line);
  const line = Math.max(1, Math.min(script.length, to));
  lookAt(app, { line, step: null });
  app.set(selectionSlice, { anchor });
  const { first, last } = rangeOf(anchor, line);
  if (first < last)
    app.set(labSlice, { announcement: `${last - first + 1} lines selected: ${first} to ${last}` });
}

/** Selects the next line too, or the previous one, or leaves one out at the end with the cursor. */
export function selectBy(app: App, by: -1 | 1): void {
  selectTo(app, currentSession(app.get(labSlice).history).cursor.line + by);
}

/** Selects only the line at the cursor. */
export function endSelection(app: App): void {
  app.set(selectionSlice, { anchor: null });
  app.set(labSlice, { announcement: 'Selection ended.' });
}
