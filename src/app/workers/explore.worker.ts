// The search in a worker, so that the page stays responsive. A worker handles one request at a time; the page cancels it by ending
// the worker.

import { answerRequest } from './answer.ts';
import type { SearchRequest } from './searchMessages.ts';
import { Sharing } from './sharing.ts';

const { port1, port2 } = new MessageChannel();
const sharing = new Sharing();

/** Waits for the next turn of the event loop; a timer would take some milliseconds. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

self.addEventListener('message', ({ data }: MessageEvent<SearchRequest>) => {
  answerRequest(data, (reply) => self.postMessage(reply), nextTurn, sharing).catch((error: unknown) => {
    // reported as if thrown here, because the page listens to errors of the worker
    reportError(error);
  });
});
