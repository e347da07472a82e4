// The lesson that is being taken, as far as the rest of the page has to know. What it does is fetched with the first lesson.

import { create } from 'zustand';
import type { LessonBody } from '../../lessons/lesson.ts';
import type { Taking } from '../../lessons/taking.ts';

/** An open lesson. */
export interface OpenLesson {
  readonly taking: Taking;
  /** Under this name its progress is kept. */
  readonly key: string;
  /** The node of the history that was shown before the lesson. */
  readonly home: number;
  /** The node with which the lesson began; its own work lies below it. */
  readonly entry: number;
  /** Shown large, for an audience. */
  readonly presenting: boolean;
}

/** What the page knows of lessons. */
export interface LessonState {
  readonly open: OpenLesson | null;
  /** The lesson that is shown as a handout. */
  readonly handout: LessonBody | null;
  /** A lesson is being made from the lab. */
  readonly making: boolean;
}

/** The store. */
export const useLesson = create<LessonState>()(() => ({ open: null, handout: null, making: false }));

/** Where the open lesson is kept over a reload, in the tab's own storage. */
export const KEPT_LESSON = 'irqscope.lesson';

/** True while a lesson is open. */
export function isTaking(): boolean {
  return useLesson.getState().open !== null;
}

/** True while a lesson is shown to an audience. */
export function isPresenting(): boolean {
  return useLesson.getState().open?.presenting === true;
}
