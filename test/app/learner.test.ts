// The lesson to continue with, and the emphasis of the lessons for a person who has finished none.

import { expect, test, vi } from 'vitest';
import { followLearner } from '../../src/app/features/start/learner.ts';
import { createApp } from '../../src/app/store/app.ts';
import { continueText, learnerSlice, lessonToContinue } from '../../src/app/store/learner.ts';
import { lessonSlice } from '../../src/app/store/lesson.ts';
import { openView } from '../../src/app/store/view.ts';
import { parseBegun, printBegun } from '../../src/formats/lesson/begun.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { beginAt, reveal, type Taking } from '../../src/lessons/taking.ts';
import { fakeServices } from './services.ts';

const [first] = LESSONS;
if (first === undefined) throw new Error('no lessons');

function page(kept: Map<string, string>) {
  const app = createApp(fakeServices(kept), []);
  followLearner(app);
  const take = (taking: Taking | null) =>
    app.set(lessonSlice, {
      open:
        taking === null
          ? null
          : {
              taking,
              key: taking.lesson.id,
              home: 0,
              entry: 0,
              presenting: false,
              course: null,
              ended: false,
              fragment: `lesson=${taking.lesson.id}`,
            },
    });
  return { app, take };
}

test('a begun lesson continues at its step in the next visit, until it is finished', () => {
  const kept = new Map<string, string>();
  const { app, take } = page(kept);
  expect(app.get(learnerSlice)).toEqual({ begun: null, isNew: true });
  take(beginAt(first, 1));
  // the lab shows it
  expect(lessonToContinue(app)).toBeNull();
  openView(app, 'explore');
  const begun = lessonToContinue(app);
  expect(begun === null ? '' : continueText(begun)).toBe(`Continue: ${first.title}, step 2`);
  take(null);

  const later = page(kept);
  expect(later.app.get(learnerSlice)).toEqual({ begun, isNew: true });
  const last = beginAt(first, first.steps.length - 1);
  later.take(last);
  expect(lessonToContinue(later.app)).toBeNull();
  later.take(reveal(last));
  expect(later.app.get(learnerSlice)).toEqual({ begun: null, isNew: false });
  expect(page(kept).app.get(learnerSlice)).toEqual({ begun: null, isNew: false });
});

test('a person who has finished a lesson with an earlier version is not new', async () => {
  const lessons = { [first.id]: first.steps.map(() => ({ done: true })) };
  const kept = new Map([
    ['irqscope.progress', JSON.stringify({ irqscope: 'progress', version: 1, lessons })],
  ]);
  const { app } = page(kept);
  await vi.waitFor(() => expect(app.get(learnerSlice).isNew).toBe(false));
});

test.each([
  ['no JSON', '{'],
  ['another address', '{"fragment":"v2=x","title":"A","step":1}'],
  ['step 0', '{"fragment":"lesson=a","title":"A","step":0}'],
])('a kept lesson with %s is removed', (_, text) => {
  const kept = new Map([['irqscope.begun', text]]);
  expect(page(kept).app.get(learnerSlice).begun).toBeNull();
  expect(kept.has('irqscope.begun')).toBe(false);
});

test('a kept lesson is read as it was written', () => {
  const lesson = { course: null, ended: false, fragment: 'lesson=v1.abc', title: 'The gap', step: 3 };
  expect(parseBegun(printBegun(lesson))).toEqual({ ok: true, value: lesson });
});
