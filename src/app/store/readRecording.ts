// Opens the file of a recording: a large one in the worker, a small one on the page.

import { openRecordingFile, type ReadRecording } from '../workers/openRecording.ts';
import type { App } from './app.ts';
import { endOpening, loadEngine } from './long.ts';
import { beginWorking, endWorking, tellPart, workingSlice } from './working.ts';

/** The file of a recording, gzipped or not. */
interface RecordingFile {
  readonly name: string;
  readonly file: Blob;
  /** The worker reads it. */
  readonly isLarge: boolean;
}

/** Reads a recording and compares it with the model, with progress; null if a person cancels or `isWanted` returns false. */
export async function readRecording(
  app: App,
  { name, file, isLarge }: RecordingFile,
  isWanted: () => boolean,
): Promise<ReadRecording | null> {
  if (isLarge) {
    const { hasWorker, openRecordingInWorker } = await loadEngine(app);
    if (!isWanted()) return null;
    if (hasWorker(app)) return openRecordingInWorker(app, name, file, isWanted);
  }
  beginWorking(app, 'opening', name, 0, 0);
  const read = await openRecordingFile(file, { told: tellPart(app, isWanted) });
  if (read !== null) endWorking(app);
  // the bar may belong to another opening already
  else if (app.get(workingSlice).name === name) endOpening(app);
  return read;
}
