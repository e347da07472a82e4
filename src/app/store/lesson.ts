// The open lesson, as the rest of the page needs it. The code that runs a lesson (learning.ts) is loaded with the first lesson.

import type { Course } from '../../lessons/course.ts';
import type { Taking } from '../../lessons/taking.ts';
import type { History } from '../../session/history.ts';
import { type App, slice } from './app.ts';
import { viewSlice } from './view.ts';

/** An open lesson. */
export interface OpenLesson {
  readonly taking: Taking;
  /** The key of its progress. */
  readonly key: string;
  /** The history node shown before the lesson. */
  readonly home: number;
  /** The history node of the lesson's first state; the lesson's work descends from it. */
  readonly entry: number;
  /** True once the person has finished the lesson: the panel shows its end instead of a step. */
  readonly ended: boolean;
  /** True during a presentation. */
  readonly presenting: boolean;
  /** Its address without `#` and step, for instance `lesson=three-layers`; null while it is being encoded. */
  readonly fragment: string | null;
  /** The course that the lesson belongs to. */
  readonly course: Course | null;
}

/** State of the lessons. */
export interface LessonState {
  readonly open: OpenLesson | null;
  /** True while the lesson editor is open. */
  readonly making: boolean;
}

/** The slice. */
export const lessonSlice = slice<LessonState>(() => ({ open: null, making: false }));

/** The key in the session storage that keeps the open lesson over a reload. */
export const KEPT_LESSON = 'irqscope.lesson';

/** Returns true while a lesson is open. */
export function isTaking(app: App): boolean {
  return app.get(lessonSlice).open !== null;
}

/** Returns true while the open lesson belongs to a course that offers no solutions. */
export function isAssignment({ open }: LessonState): boolean {
  return open?.course?.assignment === true;
}

/** Returns true while the lab shows a presentation. */
export function isPresenting(app: App): boolean {
  return app.get(lessonSlice).open?.presenting === true && app.get(viewSlice).view === 'lab';
}

/** True where the current node is `top` or below it. */
export function isBelow({ nodes, current }: Pick<History, 'nodes' | 'current'>, top: number): boolean {
  let at: number | null = current;
  while (at !== null && at > top) at = nodes[at]?.parent ?? null;
  return at === top;
}
