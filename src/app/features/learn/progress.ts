// Records, exports and imports progress with the lessons; store/progress.ts keeps it.

import {
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

/** Records the result of a step; the first answer and the best result stay. */
export function note(app: App, lesson: string, at: number, done: StepProgress): void {
  const { progress } = app.get(progressSlice);
  const steps = Array.from({ length: at + 1 }, (_, step) => (step === at ? done : { done: false }));
  const merged = mergeProgress(progress, { [lesson]: steps });
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
