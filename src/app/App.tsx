// The whole page: the view that is open, the keys, and the place where a file can be dropped.

import { lazy, Suspense, useEffect } from 'react';
import { Overlays } from './commands/Overlays.tsx';
import { onKey } from './commands/onKey.ts';
import { ProblemPanel } from './panes/recording/ProblemPanel.tsx';
import { TopBar } from './panes/topbar/TopBar.tsx';
import { Boundary } from './parts/Boundary.tsx';
import { begunLate, late } from './parts/late.ts';
import { TermPopover } from './parts/TermPopover.tsx';
import { openFile, openPasted } from './state/builtIn.ts';
import { useImported } from './state/imported.ts';
import { useLab } from './state/lab.ts';
import { useLesson } from './state/lesson.ts';
import { restoreLesson } from './state/lessonLoading.ts';
import { followLongScripts } from './state/long.ts';
import { useOffline } from './state/offline.ts';
import { useView } from './state/view.ts';
import { VIEWS } from './views.ts';

const UpdateNotice = lazy(() =>
  import('./panes/update/UpdateNotice.tsx').then((module) => ({ default: module.UpdateNotice })),
);
const WorkingBar = late(async () => (await import('./panes/working/WorkingBar.tsx')).WorkingBar);
const LessonMaker = lazy(() =>
  import('./panes/lesson/LessonMaker.tsx').then((module) => ({ default: module.LessonMaker })),
);

const ImportBar = lazy(() =>
  import('./panes/import/ImportBar.tsx').then((module) => ({ default: module.ImportBar })),
);

/** What is pasted outside fields and dialogs is opened. */
function onPaste(event: ClipboardEvent): void {
  const { target, clipboardData } = event;
  if (event.defaultPrevented || clipboardData === null) return;
  if (target instanceof Element && target.closest('input, textarea, select, dialog') !== null) return;
  const [file] = clipboardData.files;
  const text = clipboardData.getData('text/plain');
  if (file === undefined && text.trim() === '') return;
  event.preventDefault();
  void (file === undefined ? openPasted(text) : openFile(file));
}

/** Without this the browser would open a dropped file in the place of the page. */
function onDragOver(event: DragEvent): void {
  event.preventDefault();
}

function onDrop(event: DragEvent): void {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  if (file !== undefined) void openFile(file);
}

/** The page. */
export function App() {
  const { view } = useView();
  const { Component } = VIEWS[view];
  const presenting = useLesson(({ open }) => open?.presenting === true && view === 'lab');
  const making = useLesson((state) => state.making);
  const updating = useOffline((state) => state.update !== null);
  const hasImported = useImported(({ imported }) => imported?.opened === true);
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    document.addEventListener('paste', onPaste);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
  useEffect(
    () =>
      begunLate(async () => {
        const { followPointing } = await import('./state/pointed.ts');
        return followPointing();
      }),
    [],
  );
  useEffect(restoreLesson, []);
  useEffect(followLongScripts, []);
  return (
    <div className="page" data-presenting={presenting ? true : undefined}>
      {!presenting && <TopBar />}
      <ProblemPanel />
      <Suspense fallback={null}>
        <WorkingBar />
      </Suspense>
      {hasImported && view === 'lab' && (
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

/** What a screen reader is told. By itself, so that nothing else is drawn with it. */
function Announcement() {
  const announcement = useLab((state) => state.announcement);
  return (
    <p role="status" className="hidden">
      {announcement}
    </p>
  );
}
