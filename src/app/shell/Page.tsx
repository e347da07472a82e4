// The whole page: the open view, the keys, and the drop target for files.

import { lazy, Suspense, useEffect, useLayoutEffect, useState } from 'react';
import { restoreLesson } from '../features/learn/lessonLoading.ts';
import type { App } from '../store/app.ts';
import { useApp, useSlice } from '../store/appContext.ts';
import { importedSlice } from '../store/imported.ts';
import { labSlice } from '../store/lab.ts';
import { lessonSlice } from '../store/lesson.ts';
import { followLongScripts } from '../store/long.ts';
import { offlineSlice } from '../store/offline.ts';
import { openFile, openPasted, prepareToOpen } from '../store/opening.ts';
import { viewSlice } from '../store/view.ts';
import { workingSlice } from '../store/working.ts';
import { Boundary } from '../ui/Boundary.tsx';
import { begunLate, late } from '../ui/late.ts';
import { TermPopover } from '../ui/TermPopover.tsx';
import { onKey } from './commands/onKey.ts';
import { Overlays } from './Overlays.tsx';
import { TopBar } from './topbar/TopBar.tsx';
import { VIEWS } from './views.ts';
import './working/working.css';

const UpdateNotice = lazy(() =>
  import('./update/UpdateNotice.tsx').then((module) => ({ default: module.UpdateNotice })),
);
const ProblemPanel = late(async () => (await import('./ProblemPanel.tsx')).ProblemPanel);
const FrameBar = lazy(async () => ({ default: (await import('./FrameBar.tsx')).FrameBar }));
const WorkingBar = lazy(async () => ({ default: (await import('./working/WorkingBar.tsx')).WorkingBar }));
const LessonMaker = lazy(() =>
  import('../features/learn/lesson/LessonMaker.tsx').then((module) => ({ default: module.LessonMaker })),
);

const ImportBar = lazy(() =>
  import('../features/import/ImportBar.tsx').then((module) => ({ default: module.ImportBar })),
);

/** Opens text or files pasted outside fields and dialogs. */
function onPaste(app: App, event: ClipboardEvent): void {
  const { target, clipboardData } = event;
  if (event.defaultPrevented || clipboardData === null) return;
  if (target instanceof Element && target.closest('input, textarea, select, dialog') !== null) return;
  const [file] = clipboardData.files;
  const text = clipboardData.getData('text/plain');
  if (file === undefined && text.trim() === '') return;
  event.preventDefault();
  void (file === undefined ? openPasted(app, text) : openFile(app, file));
}

/** Keeps the browser from replacing the page with a dropped file. */
function onDragOver(app: App, event: DragEvent): void {
  event.preventDefault();
  if (event.dataTransfer?.types.includes('Files') === true) prepareToOpen(app);
}

function onDrop(app: App, event: DragEvent): void {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file !== undefined) void openFile(app, file);
}

/** True for a lesson inside another page (`?frame=1`), which has a link to irqscope instead of the top bar. */
function isInFrame(): boolean {
  return new URLSearchParams(window.location.search).get('frame') === '1';
}

export function Page() {
  const app = useApp();
  const { view } = useSlice(viewSlice);
  const { Component } = VIEWS[view];
  const presenting = useSlice(lessonSlice, ({ open }) => open?.presenting === true && view === 'lab');
  const making = useSlice(lessonSlice, (state) => state.making);
  const updating = useSlice(offlineSlice, (state) => state.update !== null);
  const hasImported = useSlice(importedSlice, ({ imported }) => imported?.opened === true);
  // before the first paint: a key pressed as soon as the page is visible is not lost
  useLayoutEffect(() => {
    const key = (event: KeyboardEvent) => onKey(app, event);
    const drag = (event: DragEvent) => onDragOver(app, event);
    const drop = (event: DragEvent) => onDrop(app, event);
    const paste = (event: ClipboardEvent) => onPaste(app, event);
    document.addEventListener('keydown', key);
    document.addEventListener('dragover', drag);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('keydown', key);
      document.removeEventListener('dragover', drag);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [app]);
  useEffect(
    () =>
      begunLate(async () => {
        const { followPointing } = await import('../store/pointed.ts');
        return followPointing(app);
      }),
    [app],
  );
  useEffect(() => begunLate(async () => (await import('../ui/keepFocus.ts')).keepFocus()), []);
  useEffect(
    () => begunLate(async () => (await import('../features/start/learner.ts')).followLearner(app)),
    [app],
  );
  useEffect(() => restoreLesson(app), [app]);
  useEffect(() => followLongScripts(app), [app]);
  return (
    <div className="page" data-presenting={presenting ? true : undefined}>
      {isInFrame() ? (
        <Suspense fallback={null}>
          <FrameBar />
        </Suspense>
      ) : (
        !presenting && <TopBar />
      )}
      <Suspense fallback={null}>
        <ProblemPanel />
      </Suspense>
      <Working />
      {hasImported && view === 'lab' && !presenting && (
        <Suspense fallback={null}>
          <ImportBar />
        </Suspense>
      )}
      {updating && (
        <Suspense fallback={null}>
          <UpdateNotice />
        </Suspense>
      )}
      <Boundary key={view} what="This view">
        <Suspense fallback={<p className="nothing">Opening…</p>}>
          <Component />
        </Suspense>
      </Boundary>
      <Boundary what="The dialog">
        <Overlays />
      </Boundary>
      {making && (
        <Suspense fallback={null}>
          <LessonMaker />
        </Suspense>
      )}
      <TermPopover />
      <Announcement />
    </div>
  );
}

/** The progress of long work, from the first long work on: the bar also tells the end. */
function Working() {
  const shown = useSlice(workingSlice, (state) => state.shown);
  const [wasShown, setWasShown] = useState(false);
  if (shown && !wasShown) setWasShown(true);
  return (
    wasShown && (
      <Suspense fallback={null}>
        <WorkingBar />
      </Suspense>
    )
  );
}

/** The page's one live region. A separate component, so that a message draws only this again. */
function Announcement() {
  const announcement = useSlice(labSlice, (state) => state.announcement);
  return (
    <p role="status" className="hidden">
      {announcement}
    </p>
  );
}
