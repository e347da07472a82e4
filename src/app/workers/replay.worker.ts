// The replay worker: reads scripts and computes their lines. job.ts contains its work.

import { ReplayJob } from './job.ts';
import { buffersOf, type ToWorker } from './messages.ts';

const job = new ReplayJob({
  post: (message) => self.postMessage(message, { transfer: buffersOf(message) }),
  later: (go) => void setTimeout(go),
  now: () => performance.now(),
});

self.addEventListener('message', (event: MessageEvent<ToWorker>) => job.receive(event.data));
