// The search in a worker, so that the page's frames do not wait for it. One request a worker; to cancel it the page ends
// the worker.

import { answerRequest } from './answer.ts';

const { port1, port2 } = new MessageChannel();

/** The next turn of the worker's event loop; a timer would wait for some milliseconds. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });
}

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  answerRequest(data, (reply) => self.postMessage(reply), nextTurn).catch((error: unknown) => {
    // as if it were thrown here: the page listens to the worker's errors
    reportError(error);
  });
});
