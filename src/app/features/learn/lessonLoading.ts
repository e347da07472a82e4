// Loads the code of the lessons with the first lesson, or with the lesson that was open before a reload.

import type { App } from '../../store/app.ts';
import { KEPT_LESSON } from '../../store/lesson.ts';

/** Loads the code that runs a lesson. */
export const learning = () => import('./learning.ts');

/** Loads the code that presents a lesson. */
export const presentation = () => import('./presentation.ts');

/** Reopens the lesson that was open before a reload. */
export function restoreLesson(app: App): void {
  if (app.services.tab.read(KEPT_LESSON) !== null) void learning().then(({ bringBack }) => bringBack(app));
}
