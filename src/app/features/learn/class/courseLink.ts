// A course in the address: `#course=v1.` and the packed file; `&lesson=` and the id of one of its lessons opens that lesson.

import type { Course } from '../../../../lessons/course.ts';
import { printCourse, readCourse } from '../../../../lessons/courseFile.ts';
import type { LessonBody } from '../../../../lessons/lesson.ts';
import { problemText } from '../../../../text/problem.ts';
import type { App } from '../../../store/app.ts';
import { viewSlice } from '../../../store/view.ts';
import { type LinkFault, packed, unpacked } from '../packed.ts';

/** Problems that are shown. */
const SHOWN = 10;

/** Returns the fragment of a course, without `#`. */
export async function courseFragment(course: Course): Promise<string> {
  return `course=${await packed(printCourse(course))}`;
}

/** Shows the page of a course; its address contains the course. */
export async function showCourse(app: App, course: Course): Promise<void> {
  const own = await courseFragment(course);
  app.set(viewSlice, { view: 'learn', own });
}

/** Reads the part of the fragment after `#course=`, or returns the message for a person. */
export async function readCourseFragment(
  said: string,
): Promise<{ readonly ok: true; readonly value: Course } | LinkFault> {
  const text = await unpacked(said, 'course');
  if (!text.ok) return text;
  const read = readCourse(text.value);
  if (read.ok) return read;
  const details = read.problems.slice(0, SHOWN).map(problemText);
  return { ok: false, title: 'The course of this link has errors.', details };
}

/** Returns the lesson of a course with that id, or the message for a person. */
export function lessonInCourse(
  { title, lessons }: Course,
  id: string,
): { readonly ok: true; readonly value: LessonBody } | LinkFault {
  const value = lessons.find((lesson) => lesson.id === id);
  if (value !== undefined) return { ok: true, value };
  return {
    ok: false,
    title: `The course "${title}" has no lesson ${JSON.stringify(id.slice(0, 40))}.`,
    details: [`Its lessons are ${lessons.map((lesson) => lesson.id).join(', ')}.`],
  };
}
