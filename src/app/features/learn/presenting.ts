// The slides of a presentation. A step can be followed by slides about it; after the last step comes the end.

import * as taken from '../../../lessons/taking.ts';
import { type App, slice } from '../../store/app.ts';
import { labSlice } from '../../store/lab.ts';
import { lessonSlice, type OpenLesson } from '../../store/lesson.ts';

/** The slides: the step, the lab's timeline, the step's script in other kernels, the code of the address, and the end. */
export type Slide = 'step' | 'timeline' | 'kernels' | 'code' | 'end';

/** The place of the presenter's notes; `blocked`: the browser refused the window. */
export type NotesPlace = 'closed' | 'window' | 'blocked' | 'here';

/** The state of a presentation. */
interface PresentingState {
  /** A slide other than the step, and the step that it belongs to; null shows the step. */
  readonly slide: {
    readonly id: Slide;
    readonly lesson: OpenLesson['taking']['lesson'];
    readonly at: number;
  } | null;
  readonly notes: NotesPlace;
  /** The start in milliseconds of the clock; null outside a presentation. */
  readonly since: number | null;
}

/** The slice. */
export const presentingSlice = slice<PresentingState>(() => ({ slide: null, notes: 'closed', since: null }));

/** Returns the slide of the open step: a slide of another step is over. */
export function slideFor(slide: PresentingState['slide'], { lesson, at }: taken.Taking): Slide {
  return slide !== null && slide.lesson === lesson && slide.at === at ? slide.id : 'step';
}

/** Returns the shown slide. */
export function slideOf(app: App): Slide {
  const { open } = app.get(lessonSlice);
  return open === null ? 'step' : slideFor(app.get(presentingSlice).slide, open.taking);
}

/** Names of the slides for people. */
export const SLIDE_NAMES: Readonly<Record<Slide, string>> = {
  step: 'Step',
  timeline: 'Timeline',
  kernels: 'In other kernels',
  code: 'QR code',
  end: 'End of the lesson',
};

/** Shows a slide of the open step. */
export function showSlide(app: App, id: Slide): void {
  const { open } = app.get(lessonSlice);
  if (open === null) return;
  const { lesson, at } = open.taking;
  app.set(presentingSlice, { slide: id === 'step' ? null : { id, lesson, at } });
  const told = id === 'step' ? taken.stepOf(open.taking).ask : `${SLIDE_NAMES[id]}.`;
  app.set(labSlice, { announcement: told });
}

/** Shows a slide, or the step again if the slide is shown already. */
export function toggleSlide(app: App, id: Slide): void {
  showSlide(app, slideOf(app) === id ? 'step' : id);
}

/** Returns whether the step is the last one: the end of the presentation follows. */
export function isLast({ lesson, at }: taken.Taking): boolean {
  return at === lesson.steps.length - 1;
}
