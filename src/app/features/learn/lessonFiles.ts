// Opens lessons, courses, results and progress from files and links, and saves them.

import type { Problem } from '../../../base/result.ts';
import type { Course } from '../../../lessons/course.ts';
import { readCourse } from '../../../lessons/courseFile.ts';
import { printLesson, readLesson } from '../../../lessons/file.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import { problemText } from '../../../text/problem.ts';
import { chooseFile } from '../../services/chooseFile.ts';
import { saveFile } from '../../services/files.ts';
import type { App } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { openView } from '../../store/view.ts';
import { addResults } from './class/collected.ts';
import { lessonInCourse, readCourseFragment, showCourse } from './class/courseLink.ts';
import { keepCourse, keepLesson } from './class/own.ts';
import { openLesson, returnToStep } from './learning.ts';
import { lessonFragment, readLessonFragment, readLessonStep } from './lessonLink.ts';
import { type LinkFault, pageAddress } from './packed.ts';
import { importProgress } from './progress.ts';

/** Problems that a message lists. */
const SHOWN = 10;

/** Opens the text of a file of a lesson, a course, results or progress. */
export function openLessonText(app: App, name: string, text: string): void {
  const [, kind] = /"irqscope"\s*:\s*"(progress|course|results)"/.exec(text.slice(0, 200)) ?? [];
  if (kind === 'progress') importProgress(app, name, text);
  else if (kind === 'results') addResults(app, [{ name, text }]);
  else if (kind === 'course') openCourseText(app, name, text);
  else openLessonFile(app, name, text);
}

function openLessonFile(app: App, name: string, text: string): void {
  const read = readLesson(text);
  if (read.ok) {
    keepLesson(app, read.value, 'file');
    openLesson(app, read.value);
  } else showFaults(app, `${name} is not a valid lesson.`, read.problems);
}

function openCourseText(app: App, name: string, text: string): void {
  const read = readCourse(text);
  if (read.ok) {
    keepCourse(app, read.value, 'file');
    void showCourse(app, read.value);
  } else showFaults(app, `${name} is not a valid course.`, read.problems);
}

function showFaults(app: App, title: string, problems: readonly Problem[]): void {
  showProblem(app, { title, details: problems.slice(0, SHOWN).map(problemText) });
}

/** Opens the file chooser. */
export function chooseLessonFile(app: App): void {
  chooseFile('.json', (file) => void file.text().then((text) => openLessonText(app, file.name, text)));
}

/** Saves a lesson that the person made as a file, and keeps it. */
export function saveLesson(app: App, lesson: LessonBody): void {
  keepLesson(app, lesson, 'made');
  saveFile(`irqscope-lesson-${lesson.id}.json`, printLesson(lesson));
}

/** Copies a link to a lesson; without `given`, to the open lesson. */
export async function copyLessonLink(app: App, given?: LessonBody): Promise<void> {
  const lesson = given ?? app.get(lessonSlice).open?.taking.lesson;
  if (lesson === undefined) return;
  if (given !== undefined) keepLesson(app, given, 'made');
  await copyAddress(app, await lessonFragment(lesson), 'the lesson');
}

/** Copies the address of a fragment; `thing` names it in the message. Returns false where the browser blocks copying. */
export async function copyAddress(app: App, fragment: string, thing: string): Promise<boolean> {
  const link = pageAddress(fragment);
  const copied = await app.services.copyText(link);
  if (copied) app.set(labSlice, { announcement: `Copied the link to ${thing}.` });
  else showProblem(app, { title: 'The browser blocks copying. Copy this link by hand:', details: [link] });
  return copied;
}

/** A lesson of an address with its step, counted from 0, and its course. */
interface AddressedLesson {
  readonly lesson: LessonBody;
  readonly step: number;
  readonly course: Course | null;
}

/** Reads a fragment such as `lesson=three-layers&step=2` or `course=v1.…&lesson=three-layers`. */
async function readAddress(
  fragment: string,
): Promise<{ readonly ok: true; readonly value: AddressedLesson } | LinkFault> {
  const [, whole = fragment, said = '1'] = /^(.*?)&step=(.*)$/s.exec(fragment) ?? [];
  const [, packedCourse, id = ''] = /^course=([^&]*)&lesson=(.*)$/s.exec(whole) ?? [];
  const within = packedCourse === undefined ? null : await readCourseFragment(packedCourse);
  if (within?.ok === false) return within;
  const course = within?.value ?? null;
  const read =
    course === null ? await readLessonFragment(whole.replace(/^lesson=/, '')) : lessonInCourse(course, id);
  if (!read.ok) return read;
  const step = readLessonStep(read.value, said);
  return step.ok ? { ok: true, value: { lesson: read.value, step: step.value, course } } : step;
}

/** Shows the lesson of a fragment beside its session at `node`, which the lab shows already. */
export async function returnToLessonLink(app: App, fragment: string, node: number): Promise<void> {
  const read = await readAddress(fragment);
  if (read.ok) returnToStep(app, read.value.lesson, read.value.step, node, read.value.course);
}

/** Opens the lesson of a fragment; `onRead` is called before the lesson changes the session. */
export async function openLessonLink(app: App, fragment: string, onRead: () => void): Promise<void> {
  const read = await readAddress(fragment);
  if (read.ok) {
    const { lesson, step, course } = read.value;
    onRead();
    if (course === null) keepLesson(app, lesson, 'link');
    else keepCourse(app, course, 'link');
    openLesson(app, lesson, false, step, course);
    return;
  }
  showProblem(app, {
    title: read.title,
    details: read.details,
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
