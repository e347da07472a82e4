// Asks the search worker.

import type { SearchReply, SearchRequest } from './searchMessages.ts';
import { startWorker } from './start.ts';

/** Starts a worker, sends it one request and reports its replies. Returns a function that ends the worker. */
export function ask(request: SearchRequest, onReply: (reply: SearchReply) => void): () => void {
  const worker = startWorker(
    () => new Worker(new URL('./explore.worker.ts', import.meta.url), { type: 'module' }),
  );
  if (worker === null) {
    // after the caller has received the function that ends it
    queueMicrotask(() => onReply({ kind: 'wrong', what: 'the browser blocks workers' }));
    return () => {};
  }
  worker.addEventListener('message', ({ data }: MessageEvent<SearchReply>) => onReply(data));
  worker.addEventListener('error', (event) => {
    onReply({ kind: 'wrong', what: event.message || 'the search worker cannot be loaded' });
  });
  worker.postMessage(request);
  return () => worker.terminate();
}
