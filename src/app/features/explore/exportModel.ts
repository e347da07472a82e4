// Saves the chosen search as a model for an external model checker.

import { type ExportFormat, exported } from '../../../explore/export/index.ts';
import { printLine } from '../../../formats/notation/printLine.ts';
import { scriptLine } from '../../../session/session.ts';
import { problemText } from '../../../text/problem.ts';
import { searchProblem } from '../../../views/explore/problem.ts';
import { saveFile } from '../../services/files.ts';
import type { App } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { exploreSlice } from './store.ts';

const ENGINES: Readonly<Record<ExportFormat, string>> = { promela: 'Spin', tla: 'TLC' };

/** Saves the files of the export, or shows the parts of the search that the model cannot express. */
export function exportModel(app: App, format: ExportFormat): void {
  const problem = searchProblem(app.get(exploreSlice).setup);
  const files = problem.ok
    ? exported(format, problem.value.problem, (line) => printLine(scriptLine(line)))
    : problem;
  if (!files.ok) {
    const title = `This search cannot be exported for ${ENGINES[format]}.`;
    showProblem(app, { title, details: files.problems.slice(0, 5).map(problemText) });
    return;
  }
  for (const { name, text } of files.value) saveFile(name, text);
  const names = files.value.map(({ name }) => name).join(' and ');
  app.set(labSlice, { announcement: `Saved ${names}.` });
}
