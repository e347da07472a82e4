// The present entry of the browser's history: its data, and the address that is written into it.

import { viewText } from '../../../formats/permalink/link.ts';
import { type App, local } from '../../store/app.ts';
import { shownView } from '../../store/compare.ts';
import { heldTree, keepNow } from '../../store/kept.ts';
import { labSlice } from '../../store/lab.ts';
import { shownPlace } from '../../store/places.ts';
import { shownFragment } from '../../store/shownFragment.ts';
import { viewSlice } from '../../store/view.ts';
import { type Entry, entryOf } from './historyEntry.ts';

/** Milliseconds between two writes: browsers refuse more than a hundred changes of the address in some seconds. */
const PAUSE = 250;

/** The values of an app that no pane shows. */
interface Held {
  timer: number | null;
  travelling: boolean;
  /** The view has changed and its entry is not made yet. */
  isOtherView: boolean;
  /** The browser is going back from the entry of a closed sheet. */
  isLeaving: boolean;
  /** An edit was made meanwhile; its own entry follows. */
  owesEntry: boolean;
  /** The next edit rewrites the present entry, because the address requested it. */
  isInPlace: boolean;
  /** The address of a link that `popstate` opened already; `hashchange` follows as a task of its own. */
  followed: string | null;
}

/** The state of the address. */
export const heldAddress = local<Held>(() => ({
  timer: null,
  travelling: false,
  isOtherView: false,
  isLeaving: false,
  owesEntry: false,
  isInPlace: false,
  followed: null,
}));

/** Returns the data of an entry for what the page shows. */
export function here(app: App): Entry {
  const view = shownView(app);
  const place = shownPlace(app);
  const { own } = app.get(viewSlice);
  const now = entryOf(window.history.state);
  return {
    tree: app.local(heldTree).tree,
    node: app.get(labSlice).history.current,
    ...(view === null ? {} : { view: viewText(view) }),
    ...(place === null ? {} : { place }),
    ...(place === null || now?.over === undefined ? {} : { over: true }),
    ...(place === null || now?.deep === undefined ? {} : { deep: now.deep }),
    ...(place === null || own === null ? {} : { own }),
  };
}

/** Writes the address after a pause, once for all changes until then. */
export function writeSoon(app: App): void {
  const my = app.local(heldAddress);
  my.timer ??= window.setTimeout(() => writeAddress(app), PAUSE);
}

/** Writes the shown session, view and sheet into the present entry, and the tree into the browser's storage. */
export function writeAddress(app: App): void {
  const my = app.local(heldAddress);
  if (my.timer !== null) window.clearTimeout(my.timer);
  my.timer = null;
  keepNow(app);
  if (my.isLeaving) return;
  if (!isBadLink(app)) window.history.replaceState(here(app), '', shownFragment(app));
}

/** True while the address is a link that cannot be read: it stays there until the next edit. */
export function isBadLink(app: App): boolean {
  return entryOf(window.history.state) === null && app.get(labSlice).problem?.keepsAddress === true;
}
