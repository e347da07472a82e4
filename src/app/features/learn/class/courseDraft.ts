// The course that a person is making. The browser keeps it, so that closing the page loses nothing.

import { type Course, courseId } from '../../../../lessons/course.ts';
import { printCourse, readCourse } from '../../../../lessons/courseFile.ts';
import { problemText } from '../../../../text/problem.ts';
import { type App, slice } from '../../../store/app.ts';
import { setAside } from '../../../store/setAside.ts';
import { keepCourse } from './own.ts';

const KEY = 'irqscope.draft.course';

/** A title that a kept course without one gets, because a course file needs a title. */
const NO_TITLE = '-';

/** The draft. */
export const draftSlice = slice<{ readonly draft: Course }>((app) => ({
  draft: keptDraft(app) ?? newDraft(),
}));

/** Returns an empty course with an id of its own. */
function newDraft(): Course {
  const tail = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => (byte % 36).toString(36));
  return { id: courseId('', tail.join('')), title: '', about: '', assignment: false, lessons: [] };
}

function keptDraft(app: App): Course | null {
  const { kept } = app.services;
  const text = kept.read(KEY);
  if (text === null) return null;
  const read = readCourse(text);
  if (read.ok) return { ...read.value, title: read.value.title === NO_TITLE ? '' : read.value.title };
  const title = 'The course draft kept in this browser cannot be read.';
  setAside(app, { key: KEY, text, title, details: read.problems.map(problemText) });
  kept.remove(KEY);
  return null;
}

/** Changes the draft and keeps it; an empty list of lessons is not kept. */
export function changeDraft(app: App, change: Partial<Course>): void {
  const draft = { ...app.get(draftSlice).draft, ...change };
  app.set(draftSlice, { draft });
  const title = draft.title.trim() === '' ? NO_TITLE : draft.title;
  if (draft.lessons.length === 0) app.services.kept.remove(KEY);
  else app.services.kept.write(KEY, printCourse({ ...draft, title }));
}

/** Returns whether the draft can be shared. */
export function isComplete({ title, lessons }: Course): boolean {
  return title.trim() !== '' && lessons.length > 0;
}

/** Keeps the draft in "My lessons", and returns it. */
export function keepDraft(app: App): Course {
  const { draft } = app.get(draftSlice);
  const course = { ...draft, title: draft.title.trim(), about: draft.about.trim() };
  keepCourse(app, course, 'made');
  return course;
}

/** Takes a course as the draft; the draft before it goes to "My lessons". */
export function editCourse(app: App, course: Course): void {
  const { draft } = app.get(draftSlice);
  if (draft.lessons.length > 0 && draft.id !== course.id)
    keepCourse(
      app,
      { ...draft, title: draft.title.trim() === '' ? 'Course without a title' : draft.title.trim() },
      'made',
    );
  changeDraft(app, course);
}

/** Starts an empty course; the draft before it goes to "My lessons". */
export function startCourse(app: App): void {
  editCourse(app, newDraft());
}
