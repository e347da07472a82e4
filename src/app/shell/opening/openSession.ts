// Opens the file of a session. Problems are listed by field, and the current session stays unchanged.

import { parseSession } from '../../../formats/session/parse.ts';
import { counted } from '../../../text/numbers.ts';
import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import { edit, labSlice, showProblem } from '../../store/lab.ts';

/** Opens the text of a file, as an edit that can be undone. */
export function openSessionText(app: App, name: string, text: string): void {
  const read = parseSession(text);
  if (!read.ok) {
    const details = read.problems.map(problemText);
    showProblem(app, { title: `${name} is not a readable session.`, details });
    return;
  }
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  edit(app, `open ${name}`, () => read.value);
  app.set(labSlice, { announcement: `${name} opened, ${counted(read.value.script.length, 'line')}.` });
}
