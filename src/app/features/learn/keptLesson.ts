// The open lesson as the tab keeps it over a reload.

import { type KeptLesson, parseKept, printKept } from '../../../formats/lesson/kept.ts';
import { printLesson, readLesson } from '../../../lessons/file.ts';
import { LESSONS } from '../../../lessons/index.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import type { OpenLesson } from '../../store/lesson.ts';

/** Returns the open lesson as text. */
export function keptText({ taking, home, entry, ended }: OpenLesson): string {
  const { lesson, at, starts, marks } = taking;
  const isOwn = LESSONS.some((known) => known === lesson);
  const from = isOwn ? { id: lesson.id, file: null } : { id: null, file: printLesson(lesson) };
  return printKept({ ...from, at, home, entry, ended, starts: [...starts], marks: [...marks] });
}

/** Reads the text of `keptText`; null if it or its lesson is unreadable. */
export function readKeptLesson(text: string): Pick<OpenLesson, 'taking' | 'home' | 'entry' | 'ended'> | null {
  const read = parseKept(text);
  const lesson = read.ok ? lessonOf(read.value) : null;
  if (!read.ok || lesson === null) return null;
  const { at, home, entry, ended, starts, marks } = read.value;
  return { taking: { lesson, at, starts, marks }, home, entry, ended };
}

function lessonOf({ id, file }: KeptLesson): LessonBody | null {
  if (file === null) return LESSONS.find((lesson) => lesson.id === id) ?? null;
  const read = readLesson(file);
  return read.ok ? read.value : null;
}
