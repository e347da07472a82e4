// The address of a worksheet: `#learn=worksheet&lesson=…` or `#learn=worksheet&course=…`, with `&answers=1` for the answer key.

import type { Subject } from '../../../../lessons/results.ts';
import type { App } from '../../../store/app.ts';
import { viewSlice } from '../../../store/view.ts';
import { lessonFragment, readLessonFragment } from '../lessonLink.ts';
import type { LinkFault } from '../packed.ts';
import { courseFragment, readCourseFragment } from './courseLink.ts';

/** What the page of a worksheet shows; without a subject a person chooses one. */
export interface AskedWorksheet {
  readonly subject: Subject | null;
  /** The fragment of the lesson or course, without `#`; empty without one. */
  readonly fragment: string;
  readonly answers: boolean;
}

/** Returns the fragment of a lesson or a course. */
export async function subjectFragment({ lesson, course }: Subject): Promise<string> {
  return course === undefined ? lessonFragment(lesson) : courseFragment(course);
}

/** Returns the fragment of a worksheet, without `#`. */
export function worksheetFragment(fragment: string, answers: boolean): string {
  return `learn=worksheet${fragment === '' ? '' : `&${fragment}`}${answers ? '&answers=1' : ''}`;
}

/** Returns whether the fragment of a worksheet asks for the answer key. */
export function hasAnswers(own: string): boolean {
  return own.split('&').includes('answers=1');
}

/** Shows the worksheet of a lesson or a course. */
export async function showWorksheet(app: App, subject: Subject): Promise<void> {
  const own = worksheetFragment(await subjectFragment(subject), false);
  app.set(viewSlice, { view: 'learn', own });
}

/** Reads the fragment of a worksheet, or returns the message for a person. The earlier word `handout` is read too. */
export async function readWorksheetFragment(
  own: string,
): Promise<{ readonly ok: true; readonly value: AskedWorksheet } | LinkFault> {
  const [, rest = ''] = /^learn=(?:worksheet|handout)[=&]?(.*)$/s.exec(own) ?? [];
  const parts = rest.split('&').filter((part) => part !== '');
  const answers = hasAnswers(own);
  const fragment = parts.find((part) => !part.startsWith('answers=')) ?? '';
  const [, key = 'lesson', said = fragment] = /^(lesson|course)=(.*)$/s.exec(fragment) ?? [];
  if (fragment === '') return { ok: true, value: { subject: null, fragment, answers } };
  if (key === 'course') {
    const read = await readCourseFragment(said);
    return read.ok ? { ok: true, value: { subject: { course: read.value }, fragment, answers } } : read;
  }
  const read = await readLessonFragment(said);
  if (!read.ok) return read;
  return { ok: true, value: { subject: { lesson: read.value }, fragment: `lesson=${said}`, answers } };
}
