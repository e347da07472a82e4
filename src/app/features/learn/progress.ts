// Progress with the lessons: kept in the browser, exported and imported as a file. Unreadable progress is reported and set
// aside, never deleted.

import {
  addProgress,
  mergeProgress,
  type Progress,
  parseProgress,
  printProgress,
  type StepProgress,
} from '../../../formats/lesson/progress.ts';
import { problemText } from '../../../text/problem.ts';
import { saveFile } from '../../services/files.ts';
import { type App, slice } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';

const KEY = 'irqscope.progress';
const SET_ASIDE = 'irqscope.set-aside.progress';

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
  kept.write(SET_ASIDE, text);
  kept.remove(KEY);
  const details = read.problems.map(problemText);
  // the slice does not exist yet, so the message waits
  queueMicrotask(() =>
    showProblem(app, {
      title: 'The lesson progress kept in this browser cannot be read.',
      details,
      note: `The local storage keeps a copy under ${SET_ASIDE}.`,
    }),
  );
  return {};
}

function keep(app: App, progress: Progress): void {
  app.set(progressSlice, { progress });
  if (app.services.kept.write(KEY, printProgress(progress))) return;
  showProblem(app, {
    title: 'The browser cannot keep the lesson progress.',
    details: ['Its storage is full or forbidden.'],
    note: '“Export progress” saves it as a file.',
  });
}

/** Records a try, a hint or the result of a step; tries are added, the first answer and the best result stay. */
export function note(app: App, lesson: string, at: number, more: StepProgress): void {
  const { progress } = app.get(progressSlice);
  const merged = addProgress(progress, lesson, at, more);
  if (JSON.stringify(merged) !== JSON.stringify(progress)) keep(app, merged);
}

/** Saves the progress as a file. */
export function exportProgress(app: App): void {
  saveFile('irqscope-progress.json', printProgress(app.get(progressSlice).progress));
}

/** Imports the progress of a file; the better result of each step stays. */
export function importProgress(app: App, name: string, text: string): void {
  const read = parseProgress(text);
  if (!read.ok) {
    showProblem(app, {
      title: `${name} is not a valid progress file.`,
      details: read.problems.map(problemText),
    });
    return;
  }
  keep(app, mergeProgress(app.get(progressSlice).progress, read.value));
  app.set(labSlice, { announcement: 'Progress imported.' });
}
