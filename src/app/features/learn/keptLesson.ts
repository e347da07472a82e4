// The open lesson as the tab keeps it over a reload.

import { type KeptLesson, parseKept, printKept } from '../../../formats/lesson/kept.ts';
import { isBuiltIn } from '../../../lessons/course.ts';
import { printCourse, readCourse } from '../../../lessons/courseFile.ts';
import { printLesson, readLesson } from '../../../lessons/file.ts';
import { LESSONS } from '../../../lessons/index.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import type { OpenLesson } from '../../store/lesson.ts';

/** Returns the open lesson as text. */
export function keptText({ taking, home, entry, ended, course }: OpenLesson): string {
  const { lesson, at, starts, marks } = taking;
  const within = course === null ? null : printCourse(course);
  const from = isBuiltIn(lesson) ? { id: lesson.id, file: null } : { id: null, file: printLesson(lesson) };
  return printKept({
    ...from,
    course: within,
    at,
    home,
    entry,
    ended,
    starts: [...starts],
    marks: [...marks],
  });
}

/** Reads the text of `keptText`; null if it or its lesson is unreadable. */
export function readKeptLesson(
  text: string,
): Pick<OpenLesson, 'taking' | 'home' | 'entry' | 'ended' | 'course'> | null {
  const read = parseKept(text);
  const lesson = read.ok ? lessonOf(read.value) : null;
  if (!read.ok || lesson === null) return null;
  const { at, home, entry, ended, starts, marks } = read.value;
  const course = read.value.course === null ? null : readCourse(read.value.course);
  return {
    taking: { lesson, at, starts, marks },
    home,
    entry,
    ended,
    course: course?.ok === true ? course.value : null,
  };
}

function lessonOf({ id, file }: KeptLesson): LessonBody | null {
  if (file === null) return LESSONS.find((lesson) => lesson.id === id) ?? null;
  const read = readLesson(file);
  return read.ok ? read.value : null;
}
