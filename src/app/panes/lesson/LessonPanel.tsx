// The lesson that is being taken, above the lab: the step, its question, and what has become of it.

import { useEffect, useMemo, useRef } from 'react';
import { generation } from '../../../kernel/generations/index.ts';
import { linesUsed, markOf, rightAnswer, startOf, stepOf } from '../../../lessons/taking.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { useLab, useSession } from '../../state/lab.ts';
import { backToLesson, goStep, isInLesson, leaveLesson, startOver } from '../../state/learning.ts';
import type { OpenLesson } from '../../state/lesson.ts';
import { openView } from '../../state/view.ts';
import { DoStep } from './DoStep.tsx';
import { PredictStep } from './PredictStep.tsx';
import './lesson.css';

/** The panel. */
export function LessonPanel({ open }: { readonly open: OpenLesson }) {
  const { taking, presenting } = open;
  const { lesson, at } = taking;
  const step = stepOf(taking);
  const mark = markOf(taking);
  const start = startOf(taking);
  const session = useSession();
  // whether the lab shows the lesson follows from the history
  useLab((state) => state.history);
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step takes the focus
  useEffect(() => heading.current?.focus({ preventScroll: true }), [at, lesson, presenting]);
  const right = useMemo(
    () => (step.kind === 'predict' && mark.end !== null ? rightAnswer(step, mark.end) : null),
    [step, mark.end],
  );
  const last = at === lesson.steps.length - 1;
  const kernel = generation(start.generation).label;
  const before = at === 0 ? start : taking.starts[at - 1];
  const isOther = before !== undefined && before.generation !== start.generation;
  const inLesson = isInLesson();
  // the top bar, with the page's name, is not there then
  const Heading = presenting ? 'h1' : 'h2';
  return (
    <section className="lesson" aria-label={`Lesson: ${lesson.title}`}>
      <header className="lesson-head">
        <Heading ref={heading} tabIndex={-1}>
          {lesson.title}{' '}
          <span className="lesson-at">
            Step {at + 1} of {lesson.steps.length}
          </span>
        </Heading>
        {isOther && <p className="lesson-kernel">This step runs under another kernel: {kernel}.</p>}
      </header>
      {inLesson ? (
        <div className="lesson-body" role="group" aria-label="The step" tabIndex={0}>
          {step.kind === 'predict' ? (
            <PredictStep key={at} step={step} mark={mark} right={right} presenting={presenting} />
          ) : (
            <DoStep step={step} mark={mark} used={linesUsed(start, session)} presenting={presenting} />
          )}
        </div>
      ) : (
        <p className="lesson-away">
          The lab shows other work than the lesson’s.{' '}
          <button type="button" className="primary" onClick={backToLesson}>
            Back to the lesson
          </button>
        </p>
      )}
      {!presenting && (
        <footer className="lesson-foot">
          <button type="button" disabled={at === 0} onClick={() => goStep(false)}>
            Back
          </button>
          <button type="button" onClick={() => startOver()}>
            Start over
          </button>
          {mark.revealed && step.kind === 'predict' && right === null && (
            <button type="button" onClick={() => startOver(true)}>
              Begin the step as the lesson does
            </button>
          )}
          {last ? (
            <button
              type="button"
              className={mark.revealed ? 'primary' : undefined}
              onClick={() => {
                leaveLesson();
                openView('learn');
              }}
            >
              {mark.revealed ? 'Finish' : 'To the lessons'}
            </button>
          ) : (
            <button
              type="button"
              className={mark.revealed ? 'primary' : undefined}
              onClick={() => goStep(true)}
            >
              Next
            </button>
          )}
        </footer>
      )}
      {!presenting && (
        <div className="lesson-tools">
          <CommandButton id="lesson.present">Present</CommandButton>
          <CommandButton id="lesson.handout">Handout</CommandButton>
          <CommandButton id="lesson.link">Copy link</CommandButton>
          <CommandButton id="lesson.leave">Leave the lesson</CommandButton>
        </div>
      )}
    </section>
  );
}
