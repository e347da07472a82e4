// Asks for a search: one worker begins it, and if it takes long, others join it (explore/shared.ts). The answer is the same.

import type { Batch, SearchHistory } from '../../explore/shared.ts';
import type { SearchSetup } from '../../session/search.ts';
import type { SearchWorkers, Talk } from './ask.ts';
import type { SearchReply } from './searchMessages.ts';

/** Milliseconds after which others join: a shorter search would end before they have learned as much. */
const ALONE = 1000;

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
  const asked = new AskedSearch(workers, count, setup, onReply);
  return () => asked.end();
}

class AskedSearch {
  readonly #workers: SearchWorkers;
  readonly #count: number;
  readonly #setup: SearchSetup;
  readonly #onReply: (reply: SearchReply) => void;
  readonly #begin = performance.now();
  readonly #first: Talk;
  /** The further workers that were asked to run; null for one that cannot. */
  readonly #others: (Talk | null)[] = [];
  /** Those of them that can run. */
  readonly #ready: Talk[] = [];
  /** The workers that share the search, the first one first, and their batches of the present round. */
  #sharing: readonly Talk[] = [];
  #batches: (Batch | undefined)[] = [];
  #ended = false;

  constructor(
    workers: SearchWorkers,
    count: number,
    setup: SearchSetup,
    onReply: (reply: SearchReply) => void,
  ) {
    this.#workers = workers;
    this.#count = count;
    this.#setup = setup;
    this.#onReply = onReply;
    this.#first = workers.talk({ kind: 'search', setup }, (reply) => this.#hear(reply));
  }

  end(): void {
    this.#ended = true;
    this.#first.end();
    for (const talk of this.#others) talk?.end();
  }

  #hear(reply: SearchReply): void {
    // workers that are blocked refuse every request
    if (this.#ended) return;
    switch (reply.kind) {
      case 'progress':
        if (reply.milliseconds > ALONE && this.#others.length === 0) this.#askOthers();
        this.#onReply(reply);
        return;
      case 'history':
        this.#share(reply.workers, reply.history);
        return;
      case 'batch':
        this.#onReply({ kind: 'progress', ...reply.progress, milliseconds: performance.now() - this.#begin });
        this.#take(0, reply.batch);
        return;
      default:
        this.end();
        this.#onReply(reply);
    }
  }

  /** Starts the further workers. */
  #askOthers(): void {
    for (let at = 0; at < this.#count - 1; at++) {
      const talk = this.#workers.talk({ kind: 'ready' }, (reply) => this.#hearOther(at, reply));
      this.#others.push(talk);
    }
  }

  #hearOther(at: number, reply: SearchReply): void {
    if (this.#ended || reply.kind === 'left') return;
    const talk = this.#others[at] ?? null;
    const place = talk === null ? -1 : this.#sharing.indexOf(talk);
    if (place < 0) {
      this.#start(at, reply.kind === 'ready' ? talk : null);
    } else if (reply.kind === 'batch') {
      this.#take(place, reply.batch);
    } else {
      this.#hear(reply.kind === 'wrong' ? reply : { kind: 'wrong', what: `unexpected reply ${reply.kind}` });
    }
  }

  /** Notes that a further worker runs, or cannot (null). Asks the first one to share the search as soon as this is known of all. */
  #start(at: number, talk: Talk | null): void {
    this.#others[at] = talk;
    if (talk !== null) this.#ready.push(talk);
    const isKnown = (one: Talk | null) => one === null || this.#ready.includes(one);
    if (this.#ready.length > 0 && this.#others.every(isKnown))
      this.#first.send({ kind: 'share', workers: 1 + this.#ready.length });
  }

  #share(workers: number, history: SearchHistory | null): void {
    const joining = history === null ? [] : this.#ready.slice(0, workers - 1);
    for (const talk of this.#ready.slice(joining.length)) talk.end();
    this.#sharing = [this.#first, ...joining];
    const setup = this.#setup;
    if (history === null) return;
    for (const [at, talk] of joining.entries())
      talk.send({ kind: 'join', setup, at: at + 1, of: workers, history });
  }

  #take(place: number, batch: Batch): void {
    this.#batches[place] = batch;
    const all = this.#batches.flatMap((one) => one ?? []);
    if (all.length < this.#sharing.length) return;
    this.#batches = [];
    for (const talk of this.#sharing) talk.send({ kind: 'round', batches: all });
  }
}
