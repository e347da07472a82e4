// The open line editor of the script pane, if any.

import { currentSession } from '../../session/history.ts';
import type { Editing } from '../../views/script/layout.ts';
import { type App, slice } from './app.ts';
import { labSlice } from './lab.ts';

/** The open editor. */
export const editingSlice = slice<{ readonly editing: Editing | null }>(() => ({ editing: null }));

/** Opens an editor in the script pane and closes the editor before. */
export function startEditing(app: App, editing: Editing): void {
  app.set(editingSlice, { editing });
}

/** Closes the editor. */
export function stopEditing(app: App): void {
  app.set(editingSlice, { editing: null });
}

/** Closes the editor when the script changes: its line can move or disappear. */
export function followLines(app: App): void {
  app.on(labSlice, (state, previous) => {
    if (currentSession(state.history).script !== currentSession(previous.history).script) stopEditing(app);
  });
}
