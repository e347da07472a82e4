// Asks for a search: one worker begins it, and if it takes long, others join it (explore/shared.ts). The answer is the same.

import type { Batch } from '../../explore/shared.ts';
import type { SearchSetup } from '../../session/search.ts';
import type { SearchWorkers, Talk } from './ask.ts';
import type { SearchReply } from './searchMessages.ts';

/**
 * Asks for a search and reports `progress`, then `answer` or `wrong`. `count` is the most workers. Returns a function that ends it
 * without an answer.
 */
export function askSearch(
  workers: SearchWorkers,
  count: number,
  setup: SearchSetup,
  onReply: (reply: SearchReply) => void,
): () => void {
  const begin = performance.now();
  const talks: Talk[] = [];
  let batches: (Batch | undefined)[] = [];
  let ended = false;
  const end = () => {
    ended = true;
    for (const talk of talks) talk.end();
  };
  const finish = (reply: SearchReply) => {
    end();
    onReply(reply);
  };
  const take = (at: number, batch: Batch) => {
    batches[at] = batch;
    const all = batches.flatMap((one) => one ?? []);
    if (all.length < count) return;
    batches = [];
    for (const talk of talks) talk.send({ kind: 'round', batches: all });
  };
  const receive = (at: number) => (reply: SearchReply) => {
    // workers that are blocked refuse every request
    if (ended) return;
    switch (reply.kind) {
      case 'progress':
        onReply(reply);
        return;
      case 'history':
        for (let other = 1; other < count; other++) {
          const join = { kind: 'join', setup, at: other, of: count, history: reply.history } as const;
          talks.push(workers.talk(join, receive(other)));
        }
        return;
      case 'batch':
        if (at === 0)
          onReply({ kind: 'progress', ...reply.progress, milliseconds: performance.now() - begin });
        take(at, reply.batch);
        return;
      case 'left':
        return;
      default:
        finish(reply);
    }
  };
  talks.push(workers.talk({ kind: 'search', setup, workers: count }, receive(0)));
  return end;
}
