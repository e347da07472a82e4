// The open lesson in the lab: the step, its question and its result.

import { useMemo } from 'react';
import { generation } from '../../../../kernel/generations/index.ts';
import { chosenKernel, chosenKernelName } from '../../../../kernel/kernels.ts';
import { missingNow } from '../../../../lessons/missing.ts';
import { kernelText } from '../../../../lessons/play.ts';
import {
  hasKernel,
  kernelOf,
  linesUsed,
  markOf,
  rightAnswer,
  startOf,
  stepOf,
} from '../../../../lessons/taking.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { addCommands } from '../../../store/commands.ts';
import { labSlice, useSession } from '../../../store/lab.ts';
import type { OpenLesson } from '../../../store/lesson.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { backToKernel, backToLesson, finishLesson, goStep, isInLesson, startOver } from '../learning.ts';
import { comeIntoView } from './comeIntoView.ts';
import { DoStep } from './DoStep.tsx';
import { LessonEnd } from './LessonEnd.tsx';
import { PredictStep } from './PredictStep.tsx';
import { PreviewBar } from './PreviewBar.tsx';
import { PANEL_COMMANDS } from './panelCommands.ts';
import { Presentation } from './presenting/Presentation.tsx';
import './lesson.css';

/** The lesson beside the wiring, or in front of a class. */
export function LessonPanel({ open }: { readonly open: OpenLesson }) {
  return open.presenting ? <Presentation open={open} /> : <Panel open={open} />;
}

function Panel({ open }: { readonly open: OpenLesson }) {
  const app = useApp();
  addCommands(app, PANEL_COMMANDS);
  const { taking } = open;
  const { lesson, at } = taking;
  const step = stepOf(taking);
  const mark = markOf(taking);
  const start = startOf(taking);
  const session = useSession();
  // `isInLesson` depends on the history
  useSlice(labSlice, (state) => state.history);
  const right = useMemo(
    () => (step.kind === 'predict' && mark.end !== null ? rightAnswer(step, mark.end) : null),
    [step, mark.end],
  );
  const last = at === lesson.steps.length - 1;
  const kernel = kernelText(kernelOf(taking));
  const isOther = at > 0 && kernelText(kernelOf({ ...taking, at: at - 1 })) !== kernel;
  const inLab =
    kernelOf(taking).release === null
      ? generation(session.generation).label
      : chosenKernelName(chosenKernel(session.generation, session.setup.host));
  const inLesson = isInLesson(app);
  const replayed = useReplay();
  const missing = inLesson ? missingNow(taking, session, replayed) : null;
  const act = step.kind === 'do' && inLesson && !mark.revealed ? (step.where ?? 'composer') : undefined;
  if (open.ended)
    return (
      <section className="lesson" aria-label={`Lesson: ${lesson.title}`}>
        <PreviewBar open={open} />
        <LessonEnd open={open} />
      </section>
    );
  return (
    <section className="lesson" aria-label={`Lesson: ${lesson.title}`} data-act={act}>
      <PreviewBar open={open} />
      <header className="lesson-head cluster rigid middle">
        <h2 key={`${lesson.id} ${at}`} ref={comeIntoView} tabIndex={-1}>
          {lesson.title}{' '}
          <span className="lesson-at">
            Step {at + 1} of {lesson.steps.length}
          </span>
        </h2>
        <p className="lesson-badge">
          <span className="hidden">Kernel of the lesson: </span>
          {kernel}
        </p>
        {isOther && <p className="lesson-kernel">This step runs under another kernel: {kernel}.</p>}
        {inLesson && !hasKernel(taking, session) && (
          <p className="lesson-kernel" role="alert">
            The lab runs {inLab}; this step is about {kernel}.{' '}
            <button type="button" onClick={() => backToKernel(app)}>
              Back to {kernel}
            </button>
          </p>
        )}
      </header>
      {inLesson ? (
        <div className="lesson-body tracks rigid gap-6" role="group" aria-label="The step" tabIndex={0}>
          {step.kind === 'predict' ? (
            <PredictStep key={at} step={step} mark={mark} right={right} />
          ) : (
            <DoStep step={step} mark={mark} used={linesUsed(start, session)} missing={missing} />
          )}
        </div>
      ) : (
        <p className="lesson-away">
          The lab shows work outside this lesson.{' '}
          <button type="button" className="primary" onClick={() => backToLesson(app)}>
            Back to the lesson
          </button>
        </p>
      )}
      <footer className="lesson-foot cluster gap-6 line-above">
        <button type="button" disabled={at === 0} onClick={() => goStep(app, false)}>
          Previous step
        </button>
        <button type="button" onClick={() => startOver(app)}>
          Restart step
        </button>
        {mark.revealed && step.kind === 'predict' && right === null && (
          <button type="button" onClick={() => startOver(app, true)}>
            Restart with the lesson’s own lines
          </button>
        )}
        {last ? (
          <button
            type="button"
            className={mark.revealed ? 'primary' : undefined}
            onClick={() => finishLesson(app)}
          >
            Finish
          </button>
        ) : (
          <button
            type="button"
            className={mark.revealed ? 'primary' : undefined}
            onClick={() => goStep(app, true)}
          >
            Next step
          </button>
        )}
      </footer>
      <div className="lesson-tools cluster gap-6">
        <CommandButton id="lesson.present">Present</CommandButton>
        <CommandButton id="lesson.worksheet">Worksheet</CommandButton>
        <CommandButton id="lesson.link">Copy lesson link</CommandButton>
        <CommandButton id="lesson.edit">Edit a copy</CommandButton>
        <CommandButton id="lesson.leave">Close lesson</CommandButton>
      </div>
    </section>
  );
}
