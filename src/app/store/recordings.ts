// Opens the recordings that come with the page.

import type { OpenedRecording } from '../../recordings/opened.ts';
import { problemText } from '../../text/problem.ts';
import { shippedFile } from '../services/shipped.ts';
import type { App } from './app.ts';
import type { BuiltIn } from './builtIn.ts';
import { showProblem, showRecording } from './lab.ts';
import { readRecording } from './readRecording.ts';
import { newOpening } from './working.ts';

/** The worker reads recordings with more bytes than this; they come gzipped, to about a tenth. */
const LARGE = 8_000;

/** Opens a recording of the page; returns whether it is open, and not cancelled or replaced by another opening. */
export async function openBuiltIn(app: App, { file }: Pick<BuiltIn, 'file'>): Promise<boolean> {
  const isWanted = newOpening(app);
  const opened = await loadBuiltIn(app, file, isWanted);
  if (opened === null || !isWanted()) return false;
  showRecording(app, opened, file);
  return true;
}

/** Loads a recording of the page. Returns null when cancelled, or after showing a problem. */
export async function loadBuiltIn(
  app: App,
  file: string,
  isWanted: () => boolean,
): Promise<OpenedRecording | null> {
  const name = `${file}.jsonl.gz`;
  try {
    const shipped = await shippedFile(`recordings/${name}`);
    if (!isWanted()) return null;
    const isLarge = shipped.size > LARGE;
    const read = await readRecording(app, { name, file: shipped, isLarge }, isWanted);
    if (read === null) return null;
    if (read.kind === 'read') return read.opened;
    const details = read.problems.map(problemText);
    showProblem(app, { title: `${name} is not a readable recording.`, details });
  } catch (error) {
    const details = [error instanceof Error ? error.message : String(error)];
    showProblem(app, { title: `irqscope cannot load the recording ${name}.`, details });
  }
  return null;
}
