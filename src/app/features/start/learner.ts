// Follows the lessons of a person: keeps the lesson that is begun between visits, and notes the first finished lesson.

import { type BegunLesson, parseBegun, printBegun } from '../../../formats/lesson/begun.ts';
import type { App } from '../../store/app.ts';
import { learnerSlice } from '../../store/learner.ts';
import { lessonSlice, type OpenLesson } from '../../store/lesson.ts';

/** The lesson that is begun. */
const BEGUN = 'irqscope.begun';
/** Set once a lesson is finished. */
const FINISHED = 'irqscope.finished';

/** Reads what the browser keeps and follows the open lesson; the returned function ends that. */
export function followLearner(app: App): () => void {
  app.set(learnerSlice, { begun: readBegun(app), isNew: app.services.kept.read(FINISHED) === null });
  see(app, app.get(lessonSlice).open);
  void noteEarlier(app);
  return app.on(lessonSlice, ({ open }) => see(app, open));
}

/** Unreadable text is removed: it holds no work, and the next lesson replaces it. */
function readBegun({ services: { kept } }: App): BegunLesson | null {
  const text = kept.read(BEGUN);
  if (text === null) return null;
  const read = parseBegun(text);
  if (read.ok) return read.value;
  kept.remove(BEGUN);
  return null;
}

function see(app: App, open: OpenLesson | null): void {
  // the address of a lesson from a file follows later; a presenter is no learner
  if (open === null || open.fragment === null || open.presenting) return;
  const { lesson, at, marks } = open.taking;
  if (at === lesson.steps.length - 1 && marks[at]?.revealed === true) {
    app.services.kept.write(FINISHED, '1');
    app.services.kept.remove(BEGUN);
    app.set(learnerSlice, { begun: null, isNew: false });
    return;
  }
  const { begun } = app.get(learnerSlice);
  const step = at + 1;
  if (begun?.fragment === open.fragment && begun.step === step) return;
  const now = { fragment: open.fragment, title: lesson.title, step };
  app.services.kept.write(BEGUN, printBegun(now));
  app.set(learnerSlice, { begun: now });
}

/** A person who has finished a lesson with an earlier version of the page is not new. */
async function noteEarlier(app: App): Promise<void> {
  if (!app.get(learnerSlice).isNew || app.services.kept.read('irqscope.progress') === null) return;
  const [{ progressSlice }, { LESSONS }] = await Promise.all([
    import('../../store/progress.ts'),
    import('../../../lessons/index.ts'),
  ]);
  const { progress } = app.get(progressSlice);
  const isDone = LESSONS.some(({ id, steps }) => steps.every((_, at) => progress[id]?.[at]?.done === true));
  if (!isDone) return;
  app.services.kept.write(FINISHED, '1');
  app.set(learnerSlice, { isNew: false });
}
