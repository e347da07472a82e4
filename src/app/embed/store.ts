// What an embed shows: the session of the address, a place in it, and whether it is playing. Nothing is written anywhere: no
// storage, no history, no address.

import { create } from 'zustand';
import { problemText } from '../../base/result.ts';
import type { EmbedPlace } from '../../formats/embed/messages.ts';
import { parseLink } from '../../formats/permalink/link.ts';
import {
  framesOf,
  isLong,
  knownLines,
  lineCount,
  type Replay,
  replay,
  runAt,
  workOut,
} from '../../session/replay.ts';
import { firstChange } from '../../session/resultCheck.ts';
import type { Cursor, Session } from '../../session/session.ts';
import { kernelSteps } from '../../session/steps.ts';
import { type Travel, travel } from '../../session/travel.ts';
import { traceLines } from '../../views/trace/lines.ts';
import { resultSentence } from '../../views/words/result.ts';

/** A session with its results. */
export interface ShownSession {
  readonly session: Session;
  readonly replayed: Replay;
  /** The fragment that says it, without `#`. */
  readonly link: string;
  /** The built-in recording of the link, which the lab shows beside it. */
  readonly recording: string | null;
}

/** What the store holds. */
export interface EmbedState {
  readonly shown: ShownSession | null;
  readonly cursor: Cursor;
  /** Lines that are worked out; a long script takes a while. */
  readonly known: number;
  readonly playing: boolean;
  /** What is wrong with the address, or worth knowing about it. */
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
export const useEmbed = create<EmbedState>()(() => NOTHING);

/** Milliseconds of work between two frames, and lines of a piece of it. */
const SLICE = 8;
const PIECE = 16;
/** Milliseconds that a line is shown while playing. */
const PACE = 1200;

let work: number | null = null;
let pace: number | null = null;

/**
 * Shows what a fragment says. Of a damaged one what could be read is shown, and what is wrong; where nothing can be read, the
 * answer says so and what was shown stays.
 */
export function openEmbedded(fragment: string): string | null {
  const { link, problems, lines } = parseLink(fragment);
  if (link === null) {
    const what =
      fragment.replace(/^#/, '') === '' ? 'The address names no script.' : 'This link cannot be shown.';
    const why = fragment.startsWith('#kept=')
      ? 'It names a script that is kept in the browser that made it.'
      : '';
    return [what, why || problems.map(problemText)[0]].join(' ');
  }
  const { session, check, recording } = link;
  const replayed = replay(session);
  const changed = check === null ? null : firstChange(check, replayed);
  stopPlaying();
  useEmbed.setState({
    shown: { session, replayed, link: fragment.replace(/^#/, ''), recording },
    cursor: session.cursor,
    known: knownLines(replayed),
    notes: [
      ...(problems.length === 0
        ? []
        : [
            `This link is damaged: ${session.script.length} of ${lines ?? 'an unknown number of'} lines could be read.`,
          ]),
      ...(changed === null
        ? []
        : [`The model answers otherwise than when this was embedded, first at line ${changed.first}.`]),
    ],
  });
  workOn(replayed);
  return null;
}

/** Works a long script out in slices, so that the embed answers meanwhile. */
function workOn(replayed: Replay): void {
  if (work !== null) window.clearTimeout(work);
  work = null;
  if (!isLong(replayed) || knownLines(replayed) === lineCount(replayed)) return;
  const slice = () => {
    const end = performance.now() + SLICE;
    while (knownLines(replayed) < lineCount(replayed) && performance.now() < end)
      workOut(replayed, Math.min(lineCount(replayed), knownLines(replayed) + PIECE));
    useEmbed.setState({ known: knownLines(replayed) });
    work = knownLines(replayed) < lineCount(replayed) ? window.setTimeout(slice) : null;
  };
  work = window.setTimeout(slice);
}

/** Goes through time. */
export function goEmbedded(how: Travel): void {
  const { shown, cursor } = useEmbed.getState();
  if (shown !== null) useEmbed.setState({ cursor: travel(shown.replayed, cursor, how) });
}

/** Goes to a place; one that does not exist is the nearest that does. */
export function lookAtEmbedded({ line, step }: Cursor): void {
  const { shown } = useEmbed.getState();
  if (shown === null) return;
  const here = Math.min(line, lineCount(shown.replayed));
  const steps = here === line ? kernelSteps(framesOf(shown.replayed, here)).length : 0;
  useEmbed.setState({ cursor: { line: here, step: step !== null && step < steps ? step : null } });
}

/** Plays line after line up to the last one; from there it begins again. */
export function play(): void {
  const { shown, cursor, playing } = useEmbed.getState();
  if (shown === null || playing || lineCount(shown.replayed) === 0) return;
  const atEnd = cursor.line >= lineCount(shown.replayed);
  useEmbed.setState({ playing: true, cursor: { line: atEnd ? 0 : cursor.line, step: null } });
  pace = window.setInterval(() => {
    const { shown: now, cursor: at } = useEmbed.getState();
    if (now !== null && at.line < lineCount(now.replayed)) goEmbedded('next');
    const { cursor: then } = useEmbed.getState();
    if (now === null || then.line >= lineCount(now.replayed)) stopPlaying();
  }, PACE);
}

/** Stops where it is. */
export function stopPlaying(): void {
  if (pace !== null) window.clearInterval(pace);
  pace = null;
  if (useEmbed.getState().playing) useEmbed.setState({ playing: false });
}

/** The place that can be shown: that of the cursor, or the last one before it that is worked out. */
export function shownCursor({ cursor, known }: EmbedState): Cursor {
  return cursor.line <= known ? cursor : { line: known, step: null };
}

/** Where the embed is, as a page around it is told; without a session it has no lines. */
export function embedPlace(state: EmbedState): EmbedPlace {
  const { shown, cursor, playing } = state;
  const lines = shown === null ? 0 : lineCount(shown.replayed);
  const sentence = shown === null ? '' : sentenceOf(shown, state);
  return { line: cursor.line, step: cursor.step, lines, playing, sentence };
}

/** What happened at the place of the cursor, in one sentence. */
export function sentenceOf({ session, replayed }: ShownSession, { cursor, known }: EmbedState): string {
  const { line, step } = cursor;
  const entry = session.script[line - 1];
  if (entry === undefined) return 'Start: the device is open, and no line has been run.';
  if (line > known) return `Line ${line} is not worked out yet.`;
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
