// The list of lessons by sequence, with the progress of each.

import type { StepProgress } from '../../../formats/lesson/progress.ts';
import { LESSONS } from '../../../lessons/index.ts';
import { type Lesson, SEQUENCES } from '../../../lessons/lesson.ts';
import { counted } from '../../../text/numbers.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { addCommands } from '../../store/commands.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { openView } from '../../store/view.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { showWorksheet } from './class/worksheetLink.ts';
import { backToLesson, openLesson } from './learning.ts';
import { LIST_COMMANDS } from './listCommands.ts';
import { progressSlice } from './progress.ts';

/** The list of lessons. */
export function LessonList() {
  const app = useApp();
  addCommands(app, LIST_COMMANDS);
  const { open } = useSlice(lessonSlice);
  const { progress } = useSlice(progressSlice);
  const finished = LESSONS.filter(
    (lesson) => doneSteps(lesson, progress[lesson.id]) === lesson.steps.length,
  ).length;
  return (
    <div className="lessons">
      <header className="lessons-head cluster middle apart">
        <p>
          Short tours in the lab: predict a result, or reach a goal. {finished} of {LESSONS.length} done.
        </p>
        <div className="cluster gap-6">
          <CommandButton id="lesson.make">Make a lesson from here</CommandButton>
          <CommandButton id="lesson.file">Open a file…</CommandButton>
          <CommandButton id="progress.export">Export progress</CommandButton>
        </div>
      </header>
      {open !== null && (
        <p className="lessons-open cluster middle apart">
          Open: {open.taking.lesson.title}, step {open.taking.at + 1}.{' '}
          <button
            type="button"
            className="primary"
            onClick={() => {
              backToLesson(app);
              openView(app, 'lab');
            }}
          >
            Continue
          </button>
        </p>
      )}
      {SEQUENCES.map(({ id, title }) => (
        <section key={id} aria-label={title} className="lessons-sequence">
          <h2>{title}</h2>
          <ol>
            {LESSONS.filter(({ sequence }) => sequence === id).map((lesson) => (
              <LessonItem key={lesson.id} lesson={lesson} done={progress[lesson.id]} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function doneSteps(lesson: Lesson, steps: readonly StepProgress[] | undefined): number {
  return lesson.steps.filter((_, at) => steps?.[at]?.done === true).length;
}

function LessonItem({
  lesson,
  done = [],
}: {
  readonly lesson: Lesson;
  readonly done: readonly StepProgress[] | undefined;
}) {
  const app = useApp();
  const count = doneSteps(lesson, done);
  const { length } = lesson.steps;
  return (
    <li className="lessons-item tracks gap-6 framed" data-done={count === length ? true : undefined}>
      <div>
        <h3>{lesson.title}</h3>
        <p>{lesson.about}</p>
        <p className="aside">{doneText(lesson, done)}</p>
      </div>
      <button
        type="button"
        className="primary"
        aria-label={`${count === length ? 'Repeat' : 'Start'} ${lesson.title}`}
        onClick={() => openLesson(app, lesson)}
      >
        {count === length ? 'Repeat' : 'Start'}
      </button>
      <button
        type="button"
        aria-label={`Worksheet of ${lesson.title}`}
        onClick={() => void showWorksheet(app, { lesson })}
      >
        Worksheet
      </button>
    </li>
  );
}

/** Returns a summary such as `2 of 3 steps done · 1 of 1 predictions right · step 3 in 1 line (shortest 1)`. */
function doneText(lesson: Lesson, done: readonly StepProgress[]): string {
  const { length } = lesson.steps;
  const count = doneSteps(lesson, done);
  if (count === 0) return `${length} steps`;
  const answered = done.filter(({ right }) => right !== undefined);
  const right = answered.filter((step) => step.right === true).length;
  const results = lesson.steps.flatMap((step, at) => {
    const used = done[at]?.used;
    if (step.kind !== 'do' || used === undefined) return [];
    const shortest = step.best === undefined ? '' : ` (shortest ${step.best})`;
    return [`step ${at + 1} in ${counted(used, 'line')}${shortest}`];
  });
  return [
    `${count} of ${length} steps done`,
    ...(answered.length === 0 ? [] : [`${right} of ${answered.length} predictions right`]),
    ...results,
  ].join(' · ');
}
