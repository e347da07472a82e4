// The worker: reads scripts and works them out beside the page. Everything that it does is in job.ts.

import { ReplayJob } from './job.ts';
import { buffersOf } from './messages.ts';

const job = new ReplayJob({
  post: (message) => self.postMessage(message, { transfer: buffersOf(message) }),
  later: (go) => void setTimeout(go),
  now: () => performance.now(),
});

self.addEventListener('message', (event: MessageEvent<unknown>) => job.receive(event.data));
