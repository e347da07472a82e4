// Reads and prints course files. Reading also reads each lesson of the course: a built-in one by its id, another one as its lesson
// file, which is played.

import { failed, ok, type Problem, type Result } from '../base/result.ts';
import { parseCourseFile, printCourseFile } from '../formats/course/file.ts';
import { type Course, isBuiltIn } from './course.ts';
import { printLesson, readLesson } from './file.ts';
import { LESSONS } from './index.ts';
import type { LessonBody } from './lesson.ts';

/** Reads the text of a course file; problems name the field, also inside a lesson. */
export function readCourse(text: string): Result<Course> {
  const parsed = parseCourseFile(text);
  if (!parsed.ok) return parsed;
  const { id, title, about, assignment, lessons } = parsed.value;
  const read = lessons.map((said, at) => lessonOf(said, `lessons.${at}`));
  const good = read.flatMap((one) => (one.ok ? [one.value] : []));
  const [first, ...more] = [...read.flatMap((one) => (one.ok ? [] : one.problems)), ...repeated(read)];
  if (first !== undefined) return failed(first, ...more);
  return ok({ id, title, about, assignment, lessons: good });
}

function lessonOf(said: string | Readonly<Record<string, unknown>>, path: string): Result<LessonBody> {
  if (typeof said === 'string') {
    const known = LESSONS.find(({ id }) => id === said);
    if (known !== undefined) return ok(known);
    return failed({ at: { path }, expected: 'the id of a built-in lesson', found: JSON.stringify(said) });
  }
  const read = readLesson(JSON.stringify(said));
  if (read.ok) return read;
  const [first, ...more] = read.problems;
  return failed(below(first, path), ...more.map((problem) => below(problem, path)));
}

function below({ at, ...rest }: Problem, path: string): Problem {
  return { ...rest, at: { ...at, path: at.path === undefined ? path : `${path}.${at.path}` } };
}

/** Returns a problem for each lesson whose id an earlier lesson has: their progress would be one. */
function repeated(read: readonly Result<LessonBody>[]): readonly Problem[] {
  const ids = read.map((one) => (one.ok ? one.value.id : null));
  return ids.flatMap((id, at) =>
    id === null || ids.indexOf(id) === at
      ? []
      : [
          {
            at: { path: `lessons.${at}` },
            expected: 'a lesson whose id no earlier lesson has',
            found: JSON.stringify(id),
          },
        ],
  );
}

/** Prints a course as the text of a file. */
export function printCourse({ id, title, about, assignment, lessons }: Course): string {
  return printCourseFile({
    irqscope: 'course',
    version: 1,
    id,
    title,
    about,
    assignment,
    lessons: lessons.map((lesson) => (isBuiltIn(lesson) ? lesson.id : plain(printLesson(lesson)))),
  });
}

function plain(text: string): Record<string, unknown> {
  const json: unknown = JSON.parse(text);
  return typeof json === 'object' && json !== null ? { ...json } : {};
}
