// The progress of replaying a long script and of opening a file, for the progress bar and for the panes that show the computed
// lines.

import { type App, local, slice } from './app.ts';

/** The progress. */
export interface Working {
  /** `opening`: a file is read. `replaying`: lines are computed. `stopped`: a person has cancelled that. */
  readonly phase: 'idle' | 'opening' | 'replaying' | 'stopped';
  /** Finished and total lines (or steps); the total is 0 while it is unknown. */
  readonly done: number;
  readonly total: number;
  /** Bytes of memory that the script takes once it is computed; 0 while unknown. */
  readonly memory: number;
  /** The name of the opened file or recording. */
  readonly name: string;
  /** The bar is visible: the work has lasted long enough. */
  readonly shown: boolean;
  /** Changes whenever more lines are computed. */
  readonly version: number;
}

const IDLE: Working = { phase: 'idle', done: 0, total: 0, memory: 0, name: '', shown: false, version: 0 };

/** The slice. */
export const workingSlice = slice<Working>(() => IDLE);

/** Milliseconds before the bar appears. */
const PATIENCE = 300;

/** The values of an app that no pane shows. */
interface Held {
  opening: object;
  timer: ReturnType<typeof setTimeout> | null;
}

const held = local<Held>(() => ({
  opening: {},
  timer: null,
}));

/** Begins to open a recording; the returned function is true until another opening replaces it. */
export function newOpening(app: App): () => boolean {
  const my = app.local(held);
  const mine = {};
  my.opening = mine;
  return () => my.opening === mine;
}

/** Cancels the present opening. */
export function cancelOpening(app: App): void {
  const my = app.local(held);
  my.opening = {};
}

/** Starts the progress of one piece of work. */
export function beginWorking(
  app: App,
  phase: 'opening' | 'replaying',
  name: string,
  done: number,
  total: number,
): void {
  const my = app.local(held);
  const { shown, phase: before } = app.get(workingSlice);
  // the bar stays visible between two pieces of work
  const goesOn = shown && before !== 'idle' && before !== 'stopped';
  step(app, { phase, name, done, total, memory: 0, shown: goesOn });
  if (my.timer !== null) clearTimeout(my.timer);
  my.timer = setTimeout(() => {
    if (app.get(workingSlice).phase === phase) app.set(workingSlice, { shown: true });
  }, PATIENCE);
}

/** Updates the progress. */
export function step(app: App, change: Partial<Omit<Working, 'version'>>): void {
  app.set(workingSlice, ({ version }) => ({ ...change, version: version + 1 }));
}

/** Ends the progress of the work. */
export function endWorking(app: App, phase: 'idle' | 'stopped' = 'idle'): void {
  const my = app.local(held);
  if (my.timer !== null) clearTimeout(my.timer);
  my.timer = null;
  step(app, { phase, shown: phase === 'stopped' });
}

/** Returns a function that shows the finished part (0 to 1) of an opening; false once another opening or a person has ended it. */
export function tellPart(app: App, isWanted: () => boolean): (part: number) => boolean {
  return (part) => {
    if (!isWanted()) return false;
    step(app, { done: Math.round(part * 100), total: 100 });
    return true;
  };
}
