// The engine of long scripts: it computes their lines in a worker, and reads long texts there. Fetched with the first of them.

import type { App } from '../app.ts';
import { jobOf } from './worker.ts';

export { follow, goOn } from './following.ts';
export { prepareWorker, readInWorker, scanInWorker } from './reading.ts';

/** Cancels the reading of a file, or else the replay; computed lines stay. */
export function stopWorking(app: App): void {
  jobOf(app)?.cancel();
}
