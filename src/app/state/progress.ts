// How far a person has come with the lessons: kept in the browser, exported and imported as a file. What cannot be read is
// named and set aside, never thrown away.

import { create } from 'zustand';
import { problemText } from '../../base/result.ts';
import {
  mergeProgress,
  type Progress,
  parseProgress,
  printProgress,
  type StepProgress,
} from '../../formats/lesson/progress.ts';
import { showProblem, useLab } from './lab.ts';
import { saveText } from './saveText.ts';

const KEY = 'irqscope.progress';
const SET_ASIDE = 'irqscope.set-aside.progress';

/** What has been done. */
export const useProgress = create<{ readonly progress: Progress }>()(() => ({ progress: readKept() }));

function readKept(): Progress {
  try {
    const text = localStorage.getItem(KEY);
    if (text === null) return {};
    const read = parseProgress(text);
    if (read.ok) return read.value;
    localStorage.setItem(SET_ASIDE, text);
    localStorage.removeItem(KEY);
    const details = read.problems.map(problemText);
    // the store is being made: the message comes after it
    queueMicrotask(() =>
      showProblem({
        title: 'The progress that this browser has kept cannot be read.',
        details,
        note: `It is set aside in the local storage under ${SET_ASIDE}, not deleted.`,
      }),
    );
  } catch {
    // storage can be forbidden; progress then lasts as long as the page
  }
  return {};
}

function keep(progress: Progress): void {
  useProgress.setState({ progress });
  try {
    localStorage.setItem(KEY, printProgress(progress));
  } catch (error) {
    const details = [error instanceof Error ? error.message : String(error)];
    showProblem({
      title: 'The browser does not keep the progress.',
      details,
      note: '“Export progress” saves it.',
    });
  }
}

/** Notes what was done of a step; a first answer and a best result stay. */
export function note(lesson: string, at: number, done: StepProgress): void {
  const { progress } = useProgress.getState();
  const steps = Array.from({ length: at + 1 }, (_, step) => (step === at ? done : { done: false }));
  const merged = mergeProgress(progress, { [lesson]: steps });
  if (JSON.stringify(merged) !== JSON.stringify(progress)) keep(merged);
}

/** Hands the progress to the browser as a file. */
export function exportProgress(): void {
  saveText('irqscope-progress.json', printProgress(useProgress.getState().progress));
}

/** Takes over the progress of a file; of what is there already, the better stays. */
export function importProgress(name: string, text: string): void {
  const read = parseProgress(text);
  if (!read.ok) {
    showProblem({
      title: `${name} is no progress that can be read.`,
      details: read.problems.map(problemText),
    });
    return;
  }
  keep(mergeProgress(useProgress.getState().progress, read.value));
  useLab.setState({ announcement: 'Progress imported.' });
}
