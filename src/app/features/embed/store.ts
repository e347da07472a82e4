// The state of an embed: the session of the address, a place in it, and whether it is playing. An embed writes no storage, no
// history and no address.

import type { EmbedPlace } from '../../../formats/embed/messages.ts';
import { parseLink } from '../../../formats/permalink/link.ts';
import {
  framesOf,
  isLong,
  knownLines,
  lineCount,
  type Replay,
  replay,
  runAt,
  workOut,
} from '../../../session/replay.ts';
import { firstChange } from '../../../session/resultCheck.ts';
import type { Cursor, Session } from '../../../session/session.ts';
import { kernelSteps } from '../../../session/steps.ts';
import { type Travel, travel } from '../../../session/travel.ts';
import { problemText } from '../../../text/problem.ts';
import { resultSentence } from '../../../text/result.ts';
import { traceLines } from '../../../views/trace/lines.ts';
import { type App, local, slice } from '../../store/app.ts';

/** A session with its results. */
export interface ShownSession {
  readonly session: Session;
  readonly replayed: Replay;
  /** Its fragment, without `#`. */
  readonly link: string;
  /** The built-in recording named by the link; the lab shows it beside the script. */
  readonly recording: string | null;
}

/** The state of the embed. */
export interface EmbedState {
  readonly shown: ShownSession | null;
  readonly cursor: Cursor;
  /** Computed lines; a long script takes a while. */
  readonly known: number;
  readonly playing: boolean;
  /** Problems and notes about the address. */
  readonly notes: readonly string[];
}

const NOTHING: EmbedState = {
  shown: null,
  cursor: { line: 0, step: null },
  known: 0,
  playing: false,
  notes: [],
};

/** The embed's store. */
export const embedSlice = slice<EmbedState>(() => NOTHING);

/** Milliseconds of work between two frames, and lines between two looks at the clock. */
const SLICE = 8;
const PIECE = 16;
/** Milliseconds per line while playing. */
const PACE = 1200;

/** The values of an app that no pane shows. */
interface Held {
  work: number | null;
  pace: number | null;
}

const held = local<Held>(() => ({
  work: null,
  pace: null,
}));

/**
 * Shows the session of a fragment. From a damaged fragment it shows the readable lines and a note. An unreadable one changes
 * nothing; the returned text names the problem.
 */
export function openEmbedded(app: App, fragment: string): string | null {
  const { link, problems, lines } = parseLink(fragment);
  if (link === null) {
    if (fragment.replace(/^#/, '') === '')
      return 'The address contains no script. In irqscope, Export as HTML frame gives an address with one.';
    const why = fragment.startsWith('#kept=')
      ? 'Its script is too long for a link; only the browser that created the link has it.'
      : '';
    return `This link cannot be shown. ${why || problems.map(problemText)[0]}`;
  }
  const { session, check, recording } = link;
  const replayed = replay(session);
  const changed = check === null ? null : firstChange(check, replayed);
  stopPlaying(app);
  app.set(embedSlice, {
    shown: { session, replayed, link: fragment.replace(/^#/, ''), recording },
    cursor: session.cursor,
    known: knownLines(replayed),
    notes: [
      ...(problems.length === 0
        ? []
        : [
            `This link is damaged: ${session.script.length} of ${lines ?? 'an unknown number of'} lines are readable.`,
          ]),
      ...(changed === null
        ? []
        : [
            `Some results differ from when this script was embedded. The first different result is at line ${changed.first}.`,
          ]),
    ],
  });
  workOn(app, replayed);
  return null;
}

/** Computes a long script in slices, so that the embed handles events meanwhile. */
function workOn(app: App, replayed: Replay): void {
  const my = app.local(held);
  if (my.work !== null) window.clearTimeout(my.work);
  my.work = null;
  if (!isLong(replayed) || knownLines(replayed) === lineCount(replayed)) return;
  const slice = () => {
    const end = performance.now() + SLICE;
    while (knownLines(replayed) < lineCount(replayed) && performance.now() < end)
      workOut(replayed, Math.min(lineCount(replayed), knownLines(replayed) + PIECE));
    app.set(embedSlice, { known: knownLines(replayed) });
    my.work = knownLines(replayed) < lineCount(replayed) ? window.setTimeout(slice) : null;
  };
  my.work = window.setTimeout(slice);
}

/** Moves through time. */
export function goEmbedded(app: App, how: Travel): void {
  const { shown, cursor } = app.get(embedSlice);
  if (shown !== null) app.set(embedSlice, { cursor: travel(shown.replayed, cursor, how) });
}

/** Goes to a place, or to the nearest existing one. */
export function lookAtEmbedded(app: App, { line, step }: Cursor): void {
  const { shown } = app.get(embedSlice);
  if (shown === null) return;
  const here = Math.min(line, lineCount(shown.replayed));
  const steps = here === line ? kernelSteps(framesOf(shown.replayed, here)).length : 0;
  app.set(embedSlice, { cursor: { line: here, step: step !== null && step < steps ? step : null } });
}

/** Plays line by line to the end; at the end it starts again from the beginning. */
export function play(app: App): void {
  const my = app.local(held);
  const { shown, cursor, playing } = app.get(embedSlice);
  if (shown === null || playing || lineCount(shown.replayed) === 0) return;
  const atEnd = cursor.line >= lineCount(shown.replayed);
  app.set(embedSlice, { playing: true, cursor: { line: atEnd ? 0 : cursor.line, step: null } });
  my.pace = window.setInterval(() => {
    const { shown: now, cursor: at } = app.get(embedSlice);
    if (now !== null && at.line < lineCount(now.replayed)) goEmbedded(app, 'next');
    const { cursor: then } = app.get(embedSlice);
    if (now === null || then.line >= lineCount(now.replayed)) stopPlaying(app);
  }, PACE);
}

/** Stops playing. */
export function stopPlaying(app: App): void {
  const my = app.local(held);
  if (my.pace !== null) window.clearInterval(my.pace);
  my.pace = null;
  if (app.get(embedSlice).playing) app.set(embedSlice, { playing: false });
}

/** Returns the cursor, or the last computed line before it. */
export function shownCursor({ cursor, known }: EmbedState): Cursor {
  return cursor.line <= known ? cursor : { line: known, step: null };
}

/** Returns the embed's place for the page around it; without a session it has no lines. */
export function embedPlace(state: EmbedState): EmbedPlace {
  const { shown, cursor, playing } = state;
  const lines = shown === null ? 0 : lineCount(shown.replayed);
  const sentence = shown === null ? '' : sentenceOf(shown, state);
  return { line: cursor.line, step: cursor.step, lines, playing, sentence };
}

/** Returns one sentence on what happened at the cursor. */
export function sentenceOf({ session, replayed }: ShownSession, { cursor, known }: EmbedState): string {
  const { line, step } = cursor;
  const entry = session.script[line - 1];
  if (entry === undefined) return 'Start: the device is open, and no line has run.';
  if (line > known) return `Line ${line}: still computing…`;
  if (step === null) return resultSentence(line, entry, runAt(replayed, line));
  const frames = framesOf(replayed, line);
  const steps = kernelSteps(frames);
  const at = steps[step];
  const call = at === undefined ? undefined : traceLines(frames, runAt(replayed, line))[at.frame];
  if (at === undefined || call === undefined) return `Line ${line}.`;
  const when = { call: '', entry: 'begins ', return: 'ends ' }[at.at];
  const result = at.at === 'entry' ? '' : call.ret;
  return `Line ${line}, kernel step ${step + 1} of ${steps.length}: ${when}${call.fn}(${call.args})${result}`;
}
