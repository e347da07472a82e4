// The draft of the lesson editor in the local storage, so that closing the editor or the page loses nothing.

import { parseDraft, printDraft } from '../../../formats/lesson/draft.ts';
import type { LessonDraft } from '../../../lessons/make.ts';
import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import { showProblem } from '../../store/lab.ts';

const KEY = 'irqscope.draft.lesson';
const SET_ASIDE = 'irqscope.set-aside.draft.lesson';

/** Returns the kept draft, or null if there is none. An unreadable draft is reported and set aside. */
export function keptDraft(app: App): LessonDraft | null {
  const { kept } = app.services;
  const text = kept.read(KEY);
  if (text === null) return null;
  const read = parseDraft(text);
  if (read.ok) return read.value;
  kept.write(SET_ASIDE, text);
  kept.remove(KEY);
  showProblem(app, {
    title: 'The lesson draft kept in this browser cannot be read.',
    details: read.problems.map(problemText),
    note: `The local storage keeps a copy under ${SET_ASIDE}.`,
  });
  return null;
}

/** Keeps the draft; without storage it lasts until the editor is closed. */
export function keepDraft({ services }: App, draft: LessonDraft): void {
  const { lines, ...rest } = draft;
  const copied = lines.map((line) => ({ ...line, choices: [...line.choices] }));
  services.kept.write(KEY, printDraft({ ...rest, lines: copied }));
}

/** Deletes the kept draft. */
export function forgetDraft({ services }: App): void {
  services.kept.remove(KEY);
}
