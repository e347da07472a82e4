import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SearchWorkers } from '../../src/app/workers/ask.ts';
import type { SearchReply, SearchRequest } from '../../src/app/workers/searchMessages.ts';

const REQUEST: SearchRequest = { kind: 'review', a: 'v3', b: '6.12' };
const LAST: SearchReply = { kind: 'wrong', what: 'a kernel is unknown' };
const PROGRESS: SearchReply = {
  ...{ kind: 'progress', states: 1, transitions: 0, depth: 1, frontier: 1 },
  milliseconds: 0,
};

let made: FakeWorker[] = [];

/** A worker whose replies the test sends. */
class FakeWorker extends EventTarget {
  readonly requests: unknown[] = [];
  ended = false;

  constructor() {
    super();
    made.push(this);
  }

  postMessage(message: unknown) {
    this.requests.push(message);
  }

  terminate() {
    this.ended = true;
  }

  say(data: SearchReply) {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

beforeEach(() => {
  made = [];
  vi.stubGlobal('Worker', FakeWorker);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test('a worker that has answered gets the next request, and its earlier asker hears no more', () => {
  const workers = new SearchWorkers();
  const [first, second]: SearchReply[][] = [[], []];
  const end = workers.ask(REQUEST, (reply) => first?.push(reply));
  made[0]?.say(PROGRESS);
  made[0]?.say(LAST);
  // too late to end anything
  end();
  workers.ask(REQUEST, (reply) => second?.push(reply));
  made[0]?.say(LAST);
  expect(made.map(({ requests, ended }) => [requests.length, ended])).toEqual([[2, false]]);
  expect([first, second]).toEqual([[PROGRESS, LAST], [LAST]]);
});

test('a cancelled worker ends, and the next request starts another', () => {
  const workers = new SearchWorkers();
  const heard: SearchReply[] = [];
  const end = workers.ask(REQUEST, (reply) => heard.push(reply));
  end();
  made[0]?.say(LAST);
  workers.ask(REQUEST, () => undefined);
  expect(made.map(({ ended }) => ended)).toEqual([true, false]);
  expect(heard).toEqual([]);
});

test('requests at the same time have workers of their own, of which one stays', () => {
  const workers = new SearchWorkers();
  workers.ask(REQUEST, () => undefined);
  workers.ask(REQUEST, () => undefined);
  for (const worker of made) worker.say(LAST);
  expect(made.map(({ ended }) => ended)).toEqual([false, true]);
});

test('a worker that fails ends and reports the error', () => {
  const workers = new SearchWorkers();
  const heard: SearchReply[] = [];
  workers.ask(REQUEST, (reply) => heard.push(reply));
  made[0]?.dispatchEvent(new Event('error'));
  workers.ask(REQUEST, () => undefined);
  expect(heard).toEqual([{ kind: 'wrong', what: 'the search worker cannot be loaded' }]);
  expect(made.map(({ ended }) => ended)).toEqual([true, false]);
});
