// The address of a handout: `handout=` and the name or the file of its lesson, as in `lesson=`. The handout is a part of Lessons,
// so the fragment is that of the view.

import type { App } from '../../store/app.ts';
import { showProblem } from '../../store/lab.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { setOwnFragment, viewSlice } from '../../store/view.ts';

const HANDOUT = 'handout=';
/** The list of lessons, in whose place a handout is shown. */
const LIST = 'learn=lessons';

/** True for the own fragment of a handout, without `#`. */
export function isHandout(own: string | null): boolean {
  return own?.startsWith(HANDOUT) === true;
}

/** Gives an open handout its own fragment, from now on. */
export function followHandout(app: App): void {
  app.on(lessonSlice, (now, before) => {
    if (now.handout !== before.handout) void nameHandout(app);
  });
  app.on(viewSlice, ({ own }) => {
    // the view opens at its list, and shows the handout there
    if (own === LIST && app.get(lessonSlice).handout !== null) void nameHandout(app);
  });
}

async function nameHandout(app: App): Promise<void> {
  const { handout } = app.get(lessonSlice);
  if (handout === null) {
    if (isHandout(app.get(viewSlice).own)) setOwnFragment(app, LIST);
    return;
  }
  const { lessonFragment } = await import('../../features/learn/lessonLink.ts');
  const fragment = await lessonFragment(handout);
  const { own } = app.get(viewSlice);
  if (app.get(lessonSlice).handout === handout && (own === LIST || isHandout(own)))
    setOwnFragment(app, fragment.replace(/^lesson=/, HANDOUT));
}

/** Shows the handout that the view's own fragment names, or the list without one. */
export async function showHandout(app: App): Promise<void> {
  const { own } = app.get(viewSlice);
  if (own === null || !isHandout(own)) {
    if (app.get(lessonSlice).handout !== null) app.set(lessonSlice, { handout: null });
    return;
  }
  const { readLessonFragment } = await import('../../features/learn/lessonLink.ts');
  const read = await readLessonFragment(own.slice(HANDOUT.length));
  if (app.get(viewSlice).own !== own) return;
  if (read.ok) {
    app.set(lessonSlice, { handout: read.value });
    return;
  }
  setOwnFragment(app, LIST);
  showProblem(app, { title: read.title, details: read.details, note: 'The list of lessons is shown.' });
}
