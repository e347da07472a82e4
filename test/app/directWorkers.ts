// Search workers without threads, whose requests wait until the test lets them work. Messages are copied as between threads.

import { answerRequest } from '../../src/app/workers/answer.ts';
import type { SearchReply, SearchRequest } from '../../src/app/workers/searchMessages.ts';
import { Sharing } from '../../src/app/workers/sharing.ts';

/** A worker for `vi.stubGlobal('Worker', DirectWorker)`. */
export class DirectWorker extends EventTarget {
  /** The workers of the present test. */
  static made: DirectWorker[] = [];
  readonly #requests: SearchRequest[] = [];
  readonly #sharing = new Sharing();
  #isBusy = false;
  /** The kinds of the requests that it has begun. */
  readonly begun: SearchRequest['kind'][] = [];
  ended = false;

  constructor() {
    super();
    DirectWorker.made.push(this);
  }

  postMessage(message: SearchRequest) {
    this.#requests.push(structuredClone(message));
  }

  terminate() {
    this.ended = true;
  }

  say(data: SearchReply) {
    if (!this.ended) this.dispatchEvent(new MessageEvent('message', { data }));
  }

  /** Answers the next request; while it breathes, the others work, and it hears its own requests. Returns false without a request. */
  async work(): Promise<boolean> {
    if (this.#isBusy || this.ended) return false;
    this.#isBusy = true;
    const worked = await this.#next();
    this.#isBusy = false;
    return worked;
  }

  async #next(): Promise<boolean> {
    const request = this.#requests.shift();
    if (request === undefined) return false;
    this.begun.push(request.kind);
    const breathe = async () => {
      for (const one of DirectWorker.made) await one.work();
      await this.#next();
    };
    await answerRequest(request, (reply) => this.say(structuredClone(reply)), breathe, this.#sharing);
    return true;
  }
}

/** Lets the workers work in turn until none has a request. */
export async function workAll(): Promise<void> {
  for (let busy = true; busy; ) {
    const worked = await Promise.all(DirectWorker.made.map((one) => one.work()));
    busy = worked.includes(true);
  }
}
