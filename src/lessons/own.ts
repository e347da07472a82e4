// The lessons and courses that a person made or opened, read from the form that the browser keeps.

import type { KeptOwn } from '../formats/course/own.ts';
import { parseOwn, printOwn } from '../formats/course/own.ts';
import { problemText } from '../text/problem.ts';
import type { Course } from './course.ts';
import { printCourse, readCourse } from './courseFile.ts';
import { printLesson, readLesson } from './file.ts';
import type { LessonBody } from './lesson.ts';

/** A lesson or a course of the person, with the day and the way in which it came. */
export type OwnItem = Pick<KeptOwn, 'from' | 'date'> &
  (
    | { readonly kind: 'lesson'; readonly lesson: LessonBody }
    | { readonly kind: 'course'; readonly course: Course }
  );

/** The readable items, and the others as they were kept. */
export interface ReadOwn {
  readonly items: readonly OwnItem[];
  /** The text to set aside; null where every item is readable. */
  readonly unread: string | null;
  readonly problems: readonly string[];
}

/** Returns the title of an item. */
export function titleOf(item: OwnItem): string {
  return item.kind === 'lesson' ? item.lesson.title : item.course.title;
}

/**
 * Returns the name by which items are told apart: a newer item of that name replaces the older one. An opened item never replaces one
 * that the person made.
 */
export function nameOf(item: OwnItem): string {
  const way = item.from === 'made' ? 'made' : 'opened';
  return item.kind === 'lesson' ? `lesson ${way} ${item.lesson.id}` : `course ${way} ${item.course.id}`;
}

/** Returns the text of the item's file. */
export function fileOf(item: OwnItem): string {
  return item.kind === 'lesson' ? printLesson(item.lesson) : printCourse(item.course);
}

/** Reads the kept text. */
export function readOwn(text: string): ReadOwn {
  const parsed = parseOwn(text);
  if (!parsed.ok) return { items: [], unread: text, problems: parsed.problems.map(problemText) };
  const items: OwnItem[] = [];
  const bad: KeptOwn[] = [];
  const problems: string[] = [];
  parsed.value.forEach((kept, at) => {
    const { kind, from, date } = kept;
    const read = kind === 'lesson' ? readLesson(kept.text) : readCourse(kept.text);
    if (!read.ok) {
      bad.push(kept);
      problems.push(`items.${at}: ${problemText(read.problems[0])}`);
    } else if ('lessons' in read.value) items.push({ kind: 'course', from, date, course: read.value });
    else items.push({ kind: 'lesson', from, date, lesson: read.value });
  });
  return { items, unread: bad.length === 0 ? null : printOwn(bad), problems };
}

/** Returns the items as the text to keep. */
export function printItems(items: readonly OwnItem[]): string {
  return printOwn(
    items.map((item) => ({ kind: item.kind, from: item.from, date: item.date, text: fileOf(item) })),
  );
}

/** Returns the list with the item at its head; an item of the same name goes. */
export function withItem(items: readonly OwnItem[], item: OwnItem): readonly OwnItem[] {
  return [item, ...items.filter((other) => nameOf(other) !== nameOf(item))];
}
