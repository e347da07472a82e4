// The engine of long scripts: it computes their lines in a worker, and reads long texts there. Fetched with the first of them.

import type { App } from '../app.ts';
import { resume } from './following.ts';
import { jobOf } from './worker.ts';

export { follow, goOn } from './following.ts';
export { prepareWorker, readInWorker, scanInWorker } from './reading.ts';
export { openRecordingInWorker } from './recording.ts';
export { hasWorker } from './worker.ts';

/** Cancels the replay; computed lines stay. */
export function stopWorking(app: App): void {
  jobOf(app)?.cancel();
}

/** Ends the reading of a file if there is one, and continues the replay of the current script. */
export function endOpening(app: App): void {
  const job = jobOf(app);
  if (job?.kind === 'reading') job.cancel();
  else resume(app);
}
