// A lesson in the address: `#lesson=` and the id of a built-in lesson, or `v1.` and the packed file. A bad link gives a message
// that names the fault.

import { printLesson, readLesson } from '../../../lessons/file.ts';
import { LESSONS } from '../../../lessons/index.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import { problemText } from '../../../text/problem.ts';
import { type LinkFault, packed, unpacked } from './packed.ts';

/** Returns the fragment of a lesson, without `#`. */
export async function lessonFragment(lesson: LessonBody): Promise<string> {
  if (LESSONS.some((known) => known === lesson)) return `lesson=${lesson.id}`;
  return `lesson=${await packed(printLesson(lesson))}`;
}

/** A lesson, or the message for a person. */
export type ReadLessonLink = { readonly ok: true; readonly value: LessonBody } | LinkFault;

/** Problems that are shown. */
const SHOWN = 10;

/** Reads the part of the fragment after `#lesson=`. */
export async function readLessonFragment(said: string): Promise<ReadLessonLink> {
  if (!said.includes('.')) {
    const known = LESSONS.find(({ id }) => id === said);
    if (known !== undefined) return { ok: true, value: known };
    const name = JSON.stringify(said.slice(0, 40));
    return {
      ok: false,
      title: said === '' ? 'This link names no lesson.' : `irqscope has no lesson ${name}.`,
      details: [`The lessons are ${LESSONS.map(({ id }) => id).join(', ')}.`],
    };
  }
  const text = await unpacked(said, 'lesson');
  if (!text.ok) return text;
  const read = readLesson(text.value);
  if (read.ok) return read;
  const details = read.problems.slice(0, SHOWN).map(problemText);
  return { ok: false, title: 'The lesson of this link has errors.', details };
}

/** Reads the text after `&step=`: the step counted from 0, or the message for a person. */
export function readLessonStep(
  { title, steps }: LessonBody,
  said: string,
): { readonly ok: true; readonly value: number } | LinkFault {
  const at = /^\d{1,3}$/.test(said) ? Number(said) - 1 : -1;
  if (steps[at] !== undefined) return { ok: true, value: at };
  return {
    ok: false,
    title: `The lesson "${title}" has no step ${JSON.stringify(said.slice(0, 40))}.`,
    details: [steps.length === 1 ? 'It has one step, step=1.' : `Its steps are 1 to ${steps.length}.`],
  };
}
