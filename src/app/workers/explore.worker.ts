// The search in a worker, so that the page's frames do not wait for it. One request a worker; to cancel it the page ends
// the worker.

import { answerRequest } from './answer.ts';

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  answerRequest(data, (reply) => self.postMessage(reply));
});
