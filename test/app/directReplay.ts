// A replay worker without a thread: messages are copied and arrive later.

import { ReplayJob } from '../../src/app/workers/job.ts';
import type { ToWorker } from '../../src/app/workers/messages.ts';

/** A worker for `vi.stubGlobal('Worker', DirectWorker)`. Its work waits while it is held. */
export class DirectWorker extends EventTarget {
  /** The workers of the present test. */
  static readonly made: DirectWorker[] = [];
  /** Long work waits. */
  static held = false;
  readonly told: ToWorker[] = [];
  ended = false;
  #clock = 0;
  readonly #job = new ReplayJob({
    post: (message) => {
      const data = structuredClone(message);
      setTimeout(() => this.say(data));
    },
    later: (go) => this.#later(go),
    // advances at each reading, so that every machine computes as many lines in a slice
    now: () => this.#clock++,
  });

  /** Begins a test. */
  static begin(): void {
    DirectWorker.held = false;
    DirectWorker.made.length = 0;
  }

  constructor() {
    super();
    DirectWorker.made.push(this);
  }

  #later(go: () => void): void {
    setTimeout(() => (DirectWorker.held ? this.#later(go) : go()));
  }

  postMessage(message: ToWorker): void {
    const copy = structuredClone(message);
    this.told.push(copy);
    setTimeout(() => this.#job.receive(copy));
  }

  say(data: unknown): void {
    if (!this.ended) this.dispatchEvent(new MessageEvent('message', { data }));
  }

  terminate(): void {
    this.ended = true;
  }
}
