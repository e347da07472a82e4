// Has long scripts worked out in a worker, and takes what comes back: checkpoints for the replay, lines for the timeline,
// a number for each answer. Fetched when the first long script is shown. Without workers the page does it itself, in slices.

import type { ImportFormat } from '../../formats/imports/format.ts';
import type { ImportRow, ImportSummary } from '../../formats/imports/run.ts';
import { parseHead } from '../../formats/notation/parse.ts';
import { printHeader } from '../../formats/permalink/header.ts';
import { packLines, unpackLines } from '../../formats/permalink/packedLines.ts';
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
import { buffersOf, type FromWorker, readFromWorker, type ToWorker } from '../workers/messages.ts';
import { startWorker } from '../workers/start.ts';
import { tellLongChanges } from './changes.ts';
import { replayOf } from './derived.ts';
import { showProblem, useLab } from './lab.ts';
import { appendTimeline, timelineFor } from './timeline.ts';
import { beginWorking, endWorking, step, useWorking } from './working.ts';

/** The panes are told of what became known at most so often (milliseconds), and drawing takes at most one part in DRAWING. */
const TELL = 100;
const DRAWING = 4;
/** However long drawing takes, after so long they are told. */
const TELL_ANYWAY = 2000;
/** Lines that are packed in one go. */
const LINES_TOGETHER = 4096;
/** Without a worker: milliseconds of a slice. */
const SLICE = 8;

let worker: Worker | null = null;
/** The lines that the worker has. */
let sent: readonly ScriptLine[] = [];
let job = 0;
let current: Replay | null = null;
let lastTold = 0;
/** Milliseconds that the page took for what it was told last. */
let lastDrawn = 0;
let lastAnswered: Replay | null = null;

let cancelOpening: (() => void) | null = null;
let onOpening: ((message: FromWorker) => void) | null = null;

/** The number of each answer of a long script, as far as it is worked out. */
const answered = new WeakMap<Replay, NumberColumn>();

/** The numbers of the answers, or null while not all of them are there. */
function answersOf(replayed: Replay): Int32Array | null {
  const column = answered.get(replayed);
  return column === undefined || column.length < lineCount(replayed)
    ? null
    : column.values.subarray(0, column.length);
}

function workerHere(): Worker | null {
  if (worker !== null) return worker;
  worker = startWorker(
    () => new Worker(new URL('../workers/replay.worker.ts', import.meta.url), { type: 'module' }),
  );
  worker?.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data));
  worker?.addEventListener('error', () => fail('The worker could not be started.'));
  return worker;
}

function post(message: ToWorker): void {
  workerHere()?.postMessage(message, buffersOf(message));
}

/** Ends the worker with everything that it holds. */
function dismissWorker(): void {
  worker?.terminate();
  worker = null;
  sent = [];
}

function fail(what: string): void {
  cancelOpening?.();
  dismissWorker();
  endWorking('stopped');
  showProblem({
    title: what,
    details: ['Choose “Go on” to try again.'],
    note: 'What is known so far is shown.',
  });
}

function receive(value: unknown): void {
  const message = readFromWorker(value);
  if (message === null) {
    fail('The worker said something that cannot be understood.');
    return;
  }
  if (message.job !== job) return;
  if (message.kind === 'failed') {
    fail(`The worker could not go on: ${message.what}.`);
    return;
  }
  if (message.kind === 'piece') {
    if (current !== null) takePiece(current, message.piece);
  } else onOpening?.(message);
}

/** What became of a file. */
export interface ReadFile {
  readonly lines: readonly ScriptLine[];
  readonly rows: readonly ImportRow[];
  readonly summary: ImportSummary;
}

/**
 * Has the worker read a file; null where a person has ended that. The worker keeps the lines, so that a session with these
 * very lines is worked out without sending them.
 */
export function readInWorker(
  file: File,
  format: ImportFormat,
  head: readonly string[],
): Promise<ReadFile | null> {
  if (workerHere() === null) {
    showProblem({
      title: `${file.name} could not be opened: the browser does not let the page start a worker.`,
      details: ['So long a text is read by one. Shorter ones are opened without.'],
    });
    return Promise.resolve(null);
  }
  const mine = ++job;
  beginWorking('opening', file.name, 0, 0);
  post({ kind: 'open', job: mine, file, format: format.id, head });
  const lines: ScriptLine[] = [];
  const rows: ImportRow[] = [];
  return new Promise((resolve) => {
    const end = (read: ReadFile | null) => {
      onOpening = null;
      cancelOpening = null;
      endWorking();
      if (read === null) dismissWorker();
      else sent = lines;
      resolve(read);
      // a script that waited for the worker
      if (read === null || read.summary.bad > 0) goOn();
    };
    cancelOpening = () => {
      job++;
      end(null);
    };
    onOpening = (message) => {
      if (message.kind === 'read') {
        const read = unpackLines(message.lines);
        if (!read.ok) {
          fail('The worker sent lines that cannot be read.');
          return;
        }
        for (const line of read.value) lines.push(line);
        for (const row of message.rows) rows.push(row);
        step({ done: Math.round(message.done * 1000), total: 1000 });
      } else if (message.kind === 'opened') {
        const { texts, bad, passed, assumed } = message;
        const { device, cursor } = parseHead(message.device, lines.length);
        const looksAt = cursor === undefined ? {} : { cursor };
        end({ lines, rows, summary: { device, ...looksAt, texts, bad, passed, assumed } });
      }
    };
  });
}

/** Follows what is shown: begins to work out a long script, and ends what is no longer wanted. */
export function follow(): void {
  const session = currentSession(useLab.getState().history);
  const replayed = replayOf(session);
  if (replayed === current) return;
  const had = current;
  current = isLong(replayed) ? replayed : null;
  if (current === null) {
    if (had !== null && useWorking.getState().phase !== 'opening') {
      job++;
      post({ kind: 'stop' });
      endWorking();
    }
    return;
  }
  // while something else is opened the worker is busy
  if (onOpening === null) begin(session, current);
}

/** Works out what is not known yet, after a person had ended that. */
export function goOn(): void {
  if (current !== null) begin(currentSession(useLab.getState().history), current);
}

/** Ends what is being worked out, and what is known stays; or what is being opened, and what was shown stays. */
export function stopWorking(): void {
  if (cancelOpening !== null) {
    cancelOpening();
    return;
  }
  job++;
  post({ kind: 'stop' });
  endWorking('stopped');
}

function begin(session: Session, replayed: Replay): void {
  const data = timelineFor(replayed);
  const column = answersFrom(replayed);
  // where timeline, answers and checkpoints all are there; checkpoints come a block at a time
  const blocks = sumsBefore(replayed, lineCount(replayed))?.line ?? 0;
  const isWhole = knownLines(replayed) === lineCount(replayed) && data.length === lineCount(replayed);
  const from = isWhole ? lineCount(replayed) : Math.min(data.length, column.length, blocks);
  data.truncate(from);
  column.length = from;
  job++;
  if (from === lineCount(replayed)) {
    post({ kind: 'stop' });
    endWorking();
    return;
  }
  beginWorking('replaying', '', from, lineCount(replayed));
  if (workerHere() === null) workHere(replayed, from, job);
  else void send(session, from, job);
}

/** The answers of a replay; of those of the one before, what is in common. */
function answersFrom(replayed: Replay): NumberColumn {
  const known = answered.get(replayed);
  if (known !== undefined) return known;
  const made = new NumberColumn(lineCount(replayed) + 1);
  answered.set(replayed, made);
  const common = lastAnswered === null ? 0 : commonRuns(lastAnswered, replayed);
  const before = lastAnswered === null ? undefined : answered.get(lastAnswered);
  for (let at = 0; at < Math.min(common, before?.length ?? 0); at++) made.push(before?.at(at) ?? 0);
  lastAnswered = replayed;
  return made;
}

/** Tells the worker the script: only what it does not have, and not all of that at once. */
async function send(session: Session, from: number, mine: number): Promise<void> {
  const { script } = session;
  let head = 0;
  while (head < script.length && head < sent.length && script[head] === sent[head]) head++;
  const most = Math.min(script.length, sent.length) - head;
  let tail = 0;
  while (tail < most && script[script.length - 1 - tail] === sent[sent.length - 1 - tail]) tail++;
  post({ kind: 'begin', job: mine, header: printHeader({ session, recording: null }), head, tail });
  for (let at = head; at < script.length - tail; at += LINES_TOGETHER) {
    const lines = packLines(script.slice(at, Math.min(at + LINES_TOGETHER, script.length - tail)));
    post({ kind: 'lines', job: mine, lines });
    if (at + LINES_TOGETHER < script.length - tail) await pause();
    if (job !== mine) return;
  }
  post({ kind: 'run', job: mine, from });
  sent = script;
}

/** Lets the page answer. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function workHere(replayed: Replay, from: number, mine: number): void {
  const work = new Work(replayed, from);
  const slice = () => {
    if (job !== mine || work.done) return;
    const end = performance.now() + SLICE;
    takePiece(
      replayed,
      work.next(() => performance.now() >= end),
    );
    setTimeout(slice);
  };
  setTimeout(slice);
}

function takePiece(replayed: Replay, { to, timeline, answers, checkpoints }: Piece): void {
  const { cursor } = currentSession(useLab.getState().history);
  const knew = isKnown(replayed, cursor.line);
  for (const { line, machine, sums } of checkpoints) addCheckpoint(replayed, line, { machine, sums });
  setKnown(replayed, to);
  appendTimeline(replayed, timeline);
  const column = answered.get(replayed);
  if (column !== undefined && column.length === timeline.from - 1)
    for (const one of answers) column.push(one);
  const isOpening = useWorking.getState().phase === 'opening';
  if (to === lineCount(replayed)) {
    if (isOpening) step({});
    else endWorking();
    void tellLongChanges(replayed, answersOf);
    return;
  }
  const now = performance.now();
  const pause = Math.min(TELL_ANYWAY, Math.max(TELL, DRAWING * lastDrawn));
  if (now - lastTold < pause && knew === isKnown(replayed, cursor.line)) return;
  lastTold = now;
  step(isOpening ? {} : { done: to });
  // behind the task in which it is drawn
  setTimeout(() => {
    lastDrawn = performance.now() - now;
    lastTold = performance.now();
  });
}
