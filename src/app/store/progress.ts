// Progress with the lessons, kept in the browser. Unreadable progress is reported and set aside, never deleted.

import { type Progress, parseProgress, printProgress } from '../../formats/lesson/progress.ts';
import { problemText } from '../../text/problem.ts';
import { type App, slice } from './app.ts';
import { showProblem } from './lab.ts';
import { setAside } from './setAside.ts';

const KEY = 'irqscope.progress';

/** The progress of this browser. */
export const progressSlice = slice<{ readonly progress: Progress }>((app) => ({
  progress: readKept(app),
}));

function readKept(app: App): Progress {
  const { kept } = app.services;
  const text = kept.read(KEY);
  if (text === null) return {};
  const read = parseProgress(text);
  if (read.ok) return read.value;
  const title = 'The lesson progress kept in this browser cannot be read.';
  setAside(app, { key: KEY, text, title, details: read.problems.map(problemText) });
  kept.remove(KEY);
  return {};
}

/** Keeps progress in the browser. */
export function keepProgress(app: App, progress: Progress): void {
  app.set(progressSlice, { progress });
  if (app.services.kept.write(KEY, printProgress(progress))) return;
  showProblem(app, {
    title: 'The browser cannot keep the lesson progress.',
    details: ['Its storage is full or forbidden.'],
    note: '“Export progress” saves it as a file.',
  });
}
