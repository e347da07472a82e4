// Replays long scripts in a worker and takes over its pieces: checkpoints for the replay, lines for the timeline, a number
// per result. Fetched with the first long script. Without workers the page replays in slices.

import type { Choices, ImportFormat } from '../../formats/imports/format.ts';
import type { ImportRow, ImportSummary } from '../../formats/imports/run.ts';
import type { Travel } from '../../formats/imports/transport/travel.ts';
import { parseHead } from '../../formats/notation/parse.ts';
import { printHeader } from '../../formats/permalink/header.ts';
import { packLines, unpackLines } from '../../formats/permalink/packedLines.ts';
import { BLOCK } from '../../session/checkpoints.ts';
import { currentSession } from '../../session/history.ts';
import {
  addCheckpoint,
  commonRuns,
  isKnown,
  isLong,
  knownLines,
  lineCount,
  type Replay,
  setKnown,
  sumsBefore,
} from '../../session/replay.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { NumberColumn } from '../../views/timeline/columns.ts';
import { type Piece, Work } from '../../views/work.ts';
import { buffersOf, type FromWorker, type ToWorker } from '../workers/messages.ts';
import { startWorker } from '../workers/start.ts';
import { type App, local } from './app.ts';
import { tellLongChanges } from './changes.ts';
import { replayOf } from './derived.ts';
import { labSlice, showProblem } from './lab.ts';
import { appendTimeline, timelineFor } from './timeline.ts';
import { beginWorking, endWorking, step, workingSlice } from './working.ts';

/** Milliseconds between two updates of the panes, at least; drawing takes at most one part in DRAWING of the time. */
const TELL = 100;
const DRAWING = 4;
/** Milliseconds after which the panes are updated, however long drawing takes. */
const TELL_ANYWAY = 2000;
/** Lines per packed message. */
const LINES_TOGETHER = 4096;
/** Milliseconds of a slice, without a worker. */
const SLICE = 8;
/** At most so many missing lines are computed at once, so that an edit at the end of a script is drawn once. */
const FEW = 16;

/** The values of an app that no pane shows. */
interface Held {
  worker: Worker | null;
  /** The worker's copy of the lines. */
  sent: readonly ScriptLine[];
  job: number;
  current: Replay | null;
  lastTold: number;
  /** Milliseconds that the last update took to draw. */
  lastDrawn: number;
  lastAnswered: Replay | null;
  cancelOpening: (() => void) | null;
  onOpening: ((message: FromWorker) => void) | null;
  /** One number per result of a long script, as far as it is computed. */
  readonly answered: WeakMap<Replay, NumberColumn>;
}

const held = local<Held>(() => ({
  worker: null,
  sent: [],
  job: 0,
  current: null,
  lastTold: 0,
  lastDrawn: 0,
  lastAnswered: null,
  cancelOpening: null,
  onOpening: null,
  answered: new WeakMap<Replay, NumberColumn>(),
}));

/** Returns the numbers of all results, or null while some are missing. */
function answersOf(app: App, replayed: Replay): Int32Array | null {
  const my = app.local(held);
  const column = my.answered.get(replayed);
  return column === undefined || column.length < lineCount(replayed)
    ? null
    : column.values.subarray(0, column.length);
}

function workerHere(app: App): Worker | null {
  const my = app.local(held);
  if (my.worker !== null) return my.worker;
  my.worker = startWorker(
    () => new Worker(new URL('../workers/replay.worker.ts', import.meta.url), { type: 'module' }),
  );
  my.worker?.addEventListener('message', (event: MessageEvent<FromWorker>) => receive(app, event.data));
  my.worker?.addEventListener('error', () => fail(app, 'The worker could not be started.'));
  return my.worker;
}

function post(app: App, message: ToWorker): void {
  workerHere(app)?.postMessage(message, buffersOf(message));
}

/** Ends the worker and frees its memory. */
function dismissWorker(app: App): void {
  const my = app.local(held);
  my.worker?.terminate();
  my.worker = null;
  my.sent = [];
}

function fail(app: App, what: string): void {
  const my = app.local(held);
  my.cancelOpening?.();
  dismissWorker(app);
  endWorking(app, 'stopped');
  showProblem(app, {
    title: what,
    details: ['Choose “Continue” to try again.'],
    note: 'The page shows the lines computed so far.',
  });
}

function receive(app: App, message: FromWorker): void {
  const my = app.local(held);
  if (message.job !== my.job) return;
  if (message.kind === 'failed') {
    fail(app, `The worker stopped with an error: ${message.what}.`);
    return;
  }
  if (message.kind === 'piece') {
    if (my.current !== null) takePiece(app, my.current, message.piece);
  } else my.onOpening?.(message);
}

/** The content of a read file. */
export interface ReadFile {
  readonly lines: readonly ScriptLine[];
  readonly rows: readonly ImportRow[];
  readonly summary: ImportSummary;
}

/**
 * Reads a file in the worker; resolves to null if a person cancels. The worker keeps the lines, so that a session with these
 * lines is replayed without sending them again.
 */
export function readInWorker(
  app: App,
  file: File,
  format: ImportFormat,
  choices: Choices,
  travels: readonly Travel[],
): Promise<ReadFile | null> {
  const my = app.local(held);
  if (workerHere(app) === null) {
    showProblem(app, {
      title: `${file.name} could not be opened: the browser blocks workers.`,
      details: ['A text of this length needs a worker; shorter texts do not.'],
    });
    return Promise.resolve(null);
  }
  const mine = ++my.job;
  beginWorking(app, 'opening', file.name, 0, 0);
  post(app, { kind: 'open', job: mine, file, format: format.id, choices: [...choices], travels });
  const lines: ScriptLine[] = [];
  const rows: ImportRow[] = [];
  return new Promise((resolve) => {
    const end = (read: ReadFile | null) => {
      my.onOpening = null;
      my.cancelOpening = null;
      endWorking(app);
      if (read === null) dismissWorker(app);
      else my.sent = lines;
      resolve(read);
      // another script may have waited for the worker
      if (read === null || read.summary.bad > 0) goOn(app);
    };
    my.cancelOpening = () => {
      my.job++;
      end(null);
    };
    my.onOpening = (message) => {
      if (message.kind === 'read') {
        const read = unpackLines(message.lines);
        if (!read.ok) {
          fail(app, 'The worker sent unreadable lines.');
          return;
        }
        for (const line of read.value) lines.push(line);
        for (const row of message.rows) rows.push(row);
        step(app, { done: Math.round(message.done * 1000), total: 1000 });
      } else if (message.kind === 'opened') {
        const { texts, bad, passed, assumed, guesses } = message;
        const { device, cursor } = parseHead(message.device, lines.length);
        const looksAt = cursor === undefined ? {} : { cursor };
        end({ lines, rows, summary: { device, ...looksAt, texts, bad, passed, assumed, guesses } });
      }
    };
  });
}

/** Starts replaying the current long script, and ends the replay of the script before. */
export function follow(app: App): void {
  const my = app.local(held);
  const session = currentSession(app.get(labSlice).history);
  const replayed = replayOf(app, session);
  if (replayed === my.current) return;
  const had = my.current;
  my.current = isLong(replayed) ? replayed : null;
  if (my.current === null) {
    if (had !== null && app.get(workingSlice).phase !== 'opening') {
      my.job++;
      post(app, { kind: 'stop' });
      endWorking(app);
    }
    return;
  }
  // the worker is busy while it opens a file
  if (my.onOpening === null) begin(app, session, my.current);
}

/** Continues a cancelled replay. */
export function goOn(app: App): void {
  const my = app.local(held);
  if (my.current !== null) begin(app, currentSession(app.get(labSlice).history), my.current);
}

/** Cancels the opening of a file, or else the replay; computed lines stay. */
export function stopWorking(app: App): void {
  const my = app.local(held);
  if (my.cancelOpening !== null) {
    my.cancelOpening();
    return;
  }
  my.job++;
  post(app, { kind: 'stop' });
  endWorking(app, 'stopped');
}

function begin(app: App, session: Session, replayed: Replay): void {
  const my = app.local(held);
  const data = timelineFor(app, replayed);
  const column = answersFrom(app, replayed);
  // up to here timeline, results and checkpoints are complete; checkpoints come block by block
  const blocks = sumsBefore(replayed, lineCount(replayed))?.line ?? 0;
  if (addFew(app, replayed, data.length, column.length, blocks)) return;
  const isWhole = knownLines(replayed) === lineCount(replayed) && data.length === lineCount(replayed);
  const from = isWhole ? lineCount(replayed) : Math.min(data.length, column.length, blocks);
  data.truncate(from);
  column.length = from;
  my.job++;
  if (from === lineCount(replayed)) {
    post(app, { kind: 'stop' });
    endWorking(app);
    return;
  }
  beginWorking(app, 'replaying', '', from, lineCount(replayed));
  if (workerHere(app) === null) workHere(app, replayed, from, my.job);
  else void send(app, session, from, my.job);
}

/** Computes a few missing lines at the end at once. Returns false for more lines, or if a block is missing before them. */
function addFew(app: App, replayed: Replay, drawn: number, answered: number, blocks: number): boolean {
  const total = lineCount(replayed);
  if (drawn !== answered || drawn === total || total - drawn > FEW || drawn - blocks >= BLOCK) return false;
  const my = app.local(held);
  my.job++;
  const isBusy = app.get(workingSlice).phase !== 'idle';
  // the worker may still compute a script before this one
  if (isBusy) post(app, { kind: 'stop' });
  const { timeline, answers, checkpoints } = new Work(replayed, drawn).next(() => false);
  takeLines(app, replayed, { to: total, timeline, answers, checkpoints });
  if (isBusy) endWorking(app);
  void tellLongChanges(app, replayed, (replayed) => answersOf(app, replayed));
  return true;
}

/** Returns the numbers of a replay's results, beginning with those in common with the replay before. */
function answersFrom(app: App, replayed: Replay): NumberColumn {
  const my = app.local(held);
  const known = my.answered.get(replayed);
  if (known !== undefined) return known;
  const made = new NumberColumn(lineCount(replayed) + 1);
  my.answered.set(replayed, made);
  const common = my.lastAnswered === null ? 0 : commonRuns(my.lastAnswered, replayed);
  const before = my.lastAnswered === null ? undefined : my.answered.get(my.lastAnswered);
  for (let at = 0; at < Math.min(common, before?.length ?? 0); at++) made.push(before?.at(at) ?? 0);
  my.lastAnswered = replayed;
  return made;
}

/** Sends the worker the lines that its copy lacks, in several messages. */
async function send(app: App, session: Session, from: number, mine: number): Promise<void> {
  const my = app.local(held);
  const { script } = session;
  let head = 0;
  while (head < script.length && head < my.sent.length && script[head] === my.sent[head]) head++;
  const most = Math.min(script.length, my.sent.length) - head;
  let tail = 0;
  while (tail < most && script[script.length - 1 - tail] === my.sent[my.sent.length - 1 - tail]) tail++;
  post(app, { kind: 'begin', job: mine, header: printHeader({ session, recording: null }), head, tail });
  for (let at = head; at < script.length - tail; at += LINES_TOGETHER) {
    const lines = packLines(script.slice(at, Math.min(at + LINES_TOGETHER, script.length - tail)));
    post(app, { kind: 'lines', job: mine, lines });
    if (at + LINES_TOGETHER < script.length - tail) await pause();
    if (my.job !== mine) return;
  }
  post(app, { kind: 'run', job: mine, from });
  my.sent = script;
}

/** Lets the page handle events. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function workHere(app: App, replayed: Replay, from: number, mine: number): void {
  const my = app.local(held);
  const work = new Work(replayed, from);
  const slice = () => {
    if (my.job !== mine || work.done) return;
    const end = performance.now() + SLICE;
    takePiece(
      app,
      replayed,
      work.next(() => performance.now() >= end),
    );
    setTimeout(slice);
  };
  setTimeout(slice);
}

/** Adds the results of computed lines to the replay, the timeline and the numbers. */
function takeLines(app: App, replayed: Replay, { to, timeline, answers, checkpoints }: Piece): void {
  for (const { line, machine, sums } of checkpoints) addCheckpoint(replayed, line, { machine, sums });
  setKnown(replayed, to);
  appendTimeline(app, replayed, timeline);
  const column = app.local(held).answered.get(replayed);
  if (column !== undefined && column.length === timeline.from - 1)
    for (const one of answers) column.push(one);
}

function takePiece(app: App, replayed: Replay, piece: Piece): void {
  const my = app.local(held);
  const { to } = piece;
  const { cursor } = currentSession(app.get(labSlice).history);
  const knew = isKnown(replayed, cursor.line);
  takeLines(app, replayed, piece);
  const isOpening = app.get(workingSlice).phase === 'opening';
  if (to === lineCount(replayed)) {
    if (isOpening) step(app, {});
    else endWorking(app);
    void tellLongChanges(app, replayed, (replayed) => answersOf(app, replayed));
    return;
  }
  const now = performance.now();
  const pause = Math.min(TELL_ANYWAY, Math.max(TELL, DRAWING * my.lastDrawn));
  if (now - my.lastTold < pause && knew === isKnown(replayed, cursor.line)) return;
  my.lastTold = now;
  step(app, isOpening ? {} : { done: to });
  // runs after the task that draws
  setTimeout(() => {
    my.lastDrawn = performance.now() - now;
    my.lastTold = performance.now();
  });
}
