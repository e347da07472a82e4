// The results of a learner, made from the progress.

import type { Progress, StepProgress } from '../formats/lesson/progress.ts';
import { printCsv } from '../formats/results/csv.ts';
import type { Results, StepResult } from '../formats/results/file.ts';
import { letterOf } from './answers.ts';
import { type Course, progressKey } from './course.ts';
import type { LessonBody, LessonStep } from './lesson.ts';

/** The lesson or the course of results. */
export type Subject =
  | { readonly lesson: LessonBody; readonly course?: undefined }
  | { readonly course: Course; readonly lesson?: undefined };

/** Returns the results of a learner in a lesson or a course. */
export function resultsOf(subject: Subject, progress: Progress, name: string, date: string): Results {
  const course = subject.course ?? null;
  const lessons = course === null ? [subject.lesson].filter((one) => one !== undefined) : course.lessons;
  return {
    name: name.trim(),
    date,
    course: course === null ? null : { id: course.id, title: course.title },
    lessons: lessons.map((lesson) => {
      const steps = progress[progressKey(lesson, course)] ?? [];
      return {
        id: lesson.id,
        title: lesson.title,
        steps: lesson.steps.map((step, at) => stepResult(step, steps[at])),
      };
    }),
  };
}

function stepResult(step: LessonStep, known: StepProgress | undefined): StepResult {
  const common = { ask: step.ask, done: known?.done ?? false, tries: known?.tries ?? 0 };
  if (step.kind === 'do')
    return {
      kind: 'do',
      ...common,
      used: known?.used ?? null,
      hinted: known?.hinted ?? false,
      helped: known?.helped ?? false,
    };
  const chosen = known?.first;
  const choice = chosen === undefined ? undefined : step.choices[chosen];
  return {
    kind: 'predict',
    ...common,
    answer:
      chosen === undefined || choice === undefined ? null : { letter: letterOf(chosen), text: choice.text },
    right: known?.right ?? null,
  };
}

/** Returns whether a step is solved: the first answer was right, or the goal was reached. Null: not taken. */
export function isRight(step: StepResult): boolean | null {
  if (step.kind === 'predict') return step.right;
  if (step.done) return true;
  return step.helped || step.tries > 0 ? false : null;
}

/** Returns the results of one learner as rows for a spreadsheet, one per step. */
export function resultsCsv({ name, date, course, lessons }: Results): string {
  const head = [
    ...['Name', 'Date', 'Course', 'Lesson', 'Lesson id', 'Step', 'Kind', 'Question', 'Answer', 'Answer text'],
    ...['Right', 'Tries', 'Hint', 'Solution shown', 'Lines'],
  ];
  const rows = lessons.flatMap((lesson) =>
    lesson.steps.map((step, at) => [
      ...[name, date, course?.title ?? '', lesson.title, lesson.id, at + 1],
      ...[step.kind === 'predict' ? 'prediction' : 'goal', step.ask],
      ...(step.kind === 'predict' ? [step.answer?.letter ?? '', step.answer?.text ?? ''] : ['', '']),
      yesNo(isRight(step)),
      step.tries,
      ...(step.kind === 'do' ? [yesNo(step.hinted), yesNo(step.helped), step.used ?? ''] : ['', '', '']),
    ]),
  );
  return printCsv([head, ...rows]);
}

function yesNo(value: boolean | null): string {
  return value === null ? '' : value ? 'yes' : 'no';
}
