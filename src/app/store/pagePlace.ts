// Opens a recording or scenario that a source line cites.

import type { PagePlace } from '../../views/trace/sources.ts';
import type { App } from './app.ts';
import { switchTo } from './branches.ts';
import { labSlice, lookAt } from './lab.ts';
import { isBelow, lessonSlice } from './lesson.ts';
import { openView } from './view.ts';

/** Leaves the branch of an open lesson, so that the lesson's own work stays apart and the panel leads back to it. */
function leaveLessonBranch(app: App): void {
  const { open } = app.get(lessonSlice);
  if (open !== null && isBelow(app.get(labSlice).history, open.entry)) switchTo(app, open.home);
}

/** Opens the place in the lab; the earlier work stays in its branch. */
export async function openPagePlace(app: App, place: PagePlace): Promise<void> {
  if (place.kind === 'recording') {
    const { openBuiltIn } = await import('./recordings.ts');
    openView(app, 'lab');
    leaveLessonBranch(app);
    if (await openBuiltIn(app, place)) lookAt(app, { line: place.line, step: null });
    return;
  }
  const [{ scenarios }, { openScenario }] = await Promise.all([
    import('../../lessons/scenarios/index.ts'),
    import('./scenarios.ts'),
  ]);
  const found = scenarios().find(({ id }) => id === place.id);
  if (found === undefined) return;
  leaveLessonBranch(app);
  openScenario(app, found);
}
