// The ways into the lesson editor and out of it: from the lab, from an open lesson, and to a preview and back.

import { LESSONS } from '../../../lessons/index.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import { draftOf, draftOfLesson, type LessonDraft } from '../../../lessons/make.ts';
import { currentSession } from '../../../session/history.ts';
import type { App } from '../../store/app.ts';
import { replayOf } from '../../store/derived.ts';
import { labSlice } from '../../store/lab.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { draftsSlice, keepDraft, loadDrafts, openNewDraft } from './drafts.ts';
import { leaveLesson, openLesson } from './learning.ts';

/** Returns the first draft for the lab's script. */
function draftFromLab(app: App): LessonDraft {
  const session = currentSession(app.get(labSlice).history);
  return draftOf(session, replayOf(app, session));
}

/** Opens a draft of the lab's script in the editor. */
export function makeFromLab(app: App): void {
  openNewDraft(app, draftFromLab(app));
}

/** Opens the editor with a copy of a lesson. A built-in lesson gives a lesson of its own, others stay the same lesson. */
export function editCopy(app: App, lesson: LessonBody): void {
  loadDrafts(app);
  const isBuiltIn = LESSONS.some((known) => known === lesson);
  openNewDraft(app, draftOfLesson(lesson, !isBuiltIn));
  app.set(lessonSlice, { making: true });
}

/** Opens the lesson of a draft in the lab as a person who takes it sees it. */
export function previewDraft(app: App, key: string, draft: LessonDraft, lesson: LessonBody): void {
  keepDraft(app, key, draft);
  app.set(draftsSlice, { preview: { lesson, key }, shown: null });
  openLesson(app, lesson);
}

/** Closes the preview and opens its draft in the editor again. */
export function backToEditor(app: App): void {
  const { preview } = app.get(draftsSlice);
  if (preview === null) return;
  leaveLesson(app);
  app.set(draftsSlice, { preview: null, shown: preview.key });
  app.set(lessonSlice, { making: true });
}
