// The results files that a teacher has opened. They stay in the memory of the page: no storage keeps the names of learners, and
// nothing is sent.

import { parseResults } from '../../../../formats/results/file.ts';
import { duplicateOf, type NamedResults } from '../../../../lessons/classResults.ts';
import type { Subject } from '../../../../lessons/results.ts';
import { counted } from '../../../../text/numbers.ts';
import { problemText } from '../../../../text/problem.ts';
import { type App, slice } from '../../../store/app.ts';
import { labSlice } from '../../../store/lab.ts';
import { openView, setOwnFragment } from '../../../store/view.ts';

/** A file that is not in the table, with the reason. */
export interface RefusedFile {
  readonly file: string;
  readonly reason: string;
}

interface Collected {
  readonly files: readonly NamedResults[];
  readonly refused: readonly RefusedFile[];
  /** The lesson or course whose results the person wants to save; null: the person chooses. */
  readonly saving: Subject | null;
}

/** The opened results. */
export const collectedSlice = slice<Collected>(() => ({ files: [], refused: [], saving: null }));

/** A file with its text. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Adds results files to the table and shows it. Unreadable files and duplicates are listed with the reason. */
export function addResults(app: App, texts: readonly TextFile[]): void {
  const files = [...app.get(collectedSlice).files];
  const refused: RefusedFile[] = [];
  for (const { name, text } of texts) {
    const read = parseResults(text);
    if (!read.ok) {
      refused.push({ file: name, reason: read.problems.slice(0, 3).map(problemText).join('; ') });
      continue;
    }
    const same = duplicateOf(read.value, files);
    if (same === null) files.push({ file: name, results: read.value });
    else
      refused.push({
        file: name,
        reason: `duplicate: ${same.file} has the same name, the same lesson or course, and the same date`,
      });
  }
  const added = files.length - app.get(collectedSlice).files.length;
  app.set(collectedSlice, { files, refused });
  showTab(app);
  const announcement = `${counted(added, 'results file')} added, ${refused.length} not added.`;
  app.set(labSlice, { announcement });
}

/** Removes all results from the table. */
export function clearResults(app: App): void {
  app.set(collectedSlice, { files: [], refused: [] });
  app.set(labSlice, { announcement: 'The table is empty.' });
}

/** Shows the form that saves the results of a lesson or a course. */
export function showResultsOf(app: App, saving: Subject): void {
  app.set(collectedSlice, { saving });
  showTab(app);
}

function showTab(app: App): void {
  openView(app, 'learn');
  setOwnFragment(app, 'learn=results');
}
