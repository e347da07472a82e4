// A course: an ordered list of lessons that a person takes one after the other, with progress of its own.

import type { Progress } from '../formats/lesson/progress.ts';
import { LESSONS } from './index.ts';
import type { LessonBody } from './lesson.ts';
import { isFinished } from './score.ts';

/** A course. A built-in lesson is the one of the page itself; other lessons are part of the course. */
export interface Course {
  /** Names the course in the kept progress. */
  readonly id: string;
  readonly title: string;
  /** One sentence about the course. */
  readonly about: string;
  /** True where the lessons offer no solution. */
  readonly assignment: boolean;
  readonly lessons: readonly LessonBody[];
}

/** Returns whether a lesson is one of the page. */
export function isBuiltIn(lesson: LessonBody): boolean {
  return LESSONS.some((known) => known === lesson);
}

/** Minutes of a step, for a lesson that does not name its time. */
const STEP_MINUTES = 3;

/** Returns the usual time of a lesson in minutes; an estimate by its steps where the lesson does not name it. */
export function minutesOf({ minutes, steps }: Pick<LessonBody, 'minutes' | 'steps'>): number {
  return minutes ?? steps.length * STEP_MINUTES;
}

/** Returns the usual time of a course in minutes. */
export function courseMinutes({ lessons }: Course): number {
  return lessons.reduce((sum, lesson) => sum + minutesOf(lesson), 0);
}

/** Returns the name under which the progress of a lesson is kept: the lesson's own, or one inside a course. */
export function progressKey(lesson: LessonBody, course: Pick<Course, 'id'> | null): string {
  if (course !== null) return `course:${course.id}/${lesson.id}`;
  return isBuiltIn(lesson) ? lesson.id : `file:${lesson.id}`;
}

/** The progress of a course. */
export interface CourseProgress {
  /** Whether each lesson is finished. */
  readonly finished: readonly boolean[];
  /** The number of finished lessons. */
  readonly count: number;
  /** The first lesson that is not finished; null once the course is finished. */
  readonly next: LessonBody | null;
}

/** Returns how far a person is in a course. */
export function courseProgress(course: Course, progress: Progress): CourseProgress {
  const finished = course.lessons.map((lesson) => isFinished(lesson, progress[progressKey(lesson, course)]));
  const next = course.lessons[finished.indexOf(false)] ?? null;
  return { finished, count: finished.filter(Boolean).length, next };
}

/** Returns the lesson to take after this one: the next unfinished one of the course, at its end an earlier one; null if none is left. */
export function nextInCourse(course: Course, progress: Progress, lesson: LessonBody): LessonBody | null {
  const at = course.lessons.indexOf(lesson);
  const order = [...course.lessons.slice(at + 1), ...course.lessons.slice(0, Math.max(0, at))];
  return order.find((one) => !isFinished(one, progress[progressKey(one, course)])) ?? null;
}

/** Returns the list with the entry at `from` moved to `to`; a place outside of the list is the first or the last one. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const one = list[from];
  if (one === undefined) return list;
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, one);
}

/** Returns an id for a new course: the words of its title, and `tail` to tell it from other courses of that title. */
export function courseId(title: string, tail: string): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 20)
    .replace(/-$/, '');
  return words === '' ? `course-${tail}` : `${words}-${tail}`;
}
