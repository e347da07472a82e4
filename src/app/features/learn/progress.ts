// Records, exports and imports progress with the lessons; store/progress.ts keeps it.

import {
  addProgress,
  mergeProgress,
  parseProgress,
  printProgress,
  type StepProgress,
} from '../../../formats/lesson/progress.ts';
import { problemText } from '../../../text/problem.ts';
import { saveFile } from '../../services/files.ts';
import type { App } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { keepProgress, progressSlice } from '../../store/progress.ts';

/** Records a try, a hint or the result of a step; tries are added, the first answer and the best result stay. */
export function note(app: App, lesson: string, at: number, more: StepProgress): void {
  const { progress } = app.get(progressSlice);
  const merged = addProgress(progress, lesson, at, more);
  if (JSON.stringify(merged) !== JSON.stringify(progress)) keepProgress(app, merged);
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
  keepProgress(app, mergeProgress(app.get(progressSlice).progress, read.value));
  app.set(labSlice, { announcement: 'Progress imported.' });
}
