// The order of a presentation's parts, without drawing them.

import { beforeEach, expect, test } from 'vitest';
import { openLesson } from '../../src/app/features/learn/learning.ts';
import {
  leaveSlide,
  present,
  presentAnswer,
  presentNext,
  setPresenting,
} from '../../src/app/features/learn/presentation.ts';
import { presentingSlice, showSlide, slideOf } from '../../src/app/features/learn/presenting.ts';
import { type App, createApp } from '../../src/app/store/app.ts';
import { isPresenting, lessonSlice } from '../../src/app/store/lesson.ts';
import { viewSlice } from '../../src/app/store/view.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { markOf } from '../../src/lessons/taking.ts';
import { fakeServices } from './services.ts';

let app: App;

/** Returns the shown part, for instance `1 answer` or `2 end`. */
function part(): string {
  const { open } = app.get(lessonSlice);
  if (open === null) return 'no lesson';
  const slide = slideOf(app);
  const shown = slide !== 'step' ? slide : markOf(open.taking).revealed ? 'answer' : 'question';
  return `${open.taking.at + 1} ${shown}`;
}

beforeEach(() => {
  app = createApp(fakeServices(), []);
  const lesson = LESSONS.find(({ id }) => id === 'ebadf');
  if (lesson === undefined) throw new Error('no lesson ebadf');
  openLesson(app, lesson);
  setPresenting(app, true);
});

test('a clicker shows question, answer, the next question and at last the end, and leads back', () => {
  const forward = ['1 answer', '2 question', '2 answer', '2 end', '2 end'];
  expect(part()).toBe('1 question');
  for (const next of forward) {
    present(app, true);
    expect(part()).toBe(next);
  }
  for (const before of ['2 answer', '2 question', '1 answer', '1 question', '1 question']) {
    present(app, false);
    expect(part()).toBe(before);
  }
});

test('a slide belongs to its step: a press goes on from the step, and another step shows no slide', () => {
  showSlide(app, 'kernels');
  expect(part()).toBe('1 kernels');
  present(app, true);
  expect(part()).toBe('1 answer');
  showSlide(app, 'timeline');
  present(app, false);
  expect(part()).toBe('1 answer');
  showSlide(app, 'timeline');
  presentNext(app);
  expect(part()).toBe('2 question');
  showSlide(app, 'code');
  presentAnswer(app);
  expect(part()).toBe('2 answer');
});

test('Escape leaves a slide first, then the presentation, which forgets its start and its notes', () => {
  app.set(presentingSlice, { since: 5, notes: 'here' });
  showSlide(app, 'timeline');
  leaveSlide(app);
  expect([part(), isPresenting(app)]).toEqual(['1 question', true]);
  leaveSlide(app);
  expect(isPresenting(app)).toBe(false);
  expect(app.get(presentingSlice)).toEqual({ slide: null, notes: 'closed', since: null });
});

test('without a lesson the list of lessons opens', () => {
  app.set(lessonSlice, { open: null });
  setPresenting(app, true);
  expect(app.get(viewSlice).view).toBe('learn');
});
