// A long search in several search workers: the answer of one, whatever they share.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SearchWorkers } from '../../src/app/workers/ask.ts';
import { askSearch } from '../../src/app/workers/askSearch.ts';
import type { SearchAnswer, SearchReply } from '../../src/app/workers/searchMessages.ts';
import { QUESTIONS } from '../../src/explore/questions.ts';
import { parseSearch } from '../../src/formats/search/fragment.ts';
import { DirectWorker, workAll } from './directWorkers.ts';

beforeEach(() => {
  DirectWorker.made = [];
  vi.stubGlobal('Worker', DirectWorker);
  // the clock advances at each reading, so that every search becomes a long one soon
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    clock += 600;
    return clock;
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const IDS = QUESTIONS.map(({ id }) => id);
const setupOf = (fragment: string) => parseSearch(fragment, IDS).setup;

/** The same operations for every search here; some thousand states. */
const OPERATIONS = 'vectors=4&fds=2&block=2&ops=unbind,bad,disable,loopback,raise&states=20000';

async function answerOf(fragment: string, count: number): Promise<readonly SearchReply[]> {
  const heard: SearchReply[] = [];
  askSearch(new SearchWorkers(), count, setupOf(fragment), (reply) => heard.push(reply));
  await workAll();
  return heard;
}

/** The answer without what depends on the number of workers. */
function plain(heard: readonly SearchReply[]): Partial<SearchAnswer> {
  const last = heard.at(-1);
  if (last?.kind !== 'answer') throw new Error(`no answer: ${JSON.stringify(last)}`);
  const { bytes: _, milliseconds: __, ...rest } = last;
  return rest;
}

test.each([
  ['all states of one kernel', `explore=dynamic&${OPERATIONS}&ask=count-states`],
  ['a find in two kernels', `explore=v3,dynamic&${OPERATIONS}&ask=differ-host`],
  ['no difference of two kernels', `explore=v3,dynamic&${OPERATIONS}&ask=differ-client`],
  ['a limit of states', `explore=dynamic&${OPERATIONS.replace('20000', '1000')}&ask=count-states`],
])('%s: three workers answer like one', async (_, fragment) => {
  const alone = await answerOf(fragment, 1);
  expect(DirectWorker.made).toHaveLength(1);
  DirectWorker.made = [];
  const shared = await answerOf(fragment, 3);
  expect(plain(shared)).toEqual(plain(alone));
  // one worker waits for the next request, if others have joined
  expect(DirectWorker.made.filter(({ ended }) => !ended)).toHaveLength(1);
});

const LONG = `explore=v3,dynamic&${OPERATIONS}&ask=differ-client`;

test('others join a search that takes long, and report its progress', async () => {
  const heard = await answerOf(LONG, 3);
  const begun = DirectWorker.made.map(({ begun }) => [...new Set(begun)]);
  expect(begun).toEqual([
    ['search', 'share', 'round'],
    ['ready', 'join', 'round'],
    ['ready', 'join', 'round'],
  ]);
  const states = heard.flatMap((reply) => (reply.kind === 'progress' ? [reply.states] : []));
  expect(states.length).toBeGreaterThan(1);
  expect(states).toEqual([...states].sort((a, b) => a - b));
});

test('a search without room for the states of several workers stays in one', async () => {
  const alone = await answerOf(LONG.replace('20000', '100000000'), 1);
  DirectWorker.made = [];
  const heard = await answerOf(LONG.replace('20000', '100000000'), 3);
  expect(plain(heard)).toEqual(plain(alone));
  expect(DirectWorker.made.map(({ begun }) => [...new Set(begun)])).toEqual([
    ['search', 'share'],
    ['ready'],
    ['ready'],
  ]);
  expect(DirectWorker.made.filter(({ ended }) => !ended)).toHaveLength(1);
});

test('a further worker that cannot start is left out', async () => {
  const heard: SearchReply[] = [];
  askSearch(new SearchWorkers(), 3, setupOf(LONG), (reply) => {
    if (heard.length === 0) return void heard.push(reply);
    // as soon as the others are asked
    DirectWorker.made[2]?.dispatchEvent(new Event('error'));
    heard.push(reply);
  });
  await workAll();
  expect(heard.at(-1)?.kind).toBe('answer');
  expect(DirectWorker.made.map(({ begun }) => begun.includes('round'))).toEqual([true, true, false]);
});

/** Lets a search run until others share it, and then calls `then` at each report. */
async function onceShared(count: number, then: (end: () => void) => void): Promise<readonly SearchReply[]> {
  const heard: SearchReply[] = [];
  const end = askSearch(new SearchWorkers(), count, setupOf(LONG), (reply) => {
    heard.push(reply);
    if (DirectWorker.made.at(-1)?.begun.includes('join')) then(end);
  });
  await workAll();
  return heard;
}

test('a cancelled search ends all its workers, and says no more', async () => {
  let told = 0;
  const heard = await onceShared(2, (end) => {
    told++;
    end();
  });
  expect(DirectWorker.made.map(({ ended }) => ended)).toEqual([true, true]);
  expect([told, heard.at(-1)?.kind]).toEqual([1, 'progress']);
});

test('a worker that fails while it shares a search ends it, once', async () => {
  const heard = await onceShared(3, () => {
    for (const worker of DirectWorker.made.slice(1)) worker.dispatchEvent(new Event('error'));
  });
  expect(heard.filter(({ kind }) => kind === 'wrong')).toEqual([
    { kind: 'wrong', what: 'the search worker cannot be loaded' },
  ]);
  expect(heard.at(-1)?.kind).toBe('wrong');
  expect(DirectWorker.made.map(({ ended }) => ended)).toEqual([true, true, true]);
});
