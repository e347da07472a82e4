// Lessons and progress from files and links, and to them.

import { problemText } from '../../base/result.ts';
import { printLesson, readLesson } from '../../lessons/file.ts';
import type { LessonBody } from '../../lessons/lesson.ts';
import { showProblem, useLab } from './lab.ts';
import { openLesson } from './learning.ts';
import { useLesson } from './lesson.ts';
import { lessonFragment, readLessonFragment } from './lessonLink.ts';
import { importProgress } from './progress.ts';
import { saveText } from './saveText.ts';

/** Problems that are told by name. */
const SHOWN = 10;

/** Opens the text of a file: a lesson, or progress. */
export function openLessonText(name: string, text: string): void {
  if (/"irqscope"\s*:\s*"progress"/.test(text.slice(0, 200))) {
    importProgress(name, text);
    return;
  }
  const read = readLesson(text);
  if (read.ok) openLesson(read.value);
  else {
    const details = read.problems.slice(0, SHOWN).map(problemText);
    showProblem({ title: `${name} is not a lesson that can be taken.`, details });
  }
}

/** Lets the person choose a file. */
export function chooseLessonFile(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.json';
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file !== undefined) void file.text().then((text) => openLessonText(file.name, text));
  });
  input.click();
}

/** Saves a lesson as a file. */
export function saveLesson(lesson: LessonBody): void {
  saveText(`irqscope-lesson-${lesson.id}.json`, printLesson(lesson));
}

/** Puts a link to a lesson into the clipboard; without one given, to the lesson that is open. */
export async function copyLessonLink(given?: LessonBody): Promise<void> {
  const lesson = given ?? useLesson.getState().open?.taking.lesson;
  if (lesson === undefined) return;
  const { origin, pathname } = window.location;
  const link = `${origin}${pathname}#${await lessonFragment(lesson)}`;
  try {
    await navigator.clipboard.writeText(link);
    useLab.setState({ announcement: 'Link to the lesson copied.' });
  } catch {
    showProblem({ title: 'The browser does not allow copying.', details: [link] });
  }
}

/** Opens what stands behind `#lesson=`. */
export async function openLessonLink(said: string, onRead: () => void): Promise<void> {
  const read = await readLessonFragment(said);
  if (read.ok) {
    onRead();
    openLesson(read.value);
    return;
  }
  showProblem({
    title: 'The lesson of this link cannot be opened.',
    details: read.problems.slice(0, SHOWN).map(problemText),
    keepsAddress: true,
  });
}
