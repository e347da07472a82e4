// The lesson editor: the list of drafts, or one draft. The script up to the lab's cursor is a new lesson's starting script; the
// author writes a step for each later line. The browser keeps every change.

import { useEffect, useRef } from 'react';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { lessonSlice } from '../../../store/lesson.ts';
import { draftsSlice, draftWith, loadDrafts, showDraft } from '../drafts.ts';
import { makeFromLab } from '../making.ts';
import { DraftForm } from './DraftForm.tsx';
import { DraftList } from './DraftList.tsx';
import '../../../ui/overlays.css';
import './maker.css';

export function LessonMaker() {
  const app = useApp();
  const ref = useRef<HTMLDialogElement>(null);
  const { drafts, shown } = useSlice(draftsSlice);
  useEffect(() => {
    loadDrafts(app);
    const now = app.get(draftsSlice);
    // without a kept draft there is nothing to choose from
    if (now.shown === null && now.drafts?.length === 0) makeFromLab(app);
  }, [app]);
  useEffect(() => {
    if (ref.current?.open === false) ref.current.showModal();
  }, []);
  const entry = shown === null ? null : draftWith(app, shown);
  return (
    <dialog
      ref={ref}
      className="overlay maker"
      aria-label="Make a lesson"
      onClose={() => {
        showDraft(app, null);
        app.set(lessonSlice, { making: false });
      }}
    >
      <header>
        <h2>{entry === null ? 'Drafts of lessons' : 'Make a lesson'}</h2>
        <span className="cluster gap-8">
          {entry !== null && (
            <button type="button" onClick={() => showDraft(app, null)}>
              All drafts
            </button>
          )}
          <button type="button" onClick={() => ref.current?.close()}>
            {entry === null ? 'Close' : 'Close and keep draft'}
          </button>
        </span>
      </header>
      {entry !== null ? (
        <DraftForm key={entry.key} id={entry.key} draft={entry.draft} />
      ) : (
        drafts !== null && <DraftList drafts={drafts} />
      )}
    </dialog>
  );
}
