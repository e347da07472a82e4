// Fetching what a lesson does: with the first lesson, or with the one that was open before a reload.

import { KEPT_LESSON } from './lesson.ts';

/** What a lesson does; fetched when it is needed. */
export const learning = () => import('./learning.ts');

/** Brings back the lesson that was open before a reload. */
export function restoreLesson(): void {
  try {
    if (sessionStorage.getItem(KEPT_LESSON) === null) return;
  } catch {
    // storage can be forbidden
    return;
  }
  void learning().then(({ bringBack }) => bringBack());
}
