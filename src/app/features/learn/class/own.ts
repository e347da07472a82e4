// "My lessons": the lessons and courses that a person made or opened, kept in the browser. Unreadable ones are reported and set
// aside, never deleted.

import { type Course, isBuiltIn } from '../../../../lessons/course.ts';
import type { LessonBody } from '../../../../lessons/lesson.ts';
import { fileOf, type OwnItem, printItems, readOwn, titleOf, withItem } from '../../../../lessons/own.ts';
import { saveFile } from '../../../services/files.ts';
import { type App, slice } from '../../../store/app.ts';
import { labSlice, showProblem } from '../../../store/lab.ts';
import { setAside } from '../../../store/setAside.ts';

const KEY = 'irqscope.own';

/** The items, the newest first, and the last removed one with its place. */
interface OwnState {
  readonly items: readonly OwnItem[];
  readonly removed: { readonly item: OwnItem; readonly at: number } | null;
}

/** The items of this browser. */
export const ownSlice = slice<OwnState>((app) => ({ items: readKept(app), removed: null }));

function readKept(app: App): readonly OwnItem[] {
  const { kept } = app.services;
  const text = kept.read(KEY);
  if (text === null) return [];
  const { items, unread, problems } = readOwn(text);
  if (unread === null) return items;
  const title = 'Some lessons and courses kept in this browser cannot be read.';
  setAside(app, { key: KEY, text: unread, title, details: problems });
  kept.write(KEY, printItems(items));
  return items;
}

function keep(app: App, items: readonly OwnItem[], removed: OwnState['removed'] = null): void {
  app.set(ownSlice, { items, removed });
  if (app.services.kept.write(KEY, printItems(items))) return;
  showProblem(app, {
    title: 'The browser cannot keep your lessons and courses.',
    details: ['Its storage is full or forbidden.'],
    note: '“Save as file” keeps each of them on your disk.',
  });
}

/** Returns the day of the person's clock, for instance `2026-11-30`. */
export function today(): string {
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Keeps an item; one with the same content stays as it is. */
function keepItem(app: App, item: OwnItem): void {
  const { items } = app.get(ownSlice);
  const text = fileOf(item);
  if (items.some((other) => other.kind === item.kind && fileOf(other) === text)) return;
  keep(app, withItem(items, item));
}

/** Keeps a lesson; a built-in one needs no copy. */
export function keepLesson(app: App, lesson: LessonBody, from: OwnItem['from']): void {
  if (!isBuiltIn(lesson)) keepItem(app, { kind: 'lesson', from, date: today(), lesson });
}

/** Keeps a course. */
export function keepCourse(app: App, course: Course, from: OwnItem['from']): void {
  keepItem(app, { kind: 'course', from, date: today(), course });
}

/** Removes an item; `undoRemove` brings it back. */
export function removeItem(app: App, item: OwnItem): void {
  const { items } = app.get(ownSlice);
  const at = items.indexOf(item);
  if (at < 0) return;
  keep(app, items.toSpliced(at, 1), { item, at });
  app.set(labSlice, { announcement: `Removed: ${titleOf(item)}.` });
}

/** Brings the last removed item back to its place. */
export function undoRemove(app: App): void {
  const { items, removed } = app.get(ownSlice);
  if (removed === null) return;
  keep(app, items.toSpliced(removed.at, 0, removed.item));
  app.set(labSlice, { announcement: `Back in the list: ${titleOf(removed.item)}.` });
}

/** Saves an item as a file. */
export function saveItem(item: OwnItem): void {
  const id = item.kind === 'lesson' ? item.lesson.id : item.course.id;
  saveFile(`irqscope-${item.kind}-${id}.json`, fileOf(item));
}
