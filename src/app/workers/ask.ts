// Asks the search worker. A worker that has answered waits for the next request, which then runs code that the browser has
// compiled already: a first search spends more time on that than on a small space.

import type { SearchReply, SearchRequest } from './searchMessages.ts';
import { startWorker } from './start.ts';

/** A talk with one worker, which ends with its last reply. */
export interface Talk {
  readonly send: (request: SearchRequest) => void;
  /** Ends the worker, unless it has given its last reply. */
  readonly end: () => void;
}

/** The search workers of a page: at most one waits. */
export class SearchWorkers {
  #waiting: Worker | null = null;

  /** Sends a worker one request and reports its replies. Returns a function that ends a request without an answer. */
  ask(request: SearchRequest, onReply: (reply: SearchReply) => void): () => void {
    return this.talk(request, onReply).end;
  }

  /** Sends a worker a request that others follow, until the last reply. */
  talk(request: SearchRequest, onReply: (reply: SearchReply) => void): Talk {
    const worker =
      this.#waiting ??
      startWorker(() => new Worker(new URL('./explore.worker.ts', import.meta.url), { type: 'module' }));
    this.#waiting = null;
    if (worker === null) {
      // after the caller has received the function that ends it
      queueMicrotask(() => onReply({ kind: 'wrong', what: 'the browser blocks workers' }));
      return { send: () => undefined, end: () => undefined };
    }
    const listening = new AbortController();
    const { signal } = listening;
    const end = () => {
      if (signal.aborted) return;
      listening.abort();
      worker.terminate();
    };
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<SearchReply>) => {
        if (isLast(data)) {
          listening.abort();
          this.#keep(worker);
        }
        onReply(data);
      },
      { signal },
    );
    worker.addEventListener(
      'error',
      (event) => {
        end();
        onReply({ kind: 'wrong', what: event.message || 'the search worker cannot be loaded' });
      },
      { signal },
    );
    worker.postMessage(request);
    const send = (next: SearchRequest) => {
      if (!signal.aborted) worker.postMessage(next);
    };
    return { send, end };
  }

  #keep(worker: Worker): void {
    if (this.#waiting === null) this.#waiting = worker;
    else worker.terminate();
  }
}

/** Replies that others follow. */
const NOT_LAST: ReadonlySet<SearchReply['kind']> = new Set<SearchReply['kind']>([
  'progress',
  'ready',
  'history',
  'batch',
  'reviewing',
]);

/** Returns whether a reply ends its request. */
function isLast({ kind }: SearchReply): boolean {
  return !NOT_LAST.has(kind);
}
