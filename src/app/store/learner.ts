// The person as a learner: the lesson to continue with, and whether the first lesson is still ahead. features/start/ reads and
// keeps both once the first picture is drawn.

import type { BegunLesson } from '../../formats/lesson/begun.ts';
import { type App, slice } from './app.ts';
import { lessonSlice } from './lesson.ts';
import { viewSlice } from './view.ts';

/** The state of the learner. */
export interface Learner {
  /** The lesson that the person has begun and not finished. */
  readonly begun: BegunLesson | null;
  /** True while the person has finished no lesson. */
  readonly isNew: boolean;
}

/** The slice. Until the browser's storage is read the person counts as experienced. */
export const learnerSlice = slice<Learner>(() => ({ begun: null, isNew: false }));

/** Returns the lesson to continue with; null while the lab shows a lesson, or when none is begun. */
export function lessonToContinue(app: App): BegunLesson | null {
  const isShown = app.get(lessonSlice).open !== null && app.get(viewSlice).view === 'lab';
  return isShown ? null : app.get(learnerSlice).begun;
}

/** For instance `Continue: Table, irq, eventfd, step 2`. */
export function continueText({ title, step }: BegunLesson): string {
  return `Continue: ${title}, step ${step}`;
}
