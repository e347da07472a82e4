// A review in several search workers: the same as in one, with the progress of all of them.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SearchWorkers } from '../../src/app/workers/ask.ts';
import { askReview } from '../../src/app/workers/askReview.ts';
import type { SearchReply } from '../../src/app/workers/searchMessages.ts';
import { REVIEW_SEARCHES } from '../../src/explore/review/conditions.ts';
import { reviewOf } from '../explore/reviewOf.ts';
import { DirectWorker, workAll } from './directWorkers.ts';

beforeEach(() => {
  DirectWorker.made = [];
  vi.stubGlobal('Worker', DirectWorker);
});
afterEach(() => vi.unstubAllGlobals());

const KERNELS = { a: 'static', b: 'dynamic' };

test('three workers share the searches, long ones first, and the review is that of one', async () => {
  const heard: SearchReply[] = [];
  askReview(new SearchWorkers(), 3, KERNELS, (reply) => heard.push(reply));
  const asked = DirectWorker.made.map(({ requests }) => requests[0]);
  const last = REVIEW_SEARCHES.length - 1;
  expect(asked).toEqual([last - 1, last, 0].map((at) => ({ kind: 'review-answer', ...KERNELS, at })));
  await workAll();
  expect(DirectWorker.made.length).toBe(3);
  expect(heard.at(-1)).toEqual({ kind: 'review', review: reviewOf('static', 'dynamic') });
  const done = heard.flatMap((reply) => (reply.kind === 'reviewing' ? [reply.done] : []));
  expect(done.at(-1)).toBe(REVIEW_SEARCHES.length);
  expect(done).toEqual([...done].sort((one, other) => one - other));
  // one worker waits for the next request
  expect(DirectWorker.made.filter(({ ended }) => !ended)).toHaveLength(1);
});

test('a cancelled review ends all its workers and says no more', async () => {
  const heard: SearchReply[] = [];
  const end = askReview(new SearchWorkers(), 2, KERNELS, (reply) => heard.push(reply));
  DirectWorker.made[0]?.say({ kind: 'answering', states: 7 });
  end();
  await workAll();
  expect(DirectWorker.made.map(({ ended }) => ended)).toEqual([true, true]);
  expect(heard).toEqual([
    {
      kind: 'reviewing',
      done: 0,
      of: REVIEW_SEARCHES.length,
      searching: { condition: { kind: 'inside', mode: 'msix' }, respect: 'client' },
      states: 7,
    },
  ]);
});

test('one failure ends the review, once', async () => {
  const heard: SearchReply[] = [];
  askReview(new SearchWorkers(), 2, { a: 'static', b: 'none' }, (reply) => heard.push(reply));
  await workAll();
  expect(heard).toEqual([{ kind: 'wrong', what: 'a kernel is unknown' }]);
  expect(DirectWorker.made.filter(({ ended }) => ended)).toHaveLength(1);
});

test('without workers the review is refused once', async () => {
  vi.stubGlobal('Worker', undefined);
  const heard: SearchReply[] = [];
  askReview(new SearchWorkers(), 4, KERNELS, (reply) => heard.push(reply));
  await Promise.resolve();
  expect(heard).toEqual([{ kind: 'wrong', what: 'the browser blocks workers' }]);
});
