// Opens chosen, dropped and pasted files: reads their beginning, which decides their kind.

import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import { showProblem } from '../../store/lab.ts';
import { loadEngine, prepareFor } from '../../store/long.ts';
import { newOpening } from '../../store/working.ts';
import { brokenFile, headOf } from '../../workers/pieces.ts';
import { importers, openText } from './openers.ts';

/** Fetches the readers and starts their worker. */
export async function prepare(app: App): Promise<void> {
  const [{ prepareWorker }] = await Promise.all([loadEngine(app), importers()]);
  prepareWorker(app);
}

/** Opens a file. The session is unchanged until the whole file is read. */
export async function openFile(app: App, file: File): Promise<void> {
  const isWanted = newOpening(app);
  prepareFor(app, file);
  const head = await headOf(file).catch((error: unknown) => ({
    ok: false as const,
    problem: brokenFile(error),
  }));
  if (!isWanted()) return;
  if (head.ok) await openText(app, { file, head: head.text, isWanted });
  else showProblem(app, { title: `${file.name} is unreadable.`, details: [problemText(head.problem)] });
}
