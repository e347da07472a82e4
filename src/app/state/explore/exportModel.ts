// The chosen search as a model for an engine outside the browser, as a file of the person.

import { problemText } from '../../../base/result.ts';
import { type ExportFormat, exported } from '../../../explore/export/index.ts';
import { showProblem, useLab } from '../lab.ts';
import { searchProblem } from './problem.ts';
import { useExplore } from './store.ts';

const ENGINES: Readonly<Record<ExportFormat, string>> = { promela: 'Spin', tla: 'TLC' };

/** Hands the files of the export to the browser, or says what the other engine's model cannot say. */
export function exportModel(format: ExportFormat): void {
  const problem = searchProblem(useExplore.getState().setup);
  const files = problem.ok ? exported(format, problem.value) : problem;
  if (!files.ok) {
    const title = `This search cannot be written as a model for ${ENGINES[format]}.`;
    showProblem({ title, details: files.problems.slice(0, 5).map(problemText) });
    return;
  }
  for (const { name, text } of files.value) save(name, text);
  const names = files.value.map(({ name }) => name).join(' and ');
  useLab.setState({ announcement: `Saved ${names}.` });
}

function save(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser has taken the file over when the click is done with
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
