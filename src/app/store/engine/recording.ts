// Reads a recording in the worker and compares it there with the model, with progress.

import { openedRecording } from '../../../recordings/opening.ts';
import type { ObservedStep } from '../../../recordings/recording.ts';
import type { FromWorker } from '../../workers/messages.ts';
import type { ReadRecording } from '../../workers/openRecording.ts';
import type { App } from '../app.ts';
import { beginWorking, endWorking, step } from '../working.ts';
import { cannotOpen, resumeLater } from './reading.ts';
import { beginJob, endJob, stopWorker, tellWorker } from './worker.ts';

/**
 * Opens a recording in the worker, which runs; resolves to null if a person cancels, `isWanted` returns false or the worker fails. The
 * steps arrive while they are compared, so that the page takes over few at once.
 */
export function openRecordingInWorker(
  app: App,
  name: string,
  file: Blob,
  isWanted: () => boolean,
): Promise<ReadRecording | null> {
  const steps: ObservedStep[] = [];
  return new Promise((resolve) => {
    const end = (read: ReadRecording | null) => {
      endJob(app);
      endWorking(app);
      resolve(read);
      resumeLater(app);
    };
    const receive = (message: FromWorker) => {
      if (!isWanted()) {
        // the bar belongs to another opening
        stopWorker(app);
        endJob(app);
        resolve(null);
        resumeLater(app);
        return;
      }
      switch (message.kind) {
        case 'steps':
          for (const one of message.steps) steps.push(one);
          step(app, { done: Math.round(message.done * 100), total: 100 });
          return;
        case 'damaged':
          end({ kind: 'damaged', problems: message.problems });
          return;
        case 'compared': {
          const opened = openedRecording({ ...message.recording, steps }, message);
          end({ kind: 'read', opened });
        }
      }
    };
    const job = beginJob(app, {
      kind: 'reading',
      receive,
      cancel: () => {
        stopWorker(app);
        end(null);
      },
      fail: (title) => {
        end(null);
        return cannotOpen({ name }, title);
      },
    });
    beginWorking(app, 'opening', name, 0, 0);
    tellWorker(app, { kind: 'recording', job, file });
  });
}
