// The lessons by sequence, with what was done of each.

import type { StepProgress } from '../../../formats/lesson/progress.ts';
import { LESSONS } from '../../../lessons/index.ts';
import { type Lesson, SEQUENCES } from '../../../lessons/lesson.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { backToLesson, openLesson } from '../../state/learning.ts';
import { useLesson } from '../../state/lesson.ts';
import { useProgress } from '../../state/progress.ts';
import { openView } from '../../state/view.ts';
import { Handout } from './Handout.tsx';

/** The list, or the handout that was asked for. */
export function LessonList() {
  const { open, handout } = useLesson();
  const { progress } = useProgress();
  if (handout !== null) return <Handout lesson={handout} />;
  const finished = LESSONS.filter(
    (lesson) => doneSteps(lesson, progress[lesson.id]) === lesson.steps.length,
  ).length;
  return (
    <div className="lessons">
      <header className="lessons-head">
        <p>
          Short tours in the real lab: predict what the kernel does, or make it do something. {finished} of{' '}
          {LESSONS.length} done.
        </p>
        <div className="lessons-tools">
          <CommandButton id="lesson.make">Make a lesson from here</CommandButton>
          <CommandButton id="lesson.file">Open a file…</CommandButton>
          <CommandButton id="progress.export">Export progress</CommandButton>
        </div>
      </header>
      {open !== null && (
        <p className="lessons-open">
          Open: {open.taking.lesson.title}, step {open.taking.at + 1}.{' '}
          <button
            type="button"
            className="primary"
            onClick={() => {
              backToLesson();
              openView('lab');
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
  const count = doneSteps(lesson, done);
  const { length } = lesson.steps;
  return (
    <li className="lessons-item" data-done={count === length ? true : undefined}>
      <div>
        <h3>{lesson.title}</h3>
        <p>{lesson.about}</p>
        <p className="lessons-done">{doneText(lesson, done)}</p>
      </div>
      <button
        type="button"
        className="primary"
        aria-label={`Start ${lesson.title}`}
        onClick={() => openLesson(lesson)}
      >
        {count === length ? 'Again' : 'Start'}
      </button>
      <button
        type="button"
        aria-label={`Handout of ${lesson.title}`}
        onClick={() => useLesson.setState({ handout: lesson })}
      >
        Handout
      </button>
    </li>
  );
}

/** For instance `2 of 3 steps done · 1 of 1 predicted right · step 3: 1 line (best 1)`. */
function doneText(lesson: Lesson, done: readonly StepProgress[]): string {
  const { length } = lesson.steps;
  const count = doneSteps(lesson, done);
  if (count === 0) return `${length} steps`;
  const answered = done.filter(({ right }) => right !== undefined);
  const right = answered.filter((step) => step.right === true).length;
  const results = lesson.steps.flatMap((step, at) => {
    const used = done[at]?.used;
    if (step.kind !== 'do' || used === undefined) return [];
    return [`step ${at + 1} in ${used}${step.best === undefined ? '' : ` (best ${step.best})`}`];
  });
  return [
    `${count} of ${length} steps done`,
    ...(answered.length === 0 ? [] : [`${right} of ${answered.length} predicted right`]),
    ...results,
  ].join(' · ');
}
