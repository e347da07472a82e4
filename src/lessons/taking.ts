// A lesson being taken, as data: where one is, from which session each step began, and what was answered. The lab's
// session is the lesson's script; every function here says what becomes of both. Nothing is decided by comparing lines:
// a prediction is right when its predicate holds after the lines have run, a goal when it holds after the last line.

import { printScript } from '../formats/notation/print.ts';
import { printLine } from '../formats/notation/printLine.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import { scriptOf, withScript } from '../session/deviceSpec.ts';
import { chooseGeneration, insertLines } from '../session/edits.ts';
import { lineCount, machineAfter, type Replay, replayWhole, runAt } from '../session/replay.ts';
import type { ScriptLine } from '../session/script.ts';
import { emptySession, type Session } from '../session/session.ts';
import type { LessonBody, LessonStep, Predict } from './lesson.ts';
import { holdsAfter, holdsStanding, kernelsOf, linesOf, ownLines } from './play.ts';

/** What has become of a step. */
export interface Mark {
  /** The choice that was made, counted from 0. */
  readonly chosen: number | null;
  /** The answer is on the screen. */
  readonly revealed: boolean;
  /** The hint is on the screen. */
  readonly hinted: boolean;
  /** The solution was asked for. */
  readonly helped: boolean;
  /** The fewest lines with which the goal was reached, the step's own beginning untouched; null where that was not so. */
  readonly used: number | null;
  /** The session in which the step ended; the next one begins there. */
  readonly end: Session | null;
}

/** A lesson being taken. */
export interface Taking {
  readonly lesson: LessonBody;
  /** The step, counted from 0. */
  readonly at: number;
  /** The session with which each step that was entered began. */
  readonly starts: readonly Session[];
  readonly marks: readonly Mark[];
}

const FRESH: Mark = { chosen: null, revealed: false, hinted: false, helped: false, used: null, end: null };

/** The lesson with which the lab is to begin. */
export function begin(lesson: LessonBody): Taking {
  return { lesson, at: 0, starts: [firstSession(lesson)], marks: lesson.steps.map(() => FRESH) };
}

function firstSession(lesson: LessonBody): Session {
  const script = linesOf(lesson.script);
  // the kernel is the lesson's, whatever a device line says
  const first = kernelsOf(lesson)[0] ?? lesson.generation;
  return withScript(emptySession(first, script.device?.model ?? 'nvme'), {
    ...script,
    device: script.device === null ? null : { ...script.device, generation: first },
  });
}

/** The step one is at. */
export function stepOf({ lesson, at }: Taking): LessonStep {
  const step = lesson.steps[at];
  if (step === undefined) throw new Error(`no step ${at}`);
  return step;
}

/** What has become of it. */
export function markOf({ marks, at }: Taking): Mark {
  return marks[at] ?? FRESH;
}

/** The session with which it began. */
export function startOf({ starts, at }: Taking): Session {
  const found = starts[at];
  if (found === undefined) throw new Error(`step ${at} was not entered`);
  return found;
}

/** What the lesson's own lines make of the step's beginning: a prediction's lines, or the solution. */
export function ownEnd(taking: Taking): Session {
  const start = startOf(taking);
  return insertLines(start, start.script.length, ownLines(stepOf(taking)));
}

/** The session to show when one comes back to the step. */
export function shownSession(taking: Taking): Session {
  return markOf(taking).end ?? startOf(taking);
}

function withMark(taking: Taking, change: Partial<Mark>): Taking {
  return { ...taking, marks: taking.marks.with(taking.at, { ...markOf(taking), ...change }) };
}

/** Chooses an answer. */
export function choose(taking: Taking, chosen: number): Taking {
  return withMark(taking, { chosen });
}

/** Shows the hint. */
export function hint(taking: Taking): Taking {
  return withMark(taking, { hinted: true });
}

/** Runs the step's own lines and shows the answer. For a goal that is its solution, so somebody was helped. */
export function reveal(taking: Taking): Taking {
  const helped = stepOf(taking).kind === 'do';
  return withMark(taking, { revealed: true, helped: helped || markOf(taking).helped, end: ownEnd(taking) });
}

/** Takes the step back to its beginning; the best result stays. */
export function startOver(taking: Taking): Taking {
  const { used, helped } = markOf(taking);
  return withMark(taking, { ...FRESH, used, helped });
}

/** The next step: it begins where this one ended, under its own kernel. The last one stays. */
export function next(taking: Taking): Taking {
  const at = taking.at + 1;
  if (at >= taking.lesson.steps.length) return taking;
  const end = markOf(taking).end ?? ownEnd(taking);
  const kernel = kernelsOf(taking.lesson)[at] ?? end.generation;
  const start = kernel === end.generation ? end : chooseGeneration(end, kernel);
  const known = taking.starts[at];
  const isSame =
    known !== undefined && known.script === start.script && known.generation === start.generation;
  return isSame
    ? { ...taking, at }
    : {
        ...taking,
        at,
        starts: [...taking.starts.slice(0, at), start],
        // what was answered from another beginning does not hold
        marks: taking.marks.map((mark, step) => (step < at ? mark : { ...FRESH, used: mark.used })),
      };
}

/** The step before. */
export function previous(taking: Taking): Taking {
  return { ...taking, at: Math.max(0, taking.at - 1) };
}

/** What the last line that runs has done; null where none does. */
export function lastDone(replayed: Replay): Step | null {
  for (let line = lineCount(replayed); line > 0; line--) {
    const made = runAt(replayed, line);
    const entry = replayed.script[line - 1];
    if (made !== null && entry !== undefined) return { line: entry.line, run: made };
  }
  return null;
}

/** The choice that turned out right, counted from 0; null where none did, or more than one. */
export function rightAnswer(step: Predict, end: Session): number | null {
  const done = lastDone(replayWhole(end));
  if (done === null) return null;
  const right = step.choices.flatMap(({ holds }, at) => (holdsAfter(holds, done) ? [at] : []));
  return right.length === 1 ? (right[0] ?? null) : null;
}

/** Lines that run in `now` and are not the beginning of `start`; null where that beginning was changed. */
export function linesUsed(start: Session, now: Session): number | null {
  const isSame =
    start.script.every((entry, at) => runsAlike(entry, now.script[at])) &&
    deviceText(start) === deviceText(now);
  return isSame ? now.script.slice(start.script.length).filter(({ disabled }) => !disabled).length : null;
}

/** Compared as text: a session that was kept and read again is another object. */
function runsAlike(a: ScriptLine, b: ScriptLine | undefined): boolean {
  if (b === undefined || a.disabled !== b.disabled) return false;
  return a.line === b.line || operation(a) === operation(b);
}

const operation = ({ line, disabled }: ScriptLine) => printLine({ line, disabled, note: '', action: '' });

const deviceText = (session: Session) => printScript({ device: scriptOf(session).device, lines: [] });

/** The same step, begun as it begins when every step before it is done with the lesson's own lines. */
export function asWritten(taking: Taking): Taking {
  let made = begin(taking.lesson);
  while (made.at < taking.at) made = next(reveal(made));
  const marks = taking.marks.map((mark, at) => (at < taking.at ? mark : { ...FRESH, used: mark.used }));
  return { ...made, marks };
}

/** Looks whether the goal of the step is reached in the session that the replay is of, and notes with how many lines. */
export function check(taking: Taking, now: Session, replayed: Replay): Taking {
  const step = stepOf(taking);
  const mark = markOf(taking);
  if (step.kind !== 'do' || mark.end === now) return taking;
  const start = startOf(taking);
  const done = lastDone(replayed);
  const holds =
    now.generation === start.generation &&
    (done === null ? holdsStanding(step.goal, machineAfter(replayed, 0)) : holdsAfter(step.goal, done));
  if (!holds) return taking;
  const used = linesUsed(start, now);
  const best = used === null ? mark.used : mark.used === null ? used : Math.min(used, mark.used);
  return withMark(taking, { revealed: true, used: mark.helped ? mark.used : best, end: now });
}
