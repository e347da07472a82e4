// Opens lessons and progress from files and links, and saves them.

import { printLesson, readLesson } from '../../../lessons/file.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import { problemText } from '../../../text/problem.ts';
import { chooseFile } from '../../services/chooseFile.ts';
import { saveFile } from '../../services/files.ts';
import type { App } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { openView } from '../../store/view.ts';
import { openLesson, returnToStep } from './learning.ts';
import { lessonFragment, readLessonFragment, readLessonStep } from './lessonLink.ts';
import { importProgress } from './progress.ts';

/** Problems that a message lists. */
const SHOWN = 10;

/** Opens the text of a lesson file or progress file. */
export function openLessonText(app: App, name: string, text: string): void {
  if (/"irqscope"\s*:\s*"progress"/.test(text.slice(0, 200))) {
    importProgress(app, name, text);
    return;
  }
  const read = readLesson(text);
  if (read.ok) openLesson(app, read.value);
  else {
    const details = read.problems.slice(0, SHOWN).map(problemText);
    showProblem(app, { title: `${name} is not a valid lesson.`, details });
  }
}

/** Opens the file chooser. */
export function chooseLessonFile(app: App): void {
  chooseFile('.json', (file) => void file.text().then((text) => openLessonText(app, file.name, text)));
}

/** Saves a lesson as a file. */
export function saveLesson(lesson: LessonBody): void {
  saveFile(`irqscope-lesson-${lesson.id}.json`, printLesson(lesson));
}

/** Copies a link to a lesson; without `given`, to the open lesson. */
export async function copyLessonLink(app: App, given?: LessonBody): Promise<void> {
  const lesson = given ?? app.get(lessonSlice).open?.taking.lesson;
  if (lesson === undefined) return;
  const { origin, pathname } = window.location;
  const link = `${origin}${pathname}#${await lessonFragment(lesson)}`;
  if (await app.services.copyText(link))
    app.set(labSlice, { announcement: 'Copied the link to the lesson.' });
  else showProblem(app, { title: 'The browser blocks copying. Copy this link by hand:', details: [link] });
}

/** Splits the text after `#lesson=` into the lesson and the text of its step. */
function lessonAndStep(said: string): readonly [lesson: string, step: string] {
  const [, lesson = said, step = '1'] = /^(.*?)&step=(.*)$/s.exec(said) ?? [];
  return [lesson, step];
}

/** Shows the lesson of an address beside its session at `node`, which the lab shows already. */
export async function returnToLessonLink(app: App, said: string, node: number): Promise<void> {
  const [lesson, step] = lessonAndStep(said);
  const read = await readLessonFragment(lesson);
  const at = read.ok ? readLessonStep(read.value, step) : read;
  if (read.ok && at.ok) returnToStep(app, read.value, at.value, node);
}

/** Opens the text after `#lesson=`; `onRead` is called before the lesson changes the session. */
export async function openLessonLink(app: App, said: string, onRead: () => void): Promise<void> {
  const [lesson, step] = lessonAndStep(said);
  const read = await readLessonFragment(lesson);
  const at = read.ok ? readLessonStep(read.value, step) : read;
  if (read.ok && at.ok) {
    onRead();
    openLesson(app, read.value, false, at.value);
    return;
  }
  if (at.ok) return;
  showProblem(app, {
    title: at.title,
    details: at.details,
    note: 'Your session is unchanged. Choose another lesson, or ask the sender for the link or the lesson file again.',
    keepsAddress: true,
    actions: [
      {
        label: 'Show all lessons',
        run: () => {
          app.set(labSlice, { problem: null });
          openView(app, 'learn');
        },
      },
    ],
  });
}
