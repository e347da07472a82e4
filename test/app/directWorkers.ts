// Search workers without threads, whose requests wait until the test lets them work. Messages are copied as between threads.

import { answerRequest } from '../../src/app/workers/answer.ts';
import type { SearchReply, SearchRequest } from '../../src/app/workers/searchMessages.ts';
import { Sharing } from '../../src/app/workers/sharing.ts';

/** A worker for `vi.stubGlobal('Worker', DirectWorker)`. */
export class DirectWorker extends EventTarget {
  /** The workers of the present test. */
  static made: DirectWorker[] = [];
  readonly requests: SearchRequest[] = [];
  ended = false;
  readonly #sharing = new Sharing();

  constructor() {
    super();
    DirectWorker.made.push(this);
  }

  postMessage(message: SearchRequest) {
    this.requests.push(structuredClone(message));
  }

  terminate() {
    this.ended = true;
  }

  /** Answers the next request. Returns false without one. */
  async work(): Promise<boolean> {
    const request = this.requests.shift();
    if (request === undefined || this.ended) return false;
    await answerRequest(
      request,
      (reply) => this.say(structuredClone(reply)),
      async () => undefined,
      this.#sharing,
    );
    return true;
  }

  say(data: SearchReply) {
    if (!this.ended) this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

/** Lets the workers work in turn until none has a request. */
export async function workAll(): Promise<void> {
  for (let busy = true; busy; ) {
    const worked = await Promise.all(DirectWorker.made.map((one) => one.work()));
    busy = worked.includes(true);
  }
}
