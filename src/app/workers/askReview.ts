// Asks for a review in several search workers at once: its searches do not depend on each other. The review is the same as that of
// one worker.

import { REVIEW_SEARCHES } from '../../explore/review/conditions.ts';
import type { ReviewAnswer, ReviewProgress } from '../../explore/review/review.ts';
import type { SearchWorkers } from './ask.ts';
import type { SearchReply } from './searchMessages.ts';

/** The kernels of a review, by the ids of kernels or generations. */
interface Kernels {
  readonly a: string;
  readonly b: string;
}

/** The searches by place, the long ones first: a long one at the end would leave the other workers without work. */
const ORDER = REVIEW_SEARCHES.map((_, at) => at).sort((a, b) => lengthOf(b) - lengthOf(a) || a - b);

function lengthOf(at: number): number {
  return REVIEW_SEARCHES[at]?.condition.kind === 'inside' ? 1 : 0;
}

/**
 * Asks for a review and reports `reviewing`, then `review` or `wrong`. `count` is the number of workers. Returns a function that ends
 * it without an answer.
 */
export function askReview(
  workers: SearchWorkers,
  count: number,
  { a, b }: Kernels,
  onReply: (reply: SearchReply) => void,
): () => void {
  if (count === 1) return workers.ask({ kind: 'review', a, b }, onReply);
  const waiting = [...ORDER];
  const answers = new Map<number, ReviewAnswer>();
  /** The states of the running searches by place, the one that began first comes first. */
  const running = new Map<number, number>();
  const ends = new Map<number, () => void>();
  let ended = false;
  const end = () => {
    ended = true;
    for (const stop of ends.values()) stop();
  };
  const fail = (what: string) => {
    end();
    onReply({ kind: 'wrong', what });
  };
  const tell = () => {
    const [at = 0, states = 0] = running.entries().next().value ?? [];
    const searched = REVIEW_SEARCHES[at];
    if (searched === undefined) return;
    const { condition, respect } = searched;
    const progress: ReviewProgress = {
      done: answers.size,
      of: REVIEW_SEARCHES.length,
      searching: { condition, respect },
      states,
    };
    onReply({ kind: 'reviewing', ...progress });
  };
  const finish = () => {
    const all = REVIEW_SEARCHES.flatMap((_, at) => answers.get(at) ?? []);
    ends.set(ORDER.length, workers.ask({ kind: 'review-end', a, b, answers: all }, onReply));
  };
  const next = () => {
    const at = waiting.shift();
    if (at === undefined) return;
    running.set(at, 0);
    const stop = workers.ask({ kind: 'review-answer', a, b, at }, (reply) => {
      // without workers every request is refused
      if (ended) return;
      if (reply.kind === 'answering') {
        running.set(at, reply.states);
        tell();
        return;
      }
      ends.delete(at);
      running.delete(at);
      if (reply.kind !== 'review-answer') {
        fail(reply.kind === 'wrong' ? reply.what : `unexpected reply ${reply.kind}`);
        return;
      }
      answers.set(at, reply.answer);
      tell();
      if (answers.size === REVIEW_SEARCHES.length) finish();
      else next();
    });
    ends.set(at, stop);
  };
  for (let worker = 0; worker < Math.min(count, ORDER.length); worker++) next();
  return end;
}
