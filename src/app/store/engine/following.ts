// Replays the current long script in the worker and takes over its pieces: checkpoints for the replay, lines for the timeline, a
// number per result. Without workers the page replays in slices.

import { printHeader } from '../../../formats/permalink/header.ts';
import { packLines } from '../../../formats/permalink/packedLines.ts';
import { BLOCK } from '../../../session/checkpoints.ts';
import { currentSession } from '../../../session/history.ts';
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
} from '../../../session/replay.ts';
import type { Session } from '../../../session/session.ts';
import { NumberColumn } from '../../../views/timeline/columns.ts';
import { type Piece, Work } from '../../../views/work.ts';
import { type App, local } from '../app.ts';
import { tellLongChanges } from '../changes.ts';
import { replayOf } from '../derived.ts';
import { labSlice } from '../lab.ts';
import { appendTimeline, timelineFor } from '../timeline.ts';
import { timelineLookSlice } from '../timelineLook.ts';
import { beginWorking, endWorking, step, workingSlice } from '../working.ts';
import { memoryWhenComplete } from './memory.ts';
import {
  beginJob,
  endJob,
  hasWorker,
  isPresentJob,
  jobOf,
  keepsLines,
  linesInWorker,
  stopWorker,
  tellWorker,
} from './worker.ts';

/** Milliseconds between two updates of the panes, at least; drawing takes at most one part in DRAWING of the time. */
const TELL = 100;
const DRAWING = 4;
/** Milliseconds after which the panes are updated, however long drawing takes. */
const TELL_ANYWAY = 2000;
/** Milliseconds between two updates while a person moves the timeline or the cursor, at least: frames are then for the movement. */
const TELL_MOVING = 500;
/** Milliseconds for which a movement lasts after its last change. */
const MOVING = 250;
/** Lines per packed message. */
const LINES_TOGETHER = 4096;
/** Milliseconds of a slice, without a worker. */
const SLICE = 8;
/** At most so many missing lines are computed at once, so that an edit at the end of a script is drawn once. */
const FEW = 16;

/** The values of an app that no pane shows. */
interface Held {
  /** The replay of the current script, if that is long. */
  current: Replay | null;
  /** A person has cancelled the replay of `current`. */
  isStopped: boolean;
  lastTold: number;
  /** Place and view at the last piece, and when one of them changed last. */
  lastLook: readonly unknown[];
  lastMoved: number;
  /** Milliseconds that the last update took to draw. */
  lastDrawn: number;
  lastAnswered: Replay | null;
  /** One number per result of a long script, as far as it is computed. */
  readonly answered: WeakMap<Replay, NumberColumn>;
}

const held = local<Held>(() => ({
  current: null,
  isStopped: false,
  lastTold: 0,
  lastLook: [],
  lastMoved: Number.NEGATIVE_INFINITY,
  lastDrawn: 0,
  lastAnswered: null,
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

/** Starts replaying the current long script, and ends the replay of the script before. */
export function follow(app: App): void {
  const my = app.local(held);
  const session = currentSession(app.get(labSlice).history);
  const replayed = replayOf(app, session);
  if (replayed === my.current) return;
  my.current = isLong(replayed) ? replayed : null;
  my.isStopped = false;
  // the worker is busy while it reads a file
  if (jobOf(app)?.kind === 'reading') return;
  if (my.current === null) stopReplay(app);
  else begin(app, session, my.current);
}

/** Continues a cancelled replay. */
export function goOn(app: App): void {
  const my = app.local(held);
  my.isStopped = false;
  if (my.current !== null) begin(app, currentSession(app.get(labSlice).history), my.current);
}

/** Continues the current script after an opening has ended, with its bar; a cancelled replay stays cancelled. */
export function resume(app: App): void {
  const my = app.local(held);
  if (my.current === null || app.get(workingSlice).phase === 'opening') return;
  const isRunning = jobOf(app) !== null;
  if (my.isStopped) endWorking(app, 'stopped');
  else if (!isRunning) goOn(app);
  else if (app.get(workingSlice).phase === 'idle')
    beginWorking(app, 'replaying', '', timelineFor(app, my.current).length, lineCount(my.current));
}

/** Ends the job of computing lines and its bar; computed lines stay. */
function stopReplay(app: App, phase: 'idle' | 'stopped' = 'idle'): void {
  const { phase: before } = app.get(workingSlice);
  endJob(app);
  stopWorker(app);
  if (before === 'replaying' || before === 'stopped') endWorking(app, phase);
}

function begin(app: App, session: Session, replayed: Replay): void {
  const total = lineCount(replayed);
  const data = timelineFor(app, replayed);
  const column = answersFrom(app, replayed);
  // up to here timeline, results and checkpoints are complete; checkpoints come block by block
  const blocks = sumsBefore(replayed, total)?.line ?? 0;
  if (addFew(app, replayed, data.length, column.length, blocks)) return;
  const isWhole = knownLines(replayed) === total && data.length === total;
  const from = isWhole ? total : Math.min(data.length, column.length, blocks);
  data.truncate(from);
  column.length = from;
  if (from === total) {
    stopReplay(app);
    return;
  }
  const job = beginJob(app, {
    kind: 'replaying',
    receive: (message) => {
      if (message.kind === 'piece') takePiece(app, replayed, message.piece);
    },
    cancel: () => {
      app.local(held).isStopped = true;
      stopReplay(app, 'stopped');
    },
    fail: (title) => {
      app.local(held).isStopped = true;
      endWorking(app, 'stopped');
      return {
        title,
        details: ['Choose “Continue” to try again.'],
        note: 'The page shows the lines computed so far.',
      };
    },
  });
  beginWorking(app, 'replaying', '', from, total);
  if (hasWorker(app)) void send(app, session, from, job);
  else workHere(app, replayed, from, job);
}

/** Computes a few missing lines at the end at once. Returns false for more lines, or if a block is missing before them. */
function addFew(app: App, replayed: Replay, drawn: number, answered: number, blocks: number): boolean {
  const total = lineCount(replayed);
  if (drawn !== answered || drawn === total || total - drawn > FEW || drawn - blocks >= BLOCK) return false;
  // the worker may still compute a script before this one
  const isBusy = app.get(workingSlice).phase !== 'idle';
  endJob(app);
  if (isBusy) stopWorker(app);
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
async function send(app: App, session: Session, from: number, job: number): Promise<void> {
  const { script } = session;
  const kept = linesInWorker(app);
  let head = 0;
  while (head < script.length && head < kept.length && script[head] === kept[head]) head++;
  const most = Math.min(script.length, kept.length) - head;
  let tail = 0;
  while (tail < most && script[script.length - 1 - tail] === kept[kept.length - 1 - tail]) tail++;
  tellWorker(app, { kind: 'begin', job, header: printHeader({ session, recording: null }), head, tail });
  for (let at = head; at < script.length - tail; at += LINES_TOGETHER) {
    const lines = packLines(script.slice(at, Math.min(at + LINES_TOGETHER, script.length - tail)));
    tellWorker(app, { kind: 'lines', job, lines });
    if (at + LINES_TOGETHER < script.length - tail) await pause();
    if (!isPresentJob(app, job)) return;
  }
  tellWorker(app, { kind: 'run', job, from });
  keepsLines(app, script);
}

/** Lets the page handle events. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function workHere(app: App, replayed: Replay, from: number, job: number): void {
  const work = new Work(replayed, from);
  const slice = () => {
    if (!isPresentJob(app, job) || work.done) return;
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

/** True while a person moves the cursor or the shown part of the timeline. */
function isMoving(app: App, now: number): boolean {
  const my = app.local(held);
  const { history } = app.get(labSlice);
  const look = [history, app.get(timelineLookSlice).view];
  if (look.some((one, at) => one !== my.lastLook[at])) my.lastMoved = now;
  my.lastLook = look;
  return now - my.lastMoved < MOVING;
}

function takePiece(app: App, replayed: Replay, piece: Piece): void {
  const my = app.local(held);
  const { to } = piece;
  const { cursor } = currentSession(app.get(labSlice).history);
  const knew = isKnown(replayed, cursor.line);
  takeLines(app, replayed, piece);
  // the bar may belong to an opening of something else
  const isOpening = app.get(workingSlice).phase === 'opening';
  if (to === lineCount(replayed)) {
    endJob(app);
    if (isOpening) step(app, {});
    else endWorking(app);
    void tellLongChanges(app, replayed, (replayed) => answersOf(app, replayed));
    return;
  }
  const now = performance.now();
  const least = isMoving(app, now) ? TELL_MOVING : TELL;
  const pause = Math.min(TELL_ANYWAY, Math.max(least, DRAWING * my.lastDrawn));
  if (now - my.lastTold < pause && knew === isKnown(replayed, cursor.line)) return;
  my.lastTold = now;
  const memory = memoryWhenComplete(replayed, timelineFor(app, replayed));
  step(app, isOpening ? {} : { done: to, memory });
  // runs after the task that draws
  setTimeout(() => {
    my.lastDrawn = performance.now() - now;
    my.lastTold = performance.now();
  });
}
