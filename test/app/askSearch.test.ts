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
const OPERATIONS = 'vectors=4&fds=2&block=2&ops=unbind,bad,disable,loopback,raise';

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
  ['a limit of states', `explore=dynamic&${OPERATIONS}&states=1000&ask=count-states`],
])('%s: three workers answer like one', async (_, fragment) => {
  const alone = await answerOf(fragment, 1);
  expect(DirectWorker.made).toHaveLength(1);
  DirectWorker.made = [];
  const shared = await answerOf(fragment, 3);
  expect(plain(shared)).toEqual(plain(alone));
  // one worker waits for the next request, if others have joined
  expect(DirectWorker.made.filter(({ ended }) => !ended)).toHaveLength(1);
});

test('others join a search that takes long, and report its progress', async () => {
  const heard = await answerOf(`explore=v3,dynamic&${OPERATIONS}&ask=differ-client`, 3);
  expect(DirectWorker.made).toHaveLength(3);
  const states = heard.flatMap((reply) => (reply.kind === 'progress' ? [reply.states] : []));
  expect(states.length).toBeGreaterThan(1);
  expect(states).toEqual([...states].sort((a, b) => a - b));
});

test('a cancelled search ends all its workers', async () => {
  const heard: SearchReply[] = [];
  const setup = setupOf(`explore=v3,dynamic&${OPERATIONS}&ask=differ-client`);
  const end = askSearch(new SearchWorkers(), 2, setup, (reply) => heard.push(reply));
  await DirectWorker.made[0]?.work();
  expect(DirectWorker.made).toHaveLength(2);
  end();
  const told = heard.length;
  await workAll();
  expect(DirectWorker.made.map(({ ended }) => ended)).toEqual([true, true]);
  expect(heard).toHaveLength(told);
});

test('a worker that fails ends the search, once', async () => {
  const heard: SearchReply[] = [];
  const setup = setupOf(`explore=v3,dynamic&${OPERATIONS}&ask=differ-client`);
  askSearch(new SearchWorkers(), 3, setup, (reply) => heard.push(reply));
  await DirectWorker.made[0]?.work();
  for (const worker of DirectWorker.made) worker.dispatchEvent(new Event('error'));
  expect(heard.filter(({ kind }) => kind === 'wrong')).toEqual([
    { kind: 'wrong', what: 'the search worker cannot be loaded' },
  ]);
  expect(DirectWorker.made.map(({ ended }) => ended)).toEqual([true, true, true]);
});
