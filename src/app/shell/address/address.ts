// The address is the state. Each edit makes an entry of the browser's history, so Back and Forward follow the edits; moving
// the cursor rewrites the entry. Each entry names its node of the history tree, and its fragment contains the whole session
// for a browser without that tree. A sheet with an address (places.ts) and a lesson's step have fragments of their own.

import { goToNode } from '../../../session/branches.ts';
import { greet } from '../../features/start/greet.ts';
import type { App } from '../../store/app.ts';
import { heldTree, isKeepable, keepNow, keptNow, noteLeft, takeLeft } from '../../store/kept.ts';
import { labSlice } from '../../store/lab.ts';
import { shownPlace } from '../../store/places.ts';
import { shownFragment } from '../../store/shownFragment.ts';
import { viewSlice } from '../../store/view.ts';
import { openFragment } from '../opening/openers.ts';
import { followEntries } from './entries.ts';
import { type Entry, entryOf, leftEntry } from './historyEntry.ts';
import { closePlace, restore, showEntryView } from './restoring.ts';
import { returnToLesson, returnToScenario } from './returning.ts';
import { followTitle } from './title.ts';
import { heldAddress, here, isBadLink, writeAddress, writeSoon } from './writing.ts';

/** Opens the session of the address or of the browser's history, and from then on writes the session into them. */
export function startAddress(app: App): void {
  const my = app.local(heldAddress);
  const entry = leftEntry(takeLeft(app)) ?? entryOf(window.history.state);
  const isFresh = entry === null && window.location.hash === '';
  if (isFresh) beginFresh(app);
  if (entry === null || !restore(app, entry)) openHere(app, true);
  followEntries(app);
  followTitle(app);
  window.addEventListener('popstate', (event) => onPopState(app, event));
  window.addEventListener('hashchange', ({ newURL }) => {
    if (entryOf(window.history.state) === null && newURL !== my.followed) openHere(app, false);
    my.followed = null;
  });
  window.addEventListener('pagehide', () => {
    keepNow(app);
    // an entry that is rewritten while the page unloads loses its data
    if (!isBadLink(app)) noteLeft(app, JSON.stringify({ ...here(app), late: true }));
  });
  window.addEventListener('beforeunload', (event) => {
    // a script that is too long for the storage would be lost, so the browser asks for confirmation
    if (!isKeepable(keptNow(app))) event.preventDefault();
  });
  if (isFresh) greet(app);
}

/**
 * A fresh page can be used before this file is fetched: an edit made or a sheet opened until then gets its entry, and Back leads
 * to the start.
 */
function beginFresh(app: App): void {
  if (shownPlace(app) !== null) {
    const { tree, node, view } = here(app);
    const below: Entry = { tree, node, ...(view === undefined ? {} : { view }) };
    window.history.replaceState(below, '', window.location.href);
    window.history.pushState({ ...here(app), over: true }, '', window.location.href);
    return;
  }
  if (app.get(labSlice).history.current === 0 && app.get(viewSlice).view === 'lab') return;
  const start: Entry = { tree: app.local(heldTree).tree, node: 0 };
  window.history.replaceState(start, '', window.location.href);
  window.history.pushState(null, '', window.location.href);
}

/** Opens the session, view, sheet or lesson of the fragment. A bad fragment stays in the address. */
function openHere(app: App, first: boolean): void {
  const my = app.local(heldAddress);
  const { hash } = window.location;
  // the browser has made the entry already
  my.travelling = true;
  if (hash !== '' && !isInOpenSheet(app, hash)) closePlace(app);
  my.travelling = false;
  // a lesson takes this entry, so that Back leads to the page before the link
  const takeEntry = () => {
    my.isInPlace = true;
  };
  my.travelling = true;
  const became = hash === '' ? 'opened' : openFragment(app, hash, { first, takeEntry });
  my.travelling = false;
  if (became === 'opened') writeAddress(app);
}

/** True for another place in the open sheet: the sheet stays open and shows it. */
function isInOpenSheet(app: App, hash: string): boolean {
  const [, sheet] = /^(\w+)(?:=|$)/.exec(shownPlace(app) ?? '') ?? [];
  return sheet !== undefined && new RegExp(`^#${sheet}(=|$)`).test(hash);
}

function onPopState(app: App, event: PopStateEvent): void {
  const my = app.local(heldAddress);
  if (my.isLeaving) {
    my.isLeaving = false;
    const over = shownPlace(app) === null ? {} : { over: true as const };
    if (my.owesEntry) window.history.pushState({ ...here(app), ...over }, '', shownFragment(app));
    my.owesEntry = false;
    writeSoon(app);
    return;
  }
  const entry = entryOf(event.state);
  if (entry === null) {
    // a link is opened now: a write of the address before `hashchange` would replace the link
    if (window.location.hash === '') return;
    my.followed = window.location.href;
    openHere(app, false);
    return;
  }
  my.travelling = true;
  if (entry.tree !== app.local(heldTree).tree) {
    if (!restore(app, entry))
      openFragment(app, window.location.hash, { first: false, takeEntry: () => undefined });
    my.travelling = false;
    return;
  }
  app.set(labSlice, ({ history }) => ({
    history: goToNode(history, entry.node),
    problem: null,
    announcement: `Shown: ${history.nodes[entry.node]?.label ?? ''}.`,
  }));
  showEntryView(app, entry);
  my.travelling = false;
  returnToLesson(app);
  returnToScenario(app);
  writeSoon(app);
}
