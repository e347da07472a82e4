// The entries that changes of the page make in the browser's history: an edit, another view, an opened sheet and another section are
// entries of their own; anything else rewrites the present one.

import { currentSession } from '../../../session/history.ts';
import type { App } from '../../store/app.ts';
import { type CompareState, compareSlice } from '../../store/compare.ts';
import { docsSlice } from '../../store/docs.ts';
import { type LabState, labSlice } from '../../store/lab.ts';
import { type LessonState, lessonSlice } from '../../store/lesson.ts';
import { type Overlay, overlaySlice } from '../../store/overlay.ts';
import { shownPlace } from '../../store/places.ts';
import { reviewSlice } from '../../store/review.ts';
import { shownFragment } from '../../store/shownFragment.ts';
import { scenarioSlice } from '../../store/shownScenario.ts';
import { glossarySlice } from '../../store/term.ts';
import { type OpenView, viewSlice } from '../../store/view.ts';
import { entryOf } from './historyEntry.ts';
import { heldAddress, here, writeAddress, writeSoon } from './writing.ts';

/** Lines; a longer script is encoded after a pause, because that takes more than a frame. */
const AT_ONCE = 400;

/** Makes or rewrites the entry after every change of what the page shows. */
export function followEntries(app: App): void {
  app.on(labSlice, (now, before) => onChange(app, now, before));
  app.on(viewSlice, (now, before) => onView(app, now, before));
  app.on(compareSlice, (now, before) => onLanes(app, now, before));
  app.on(overlaySlice, (now, before) => onOverlay(app, now, before));
  app.on(docsSlice, () => onSection(app));
  app.on(reviewSlice, () => onSection(app));
  app.on(glossarySlice, () => writeSoon(app));
  app.on(scenarioSlice, () => writeSoon(app));
  app.on(lessonSlice, (now, before) => onLesson(app, now, before));
}

/** Writes changed lanes at once, so that a reload right after the click brings them back. */
function onLanes(app: App, now: CompareState, before: CompareState): void {
  const my = app.local(heldAddress);
  if (now.lanes !== before.lanes && !my.travelling) writeAddress(app);
}

function onChange(app: App, now: LabState, before: LabState): void {
  const my = app.local(heldAddress);
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

/** True for the own fragment of a page of the Lessons view without a tab. */
function isOwnPage(own: string | null): boolean {
  return /^(learn=(worksheet|handout)|course=)/.test(own ?? '');
}

/** Another view is another entry, so that Back leads to the one before; an edit that comes with it makes the entry. */
function onView(app: App, now: OpenView, before: OpenView): void {
  const my = app.local(heldAddress);
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
  const my = app.local(heldAddress);
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
  const my = app.local(heldAddress);
  if (my.travelling || shownPlace(app) === null) return;
  const entry = entryOf(window.history.state);
  if (entry?.place === undefined || entry.place === shownPlace(app)) return;
  window.history.pushState({ ...here(app), deep: (entry.deep ?? 0) + 1 }, '', shownFragment(app));
}

/** A lesson that is opened, or that is at another step, changes the address; its edits make the entries. */
function onLesson(app: App, { open: now }: LessonState, { open: before }: LessonState): void {
  if (now?.taking.at !== before?.taking.at || now?.fragment !== before?.fragment) writeSoon(app);
}
