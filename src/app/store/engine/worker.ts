// The replay worker of a page and its present job: reading a file, or computing the lines of a script. A newer job ends the older
// one, whose late messages are ignored.

import type { ScriptLine } from '../../../session/script.ts';
import { buffersOf, type FromWorker, type ToWorker } from '../../workers/messages.ts';
import { startWorker } from '../../workers/start.ts';
import { type App, local } from '../app.ts';
import { type ShownProblem, showProblem } from '../lab.ts';
import { endWorking } from '../working.ts';

/** A job of the worker. */
export interface Job {
  readonly kind: 'reading' | 'replaying';
  /** The worker keeps other lines after the job, so that a job that ends early leaves unknown ones. */
  readonly replacesLines?: boolean;
  /** Takes a message of the job, other than `failed`. */
  readonly receive: (message: FromWorker) => void;
  /** Ends the job because a person cancels it. */
  readonly cancel: () => void;
  /** Ends the job because the worker has failed and is gone; returns the problem for the person. `title` says what failed. */
  readonly fail: (title: string) => ShownProblem;
}

/** The values of an app that no pane shows. */
interface Held {
  worker: Worker | null;
  /** The worker's copy of the lines. */
  lines: readonly ScriptLine[];
  job: Job | null;
  /** The number of the present job, which its messages carry. */
  number: number;
}

const held = local<Held>(() => ({ worker: null, lines: [], job: null, number: 0 }));

/** Begins a job, which ends the one before, and returns its number. */
export function beginJob(app: App, job: Job): number {
  endJob(app);
  const my = app.local(held);
  my.job = job;
  return my.number;
}

/** Ends the present job: its further messages are ignored. */
export function endJob(app: App): void {
  const my = app.local(held);
  if (my.job?.replacesLines === true) my.lines = [];
  my.job = null;
  my.number++;
}

/** Returns the present job, or null. */
export function jobOf(app: App): Job | null {
  return app.local(held).job;
}

/** True while the job with this number is the present one. */
export function isPresentJob(app: App, number: number): boolean {
  return app.local(held).number === number;
}

/** Starts the worker if it is not running. Returns false where the browser blocks workers. */
export function hasWorker(app: App): boolean {
  return workerOf(app) !== null;
}

/** Sends the worker a message; its buffers move to the worker. */
export function tellWorker(app: App, message: ToWorker): void {
  workerOf(app)?.postMessage(message, buffersOf(message));
}

/** Tells the worker to stop computing. A worker that does not run is not started for that. */
export function stopWorker(app: App): void {
  const message: ToWorker = { kind: 'stop' };
  app.local(held).worker?.postMessage(message);
}

/** Ends the worker and frees its memory. */
export function dismissWorker(app: App): void {
  const my = app.local(held);
  my.worker?.terminate();
  my.worker = null;
  my.lines = [];
}

/** Returns the lines that the worker has kept; they need not be sent again. */
export function linesInWorker(app: App): readonly ScriptLine[] {
  return app.local(held).lines;
}

/** Says that the worker keeps these lines now. */
export function keepsLines(app: App, lines: readonly ScriptLine[]): void {
  app.local(held).lines = lines;
}

/** Ends the worker and its job, and tells the person. `title` says what failed. */
export function failWorker(app: App, title: string): void {
  const { job } = app.local(held);
  dismissWorker(app);
  endJob(app);
  endWorking(app);
  if (job !== null) showProblem(app, job.fail(title));
}

function workerOf(app: App): Worker | null {
  const my = app.local(held);
  if (my.worker !== null) return my.worker;
  const worker = startWorker(
    () => new Worker(new URL('../../workers/replay.worker.ts', import.meta.url), { type: 'module' }),
  );
  my.worker = worker;
  worker?.addEventListener('message', (event: MessageEvent<FromWorker>) => receive(app, event.data));
  // a worker that was dismissed may still report that its code could not be loaded
  worker?.addEventListener('error', () => {
    if (my.worker === worker) failWorker(app, 'The worker could not be started.');
  });
  return worker;
}

function receive(app: App, message: FromWorker): void {
  const my = app.local(held);
  if (message.job !== my.number) return;
  if (message.kind === 'failed') failWorker(app, `The worker stopped with an error: ${message.what}.`);
  else my.job?.receive(message);
}
