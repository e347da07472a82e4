// After a reload, Back or Forward the lab shows its session already; the lesson or the scenario of the address joins it.

import type { App } from '../../store/app.ts';
import { labSlice } from '../../store/lab.ts';
import { KEPT_LESSON } from '../../store/lesson.ts';

/** The address of a lesson, also of one in a course. */
const LESSON = /^#(lesson=|course=[^&]*&lesson=)/;

/** True while the tab's storage has the open lesson with its answers, which the page brings back by itself. */
export function isLessonKept({ services }: App): boolean {
  return services.tab.read(KEPT_LESSON) !== null;
}

/** Shows the lesson and the step that the address names beside the session, which is shown already. */
export function returnToLesson(app: App): void {
  const { hash } = window.location;
  if (!LESSON.test(hash)) return;
  const { current } = app.get(labSlice).history;
  void import('../../features/learn/lessonFiles.ts').then(async ({ returnToLessonLink }) => {
    await returnToLessonLink(app, hash.slice(1), current);
  });
}

/** Keeps the address of a scenario whose session is shown already. */
export function returnToScenario(app: App): void {
  const { hash } = window.location;
  if (!/^#(scenario|compare)=/.test(hash)) return;
  const { current } = app.get(labSlice).history;
  void import('../opening/openScenarioLink.ts').then(({ returnToScenarioLink }) => {
    if (app.get(labSlice).history.current === current) returnToScenarioLink(app, hash);
  });
}
