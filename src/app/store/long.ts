// Long scripts: their engine is fetched with the first one.

import { currentSession } from '../../session/history.ts';
import { isLongScript } from '../../session/replay.ts';
import { type App, local } from './app.ts';
import { labSlice } from './lab.ts';
import { cancelOpening, endWorking, workingSlice } from './working.ts';

/** The worker reads files with more bytes than this, and gzipped files. */
const LARGE = 100_000;

/** The values of an app that no pane shows. */
interface Held {
  engine: Promise<typeof import('./engine/engine.ts')> | null;
  /** The engine once it is fetched: it follows an edit before the panes are drawn. */
  here: typeof import('./engine/engine.ts') | null;
}

const held = local<Held>(() => ({
  engine: null,
  here: null,
}));

/** Fetches the engine, which replays long scripts and reads long texts. */
export function loadEngine(app: App): Promise<typeof import('./engine/engine.ts')> {
  const my = app.local(held);
  my.engine ??= import('./engine/engine.ts').then(
    (made) => {
      my.here = made;
      return made;
    },
    (error: unknown) => {
      // the next caller fetches it again
      my.engine = null;
      throw error;
    },
  );
  return my.engine;
}

/** True for a file that the worker reads: a large or gzipped one. */
export function isForWorker(file: File): boolean {
  return (file.size > LARGE || file.name.endsWith('.gz')) && typeof Worker !== 'undefined';
}

/** Starts the worker if a file will need it, while the beginning of the file is read. */
export function prepareFor(app: App, file: File): void {
  if (isForWorker(file)) void loadEngine(app).then(({ prepareWorker }) => prepareWorker(app));
}

function follow(app: App): void {
  const my = app.local(held);
  const { script } = currentSession(app.get(labSlice).history);
  if (my.engine === null && !isLongScript(script)) return;
  if (my.here !== null) my.here.follow(app);
  else void loadEngine(app).then((made) => made.follow(app));
}

/** Starts replaying each long script that is shown; the returned function ends that. */
export function followLongScripts(app: App): () => void {
  follow(app);
  return app.on(labSlice, (now, before) => {
    if (now.history !== before.history) follow(app);
  });
}

/** Cancels the opening of a file or the replay. */
export function cancelWork(app: App): void {
  const my = app.local(held);
  // the screen changes at once
  cancelOpening(app);
  const { phase } = app.get(workingSlice);
  const isOpening = phase === 'opening';
  endWorking(app, isOpening ? 'idle' : 'stopped');
  if (my.engine !== null)
    void my.engine.then((made) => (isOpening ? made.endOpening(app) : made.stopWorking(app)));
}

/** Ends the bar of an opening that shows nothing new; the current script continues. */
export function endOpening(app: App): void {
  const my = app.local(held);
  if (app.get(workingSlice).phase === 'opening') endWorking(app);
  if (my.engine !== null) void my.engine.then((made) => made.endOpening(app));
}

/** Continues a cancelled replay. */
export function goOnWorking(app: App): void {
  const my = app.local(held);
  if (my.engine !== null) void my.engine.then((made) => made.goOn(app));
}
