// The parts of a presentation that are not on the screen: the right answer before it is shown, and the presenter's notes.

import type { PresentedPart } from '../formats/lesson/notes.ts';
import { LESSONS } from './index.ts';
import type { LessonBody } from './lesson.ts';
import { kernelText } from './play.ts';
import { kernelOf, markOf, ownEnd, rightAnswer, stepOf, type Taking } from './taking.ts';

/** Returns the letter of an answer, for instance `B`. */
export function letterOf(answer: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + answer);
}

/** Returns the right answer of a prediction with its letter, or the solution of a goal. */
function answerOf(taking: Taking): string {
  const step = stepOf(taking);
  if (step.kind === 'do') return step.solution.trim();
  const right = rightAnswer(step, markOf(taking).end ?? ownEnd(taking));
  return right === null
    ? 'No answer matches the result.'
    : `${letterOf(right)}: ${step.choices[right]?.text ?? ''}`;
}

/** Returns the notes for the present step. `since` is the start of the presentation. */
export function presentedPart(taking: Taking, isEnd: boolean, since: number): PresentedPart {
  const { lesson, at } = taking;
  const step = stepOf(taking);
  const { revealed } = markOf(taking);
  return {
    lesson: lesson.title,
    step: at + 1,
    steps: lesson.steps.length,
    kernel: kernelText(kernelOf(taking)),
    ask: step.ask,
    notes: step.notes ?? '',
    answer: answerOf(taking),
    explain: step.explain,
    next: lesson.steps[at + 1]?.ask ?? '',
    revealed,
    isFirst: at === 0 && !revealed && !isEnd,
    isEnd,
    since,
  };
}

/** Returns the built-in lesson after this one; null after the last one and for a lesson from a file. */
export function lessonAfter(lesson: LessonBody): LessonBody | null {
  const all: readonly LessonBody[] = LESSONS;
  const at = all.indexOf(lesson);
  return at < 0 ? null : (all[at + 1] ?? null);
}
