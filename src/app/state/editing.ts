// The line that is being written in the script pane, if any.

import { create } from 'zustand';
import { currentSession } from '../../session/history.ts';
import type { Editing } from '../../views/script/layout.ts';
import { useLab } from './lab.ts';

/** The open editor. */
export const useEditing = create<{ readonly editing: Editing | null }>()(() => ({ editing: null }));

/** Opens an editor in the script pane, in the place of the one that is open. */
export function startEditing(editing: Editing): void {
  useEditing.setState({ editing });
}

/** Closes the editor. */
export function stopEditing(): void {
  useEditing.setState({ editing: null });
}

// the line that an editor was opened on can move or go while it is open
useLab.subscribe((state, previous) => {
  if (currentSession(state.history).script !== currentSession(previous.history).script) stopEditing();
});
