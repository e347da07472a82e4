// A lesson in front of a class: the step in large type with its kernel, slides about it, and a bar for touch, mouse and clicker.

import { useEffect } from 'react';
import { kernelText } from '../../../../../lessons/play.ts';
import { hasKernel, kernelOf } from '../../../../../lessons/taking.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { addCommands } from '../../../../store/commands.ts';
import { labSlice, useSession } from '../../../../store/lab.ts';
import type { OpenLesson } from '../../../../store/lesson.ts';
import { backToKernel, backToLesson, isInLesson } from '../../learning.ts';
import { presentingSlice, SLIDE_NAMES, type Slide, slideFor } from '../../presenting.ts';
import { CodeSlide } from './CodeSlide.tsx';
import { EndSlide } from './EndSlide.tsx';
import { KernelSlide } from './KernelSlide.tsx';
import { NotesPanel } from './NotesPanel.tsx';
import { PresentingBar } from './PresentingBar.tsx';
import { StepDots } from './StepDots.tsx';
import { StepSlide } from './StepSlide.tsx';
import { SLIDE_COMMANDS } from './slideCommands.ts';
import './presenting.css';

/** Focuses the heading of a step or slide, so that Space shows the next part, and shows the slide from its top. */
function comeIntoView(heading: HTMLHeadingElement | null): void {
  heading?.focus({ preventScroll: true });
  heading?.closest('section')?.scrollIntoView?.({ block: 'nearest' });
}

export function Presentation({ open }: { readonly open: OpenLesson }) {
  const app = useApp();
  addCommands(app, SLIDE_COMMANDS, true);
  const { taking } = open;
  const { lesson, at } = taking;
  const { slide: kept, since } = useSlice(presentingSlice);
  const slide = slideFor(kept, taking);
  const session = useSession();
  // `isInLesson` depends on the history
  useSlice(labSlice, (state) => state.history);
  const inLesson = isInLesson(app);
  const kernel = kernelText(kernelOf(taking));
  const before = at === 0 ? kernel : kernelText(kernelOf({ ...taking, at: at - 1 }));
  useEffect(() => {
    if (since === null) app.set(presentingSlice, { since: Date.now() });
  }, [app, since]);
  return (
    <section className="lesson presenting" data-slide={slide} aria-label={`Lesson: ${lesson.title}`}>
      <header className="presenting-head cluster rigid middle apart">
        <h1 key={`${lesson.id} ${at} ${slide}`} ref={comeIntoView} tabIndex={-1}>
          {lesson.title}{' '}
          <span className="presenting-at">
            {slide === 'end' ? SLIDE_NAMES.end : `Step ${at + 1} of ${lesson.steps.length}`}
            {slide !== 'end' && slide !== 'step' && ` · ${SLIDE_NAMES[slide]}`}
          </span>
        </h1>
        <StepDots taking={taking} isEnd={slide === 'end'} />
        <p className="presenting-kernel">
          <span className="hidden">Kernel: </span>
          {kernel}
          {kernel !== before && <span className="presenting-new"> from this step on</span>}
        </p>
      </header>
      {inLesson && !hasKernel(taking, session) && (
        <p className="presenting-alarm" role="alert">
          The lab runs another kernel than this step.{' '}
          <button type="button" onClick={() => backToKernel(app)}>
            Back to {kernel}
          </button>
        </p>
      )}
      {inLesson ? (
        <ShownSlide open={open} slide={slide} />
      ) : (
        <p className="presenting-alarm">
          The lab shows work outside this lesson.{' '}
          <button type="button" className="primary" onClick={() => backToLesson(app)}>
            Back to the lesson
          </button>
        </p>
      )}
      <NotesPanel />
      <PresentingBar taking={taking} slide={slide} />
    </section>
  );
}

function ShownSlide({ open, slide }: { readonly open: OpenLesson; readonly slide: Slide }) {
  const { taking } = open;
  switch (slide) {
    case 'step':
      return <StepSlide taking={taking} />;
    case 'kernels':
      return <KernelSlide taking={taking} />;
    case 'code':
      return <CodeSlide open={open} />;
    case 'end':
      return <EndSlide open={open} />;
    // the lab's timeline is below
    case 'timeline':
      return null;
  }
}
