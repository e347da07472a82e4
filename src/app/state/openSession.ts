// Opening the file of a session. What cannot be read is told field by field, and what is shown stays as it is.

import { problemText } from '../../base/result.ts';
import { parseSession } from '../../formats/session/parse.ts';
import { counted } from '../../views/words/numbers.ts';
import { edit, showProblem, useLab } from './lab.ts';

/** Opens the text of a file; a session that is opened is one more edit. */
export function openSessionText(name: string, text: string): void {
  const read = parseSession(text);
  if (!read.ok) {
    const details = read.problems.map(problemText);
    showProblem({ title: `${name} is not a session that can be read.`, details });
    return;
  }
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  edit(`open ${name}`, () => read.value);
  useLab.setState({ announcement: `${name} opened, ${counted(read.value.script.length, 'line')}.` });
}
