// Presents the open lesson: begins and ends, and goes from part to part.

import * as taken from '../../../lessons/taking.ts';
import type { App } from '../../store/app.ts';
import { labSlice } from '../../store/lab.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { openView, viewSlice } from '../../store/view.ts';
import { goStep, runStep, startOver } from './learning.ts';
import { isLast, presentingSlice, showSlide, slideOf } from './presenting.ts';

/**
 * Handles one press of a clicker: shows the answer, then the next question, and the end after the last answer; backwards in
 * reverse order. From a slide about the step, a press back returns to the step.
 */
export function present(app: App, forward: boolean): void {
  const { open } = app.get(lessonSlice);
  if (open === null) return;
  const slide = slideOf(app);
  if (slide === 'end' && forward) return;
  if (slide !== 'step') showSlide(app, 'step');
  if (slide !== 'step' && !forward) return;
  const { revealed } = taken.markOf(open.taking);
  if (forward && !revealed) runStep(app);
  else if (forward && isLast(open.taking)) showSlide(app, 'end');
  else if (!forward && revealed) startOver(app);
  else goStep(app, forward);
}

/** Goes to the next step of a presentation with or without the answer, or from the last step to the end. */
export function presentNext(app: App): void {
  const { open } = app.get(lessonSlice);
  if (open === null || slideOf(app) === 'end') return;
  if (isLast(open.taking)) showSlide(app, 'end');
  else goStep(app, true);
}

/** Shows the answer of the presented step. */
export function presentAnswer(app: App): void {
  const { open } = app.get(lessonSlice);
  if (open === null || slideOf(app) === 'end') return;
  showSlide(app, 'step');
  if (!taken.markOf(open.taking).revealed) runStep(app);
}

/** Returns from a slide to the step; from the step it ends the presentation. */
export function leaveSlide(app: App): void {
  if (slideOf(app) === 'step') setPresenting(app, false);
  else showSlide(app, 'step');
}

/** Begins the presentation with the question, or ends it. Without an open lesson it opens the list of lessons. */
export function setPresenting(app: App, presenting: boolean): void {
  const { open } = app.get(lessonSlice);
  if (open === null) {
    openView(app, 'learn');
    app.set(labSlice, { announcement: 'No lesson is open. Choose a lesson, then present it.' });
    return;
  }
  const isShown = open.presenting && app.get(viewSlice).view === 'lab';
  if (isShown === presenting) return;
  app.set(lessonSlice, { open: { ...open, presenting } });
  app.set(presentingSlice, { slide: null, ...(presenting ? {} : { since: null, notes: 'closed' }) });
  if (presenting && taken.markOf(open.taking).revealed) startOver(app);
  openView(app, 'lab');
  app.set(labSlice, {
    announcement: presenting
      ? 'Presenting. Page Down shows the next part, Escape ends the presentation.'
      : 'Presentation ended.',
  });
}
