// What an entry of the browser's history or a link brings back.

import { viewOfText } from '../../../formats/permalink/link.ts';
import { goToNode } from '../../../session/branches.ts';
import { commit, currentSession } from '../../../session/history.ts';
import type { App } from '../../store/app.ts';
import { showView } from '../../store/compare.ts';
import { heldTree, keptTree, newTreeId } from '../../store/kept.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { showOverlay } from '../../store/overlay.ts';
import { openPlace, shownPlace } from '../../store/places.ts';
import { viewOfFragment, viewSlice } from '../../store/view.ts';
import { restoreRecording, saysSame, sessionOfFragment, treeProblem } from '../opening/openLink.ts';
import type { Entry } from './historyEntry.ts';
import { isLessonKept, returnToLesson, returnToScenario } from './returning.ts';
import { writeAddress } from './writing.ts';

/** Shows the view and the sheet of an entry; an unreadable view becomes the lab. */
export function showEntryView(app: App, { view, place, own }: Entry): void {
  showView(app, view === undefined ? null : viewOfText(view));
  showOwnView(app, own === undefined ? window.location.hash : `#${own}`);
  if (place !== undefined) openPlace(app, `#${place}`);
  else closePlace(app);
}

/** Closes the open sheet with an address. */
export function closePlace(app: App): void {
  if (shownPlace(app) === null) return;
  // the browser returns the focus only if the dialog is closed before React removes it
  document.querySelector<HTMLDialogElement>('dialog.overlay[open]')?.close?.();
  showOverlay(app, null);
}

/** Shows the view that a fragment (with `#`) belongs to; false for the fragment of a session. */
function showOwnView(app: App, hash: string): boolean {
  const own = viewOfFragment(hash);
  if (own !== null) app.set(viewSlice, own);
  return own !== null;
}

/** Brings back the tree after a reload; false without a readable one. */
export function restore(app: App, entry: Entry): boolean {
  const kept = keptTree(app, entry.tree);
  if (kept === null) return false;
  if (!kept.ok) {
    showProblem(app, treeProblem(kept.problems));
    return false;
  }
  const { history, recording } = kept.value;
  // a tree that is older than the address, or another tab's
  if (history.nodes[entry.node] === undefined) return false;
  app.local(heldTree).tree = entry.tree;
  app.set(labSlice, { history: goToNode(history, entry.node) });
  const said = entry.late ? null : sessionOfFragment(window.location.hash);
  if (said !== null && !saysSame(said, currentSession(app.get(labSlice).history)))
    app.set(labSlice, ({ history: now }) => ({ history: commit(now, said, 'from the address') }));
  showEntryView(app, entry);
  if (!isLessonKept(app)) returnToLesson(app);
  returnToScenario(app);
  void restoreRecording(app, recording);
  void holdTree(app);
  return true;
}

/** Gives a duplicated tab a tree of its own, because two tabs that keep one tree would overwrite each other. */
async function holdTree(app: App): Promise<void> {
  // a page from an insecure origin has no locks
  if (!('locks' in navigator)) return;
  const mine = app.local(heldTree).tree;
  try {
    await navigator.locks.request(`irqscope.tree.${mine}`, { ifAvailable: true }, (lock) => {
      // the lock lasts until the person leaves the page
      if (lock !== null) return new Promise<never>(() => {});
      if (app.local(heldTree).tree === mine) app.local(heldTree).tree = newTreeId();
      writeAddress(app);
      return undefined;
    });
  } catch {
    // a browser that forbids locks forbids the storage too, so another tab finds no tree
  }
}
