// The state of an open lesson as data: the current step, the session at which each step began, and the answers. A
// prediction is right when its predicate is true after the lines have run, a goal when its predicate is true after the
// last line of the lab's script.

import { printScript } from '../formats/notation/print.ts';
import { printBare } from '../formats/notation/printLine.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import { type ReleaseFacts, releaseFactsOf } from '../machine/host.ts';
import { scriptOf, withScript } from '../session/deviceSpec.ts';
import { chooseFacts } from '../session/edits.ts';
import { insertLines } from '../session/lineEdits.ts';
import { lineCount, machineAfter, type Replay, replayWhole, runAt } from '../session/replay.ts';
import type { ScriptLine } from '../session/script.ts';
import { emptySession, type Session } from '../session/session.ts';
import type { LessonBody, LessonStep, Predict } from './lesson.ts';
import {
  factsOf,
  holdsAfter,
  holdsStanding,
  kernelsOf,
  kernelText,
  linesOf,
  ownLines,
  type StepKernel,
} from './play.ts';

/** The state of a step. */
export interface Mark {
  /** Index of the chosen answer; null before a choice. */
  readonly chosen: number | null;
  /** Index of the first answer that ran; null before. A restart of the step keeps it. */
  readonly first: number | null;
  /** The number of answers that ran, or of changes of the script until the goal was reached. A restart of the step keeps it. */
  readonly tries: number;
  /** True once the answer is shown. */
  readonly revealed: boolean;
  /** True once the hint is shown. */
  readonly hinted: boolean;
  /** True once the person has asked for the solution. */
  readonly helped: boolean;
  /** The fewest lines that reached the goal from the unchanged beginning of the step; null if none did. */
  readonly used: number | null;
  /** The session at the end of the step, where the next step begins. */
  readonly end: Session | null;
}

/** The state of an open lesson. */
export interface Taking {
  readonly lesson: LessonBody;
  /** Index of the current step. */
  readonly at: number;
  /** The session at the beginning of each step entered so far. */
  readonly starts: readonly Session[];
  readonly marks: readonly Mark[];
}

const FRESH: Mark = {
  chosen: null,
  first: null,
  tries: 0,
  revealed: false,
  hinted: false,
  helped: false,
  used: null,
  end: null,
};

/** The parts of a mark that a restart of the step keeps. */
const lasting = ({ first, tries, used }: Mark): Mark => ({ ...FRESH, first, tries, used });

/** Returns the state of a lesson at its first step. */
export function begin(lesson: LessonBody): Taking {
  return { lesson, at: 0, starts: [firstSession(lesson)], marks: lesson.steps.map(() => FRESH) };
}

/** The lesson at a step counted from 0 (at most the last one): every step before it is done with the lesson's own lines. */
export function beginAt(lesson: LessonBody, step: number): Taking {
  let made = begin(lesson);
  while (made.at < Math.min(step, lesson.steps.length - 1)) made = next(reveal(made));
  return made;
}

function firstSession(lesson: LessonBody): Session {
  const script = linesOf(lesson.script);
  // the lesson names the kernel, not its device line
  const first = kernelAt(lesson, 0);
  const made = withScript(emptySession(first.generation, script.device?.model ?? 'nvme'), {
    ...script,
    device: script.device === null ? null : { ...script.device, generation: first.generation },
  });
  return first.release === null ? made : onKernel(made, first);
}

function kernelAt(lesson: LessonBody, at: number): StepKernel {
  return kernelsOf(lesson)[at] ?? { generation: lesson.generation, release: null };
}

/** Returns the kernel of the current step. */
export function kernelOf({ lesson, at }: Taking): StepKernel {
  return kernelAt(lesson, at);
}

/** Returns the session on a step's kernel: its generation and its facts. */
export function onKernel(session: Session, kernel: StepKernel): Session {
  return chooseFacts(session, kernel.generation, factsOf(kernel));
}

/** Returns whether a session has the kernel of the current step; the facts count where the step names a release. */
export function hasKernel(taking: Taking, session: Session): boolean {
  const kernel = kernelOf(taking);
  return (
    session.generation === kernel.generation &&
    (kernel.release === null || hasFacts(session, factsOf(kernel)))
  );
}

function hasFacts(session: Session, facts: ReleaseFacts): boolean {
  const host = new Map<string, unknown>(Object.entries(session.setup.host));
  return Object.entries(facts).every(([name, value]) => host.get(name) === value);
}

/** Returns the current step. */
export function stepOf({ lesson, at }: Taking): LessonStep {
  const step = lesson.steps[at];
  if (step === undefined) throw new Error(`no step ${at}`);
  return step;
}

/** Returns the state of the current step. */
export function markOf({ marks, at }: Taking): Mark {
  return marks[at] ?? FRESH;
}

/** Returns the session at the beginning of the current step. */
export function startOf({ starts, at }: Taking): Session {
  const found = starts[at];
  if (found === undefined) throw new Error(`step ${at} was not entered`);
  return found;
}

/** Returns the session after the step's own lines: those of the prediction, or the solution. */
export function ownEnd(taking: Taking): Session {
  const start = startOf(taking);
  return insertLines(start, start.script.length, ownLines(stepOf(taking)));
}

/** Returns the session to show when the person returns to the step. */
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

/** Runs the step's own lines and shows the answer; for a goal this shows the solution and counts as help. */
export function reveal(taking: Taking): Taking {
  const { chosen, helped, first, tries } = markOf(taking);
  const end = ownEnd(taking);
  if (stepOf(taking).kind === 'do') return withMark(taking, { revealed: true, helped: true, end });
  const tried = chosen === null ? {} : { first: first ?? chosen, tries: tries + 1 };
  return withMark(taking, { revealed: true, helped, end, ...tried });
}

/** Restarts the step; the best result stays. */
export function startOver(taking: Taking): Taking {
  const mark = markOf(taking);
  return withMark(taking, { ...lasting(mark), helped: mark.helped });
}

/** Goes to the next step, which begins at the end of this one, under its own kernel; stays at the last step. */
export function next(taking: Taking): Taking {
  const at = taking.at + 1;
  if (at >= taking.lesson.steps.length) return taking;
  const end = markOf(taking).end ?? ownEnd(taking);
  const kernel = kernelAt(taking.lesson, at);
  const isOther = kernelText(kernel) !== kernelText(kernelOf(taking));
  const start = isOther || !hasKernel({ ...taking, at }, end) ? onKernel(end, kernel) : end;
  const known = taking.starts[at];
  const isSame =
    known !== undefined &&
    known.script === start.script &&
    known.generation === start.generation &&
    hasFacts(known, releaseFactsOf(start.setup.host));
  return isSame
    ? { ...taking, at }
    : {
        ...taking,
        at,
        starts: [...taking.starts.slice(0, at), start],
        // answers given from another beginning are void
        marks: taking.marks.map((mark, step) => (step < at ? mark : lasting(mark))),
      };
}

/** Goes to the previous step; stays at the first one. */
export function previous(taking: Taking): Taking {
  return { ...taking, at: Math.max(0, taking.at - 1) };
}

/** Returns the last line that runs with its run; null if no line runs. */
export function lastDone(replayed: Replay): Step | null {
  for (let line = lineCount(replayed); line > 0; line--) {
    const made = runAt(replayed, line);
    const entry = replayed.script[line - 1];
    if (made !== null && entry !== undefined) return { line: entry.line, run: made };
  }
  return null;
}

/** Returns the index of the right choice; null unless exactly one is right. */
export function rightAnswer(step: Predict, end: Session): number | null {
  const done = lastDone(replayWhole(end));
  if (done === null) return null;
  const right = step.choices.flatMap(({ holds }, at) => (holdsAfter(holds, done) ? [at] : []));
  return right.length === 1 ? (right[0] ?? null) : null;
}

/** Returns the number of lines of `now` after the lines of `start`, disabled lines excluded; null if the lines of `start` have changed. */
export function linesUsed(start: Session, now: Session): number | null {
  const isSame =
    start.script.every((entry, at) => runsAlike(entry, now.script[at])) &&
    deviceText(start) === deviceText(now);
  return isSame ? now.script.slice(start.script.length).filter(({ disabled }) => !disabled).length : null;
}

/** Compares operations as text, because a restored session consists of other objects. */
function runsAlike(a: ScriptLine, b: ScriptLine | undefined): boolean {
  if (b === undefined || a.disabled !== b.disabled) return false;
  return a.line === b.line || operation(a) === operation(b);
}

const operation = printBare;

const deviceText = (session: Session) => printScript({ device: scriptOf(session).device, lines: [] });

/** Restarts the step from the state after the lesson's own lines of every earlier step. */
export function asWritten(taking: Taking): Taking {
  const made = beginAt(taking.lesson, taking.at);
  const marks = taking.marks.map((mark, at) => (at < taking.at ? mark : lasting(mark)));
  return { ...made, marks };
}

/** Counts a change of the script in a goal step that is not reached yet. */
export function countTry(taking: Taking): Taking {
  const { revealed, tries } = markOf(taking);
  return revealed || stepOf(taking).kind !== 'do' ? taking : withMark(taking, { tries: tries + 1 });
}

/** Checks whether the session reaches the goal of the step, and records the number of lines. */
export function check(taking: Taking, now: Session, replayed: Replay): Taking {
  const step = stepOf(taking);
  const mark = markOf(taking);
  if (step.kind !== 'do' || mark.end === now) return taking;
  const start = startOf(taking);
  const done = lastDone(replayed);
  const holds =
    hasKernel(taking, now) &&
    (done === null ? holdsStanding(step.goal, machineAfter(replayed, 0)) : holdsAfter(step.goal, done));
  if (!holds) return taking;
  const used = linesUsed(start, now);
  const best = used === null ? mark.used : mark.used === null ? used : Math.min(used, mark.used);
  return withMark(taking, { revealed: true, used: mark.helped ? mark.used : best, end: now });
}
