// The score of a lesson, from the progress in its steps, and the lesson that a person takes next.

import type { Progress, StepProgress } from '../formats/lesson/progress.ts';
import { counted } from '../text/numbers.ts';
import { LESSONS } from './index.ts';
import type { Lesson, LessonBody } from './lesson.ts';

/** The score of a lesson. */
export interface Score {
  /** Steps that are done, and all steps. */
  readonly done: number;
  readonly steps: number;
  /** Predictions whose first answer was right, and all answered ones. */
  readonly right: number;
  readonly answered: number;
  /** Goals that the person reached, those whose solution was shown, and all of them. */
  readonly reached: number;
  readonly shown: number;
  readonly goals: number;
  /** Lines that the person used and the fewest possible, over the goals with a proven best; null without such a goal. */
  readonly lines: { readonly used: number; readonly best: number } | null;
}

/** Returns whether nothing is left to do in a step: it is done, or its solution was shown. */
function isOver(step: StepProgress | undefined): boolean {
  return step?.done === true || step?.helped === true;
}

/** Returns the index of the first step that is left; the number of steps if none is. */
export function firstLeft({ steps }: LessonBody, made: readonly StepProgress[] = []): number {
  const at = steps.findIndex((_, step) => !isOver(made[step]));
  return at < 0 ? steps.length : at;
}

/** Returns whether a person has begun a lesson. */
export function isBegun(made: readonly StepProgress[] = []): boolean {
  return made.some((step) => isOver(step));
}

/** Returns whether no step of a lesson is left. */
export function isFinished(lesson: LessonBody, made: readonly StepProgress[] = []): boolean {
  return firstLeft(lesson, made) === lesson.steps.length;
}

/** Returns the score of a lesson. */
export function scoreOf({ steps }: LessonBody, made: readonly StepProgress[] = []): Score {
  const score = { done: 0, steps: steps.length, right: 0, answered: 0, reached: 0, shown: 0, goals: 0 };
  let lines: { used: number; best: number } | null = null;
  steps.forEach((step, at) => {
    const { done = false, right, used, helped = false } = made[at] ?? {};
    if (done) score.done++;
    if (step.kind === 'predict') {
      if (right !== undefined) score.answered++;
      if (right === true) score.right++;
      return;
    }
    score.goals++;
    if (done) score.reached++;
    else if (helped) score.shown++;
    if (used !== undefined && step.best !== undefined)
      lines = { used: (lines?.used ?? 0) + used, best: (lines?.best ?? 0) + step.best };
  });
  return { ...score, lines };
}

/** Returns the score as parts of a sentence, for instance `1 of 2 predictions right at the first try`. */
export function scoreParts(lesson: LessonBody, made: readonly StepProgress[] = []): readonly string[] {
  const { done, steps, right, answered, reached, shown, goals, lines } = scoreOf(lesson, made);
  const predictions = steps - goals;
  return [
    ...(done + shown < steps ? [`${done} of ${counted(steps, 'step')} done`] : []),
    ...(answered === 0 ? [] : [`${right} of ${counted(predictions, 'prediction')} right at the first try`]),
    ...(goals === 0
      ? []
      : [
          `${reached} of ${counted(goals, 'goal')} reached${shown === 0 ? '' : `, ${shown} with the solution shown`}`,
        ]),
    ...(lines === null ? [] : [`${counted(lines.used, 'line')} used, shortest ${lines.best}`]),
  ];
}

/** Returns the first built-in lesson that is not finished, in teaching order; null if all are. */
export function firstUnfinished(progress: Progress): Lesson | null {
  return LESSONS.find((lesson) => !isFinished(lesson, progress[lesson.id])) ?? null;
}

/** Returns the built-in lesson to take after this one: the next that is not finished, else the first one that is not; null if none is left. */
export function lessonAfter(lesson: LessonBody, progress: Progress): Lesson | null {
  const own = LESSONS.find((known) => known === lesson);
  if (own === undefined) return null;
  const rest = LESSONS.slice(LESSONS.indexOf(own) + 1);
  const found = rest.find((one) => !isFinished(one, progress[one.id])) ?? firstUnfinished(progress);
  return found === own ? null : found;
}
