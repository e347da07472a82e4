// The address is the state. Each edit makes an entry of the browser's history, so Back and Forward follow the edits; moving
// the cursor rewrites the entry. Each entry names its node of the history tree, and its fragment contains the whole session
// for a browser without that tree. A sheet with an address (places.ts) and a lesson's step have fragments of their own.

import { viewOfText, viewText } from '../../../formats/permalink/link.ts';
import { goToNode } from '../../../session/branches.ts';
import { commit, currentSession } from '../../../session/history.ts';
import { greet } from '../../features/start/greet.ts';
import { type App, local } from '../../store/app.ts';
import { type CompareState, compareSlice, shownView, showView } from '../../store/compare.ts';
import { docsSlice } from '../../store/docs.ts';
import {
  heldTree,
  isKeepable,
  keepNow,
  keptNow,
  keptTree,
  newTreeId,
  noteLeft,
  takeLeft,
} from '../../store/kept.ts';
import { type LabState, labSlice, showProblem } from '../../store/lab.ts';
import { type LessonState, lessonSlice } from '../../store/lesson.ts';
import { type Overlay, overlaySlice, showOverlay } from '../../store/overlay.ts';
import { openPlace, shownPlace } from '../../store/places.ts';
import { reviewSlice } from '../../store/review.ts';
import { shownFragment } from '../../store/shownFragment.ts';
import { scenarioSlice } from '../../store/shownScenario.ts';
import { glossarySlice } from '../../store/term.ts';
import { type OpenView, viewOfFragment, viewSlice } from '../../store/view.ts';
import { openFragment } from '../opening/openers.ts';
import { restoreRecording, saysSame, sessionOfFragment, treeProblem } from '../opening/openLink.ts';
import { type Entry, entryOf, leftEntry } from './historyEntry.ts';
import { isLessonKept, returnToLesson, returnToScenario } from './returning.ts';
import { followTitle } from './title.ts';

/** Lines; a longer script is encoded after a pause, because that takes more than a frame. */
const AT_ONCE = 400;
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

const held = local<Held>(() => ({
  timer: null,
  travelling: false,
  isOtherView: false,
  isLeaving: false,
  owesEntry: false,
  isInPlace: false,
  followed: null,
}));

/** Opens the session of the address or of the browser's history, and from then on writes the session into them. */
export function startAddress(app: App): void {
  const my = app.local(held);
  const entry = leftEntry(takeLeft(app)) ?? entryOf(window.history.state);
  const isFresh = entry === null && window.location.hash === '';
  if (isFresh) beginFresh(app);
  if (entry === null || !restore(app, entry)) openHere(app, true);
  app.on(labSlice, (now, before) => onChange(app, now, before));
  app.on(viewSlice, (now, before) => onView(app, now, before));
  app.on(compareSlice, (now, before) => onLanes(app, now, before));
  app.on(overlaySlice, (now, before) => onOverlay(app, now, before));
  app.on(docsSlice, () => onSection(app));
  app.on(reviewSlice, () => onSection(app));
  app.on(glossarySlice, () => writeSoon(app));
  app.on(scenarioSlice, () => writeSoon(app));
  app.on(lessonSlice, (now, before) => onLesson(app, now, before));
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

function here(app: App): Entry {
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

/** Shows the view and the sheet of an entry; an unreadable view becomes the lab. */
function showEntryView(app: App, { view, place, own }: Entry): void {
  showView(app, view === undefined ? null : viewOfText(view));
  showOwnView(app, own === undefined ? window.location.hash : `#${own}`);
  if (place !== undefined) openPlace(app, `#${place}`);
  else closePlace(app);
}

/** Closes the open sheet with an address. */
function closePlace(app: App): void {
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

/** Writes changed lanes at once, so that a reload right after the click brings them back. */
function onLanes(app: App, now: CompareState, before: CompareState): void {
  const my = app.local(held);
  if (now.lanes !== before.lanes && !my.travelling) writeAddress(app);
}

/** Brings back the tree after a reload; false without a readable one. */
function restore(app: App, entry: Entry): boolean {
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

/** Opens the session, view, sheet or lesson of the fragment. A bad fragment stays in the address. */
function openHere(app: App, first: boolean): void {
  const my = app.local(held);
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

function onChange(app: App, now: LabState, before: LabState): void {
  const my = app.local(held);
  if (now.history === before.history && now.recordingFile === before.recordingFile) return;
  if (my.travelling) return;
  if (now.history.current === before.history.current) {
    writeSoon(app);
    return;
  }
  if (my.isLeaving) {
    my.owesEntry = true;
    return;
  }
  if (my.isInPlace) {
    my.isInPlace = false;
    // the link of a scenario also opens its view
    my.isOtherView = false;
    window.history.replaceState(here(app), '', window.location.href);
    writeSoon(app);
    return;
  }
  const isShort = currentSession(now.history).script.length <= AT_ONCE;
  const url = isShort ? shownFragment(app) : window.location.href;
  const entry = entryOf(window.history.state);
  // an edit during the tour: the end of the tour skips its entry
  const over = entry?.over === true && shownPlace(app) !== null ? { deep: (entry.deep ?? 0) + 1 } : {};
  window.history.pushState({ ...here(app), ...over, ...(isShort ? {} : { late: true }) }, '', url);
  my.isOtherView = false;
  writeSoon(app);
}

function writeSoon(app: App): void {
  const my = app.local(held);
  my.timer ??= window.setTimeout(() => writeAddress(app), PAUSE);
}

/** True for the own fragment of a page of the Lessons view without a tab. */
function isOwnPage(own: string | null): boolean {
  return /^(learn=(worksheet|handout)|course=)/.test(own ?? '');
}

/** Another view is another entry, so that Back leads to the one before; an edit that comes with it makes the entry. */
function onView(app: App, now: OpenView, before: OpenView): void {
  const my = app.local(held);
  if (my.travelling) return;
  if (now.view === before.view) {
    // Back leads from a worksheet or a course to the list
    if (isOwnPage(now.own) && !isOwnPage(before.own))
      window.history.pushState(here(app), '', shownFragment(app));
    writeSoon(app);
    return;
  }
  if (my.isLeaving) {
    my.owesEntry = true;
    return;
  }
  my.isOtherView = true;
  queueMicrotask(() => {
    if (my.isOtherView) window.history.pushState(here(app), '', shownFragment(app));
    my.isOtherView = false;
    writeSoon(app);
  });
}

/** An opened sheet is an entry of its own; closing it goes back to the entry below. */
function onOverlay(
  app: App,
  now: { readonly overlay: Overlay },
  before: { readonly overlay: Overlay },
): void {
  const my = app.local(held);
  if (my.travelling || now.overlay === before.overlay) return;
  const isPlace = shownPlace(app) !== null;
  if (my.isLeaving) {
    my.owesEntry ||= isPlace;
    return;
  }
  const entry = entryOf(window.history.state);
  if (isPlace && entry?.place === undefined)
    window.history.pushState({ ...here(app), over: true }, '', shownFragment(app));
  else if (isPlace || entry?.place === undefined) writeSoon(app);
  else if (entry.over === true) {
    my.isLeaving = true;
    window.history.go(-1 - (entry.deep ?? 0));
  } else writeAddress(app);
}

/** Another section of the open documentation is an entry of its own, so that Back leads to the section before. */
function onSection(app: App): void {
  const my = app.local(held);
  if (my.travelling || shownPlace(app) === null) return;
  const entry = entryOf(window.history.state);
  if (entry?.place === undefined || entry.place === shownPlace(app)) return;
  window.history.pushState({ ...here(app), deep: (entry.deep ?? 0) + 1 }, '', shownFragment(app));
}

/** A lesson that is opened, or that is at another step, changes the address; its edits make the entries. */
function onLesson(app: App, { open: now }: LessonState, { open: before }: LessonState): void {
  if (now?.taking.at !== before?.taking.at || now?.fragment !== before?.fragment) writeSoon(app);
}

function onPopState(app: App, event: PopStateEvent): void {
  const my = app.local(held);
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

/** Writes the shown session, view and sheet into the present entry, and the tree into the browser's storage. */
export function writeAddress(app: App): void {
  const my = app.local(held);
  if (my.timer !== null) window.clearTimeout(my.timer);
  my.timer = null;
  keepNow(app);
  if (my.isLeaving) return;
  if (!isBadLink(app)) window.history.replaceState(here(app), '', shownFragment(app));
}

/** True while the address is a link that cannot be read: it stays there until the next edit. */
function isBadLink(app: App): boolean {
  return entryOf(window.history.state) === null && app.get(labSlice).problem?.keepsAddress === true;
}
