// Continues a lesson: the open one where the person has left it, or the one of an earlier visit at its step.

import { learning } from '../../features/learn/lessonLoading.ts';
import type { App } from '../../store/app.ts';
import type { Command } from '../../store/commands.ts';
import { learnerSlice } from '../../store/learner.ts';
import { isTaking } from '../../store/lesson.ts';
import { openView } from '../../store/view.ts';

/** The command, which the button in the top bar brings. */
export const CONTINUE: Command = {
  id: 'lesson.continue',
  section: 'Lessons',
  title: 'Continue the lesson that you have begun',
  enabled: (app) => app.get(learnerSlice).begun !== null || isTaking(app),
  run: (app) => void continueLesson(app),
};

async function continueLesson(app: App): Promise<void> {
  const { begun } = app.get(learnerSlice);
  if (isTaking(app)) {
    const { backToLesson } = await learning();
    backToLesson(app);
    openView(app, 'lab');
  } else if (begun !== null) window.location.hash = `#${begun.fragment}&step=${begun.step}`;
}
