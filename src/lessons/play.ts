// Playing a lesson: which lines run in a step, and whether a choice or a goal is right.

import { holdsIn, type Predicate } from '../explore/predicate.ts';
import { parsePredicate } from '../explore/predicateText.ts';
import { parseScript } from '../formats/notation/parse.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { generation } from '../kernel/generations/index.ts';
import { nothingDone, type Step } from '../kernel/invariants/invariant.ts';
import { type ReleaseId, release } from '../kernel/releases.ts';
import { usualHost } from '../kernel/usualHost.ts';
import { type ReleaseFacts, releaseFactsOf } from '../machine/host.ts';
import type { Machine } from '../machine/machine.ts';
import type { Script, ScriptLine } from '../session/script.ts';
import { problemText } from '../text/problem.ts';
import type { Choice, LessonBody, LessonStep, Predict } from './lesson.ts';

/** Parses lines of a lesson. Throws on malformed lines: file.ts checks lessons from outside first. */
export function linesOf(text: string): Script {
  const { script, problems } = parseScript(text.trim());
  if (problems.length > 0) throw new Error(problems.map(problemText).join('; '));
  return script;
}

/** Parses a predicate of a lesson. Throws on a malformed one, like `linesOf`. */
export function predicateOf(text: string): Predicate {
  const read = parsePredicate(text);
  if (!read.ok) throw new Error(read.problems.map(problemText).join('; '));
  return read.value;
}

/** Returns whether a predicate is true after the last operation. */
export function holdsAfter(text: string, done: Step): boolean {
  return holdsIn(predicateOf(text), done);
}

/** Returns whether a goal is true in a machine before any operation. */
export function holdsStanding(text: string, machine: Machine): boolean {
  return holdsIn(predicateOf(text), nothingDone(machine));
}

/** Returns the right choice, or null where not exactly one is right. */
export function rightChoice({ choices }: Predict, done: Step): Choice | null {
  const right = choices.filter(({ holds }) => holdsAfter(holds, done));
  return right.length === 1 ? (right[0] ?? null) : null;
}

/** The kernel of a step. */
export interface StepKernel {
  readonly generation: GenerationId;
  /** Null where the step has a generation on the facts of its recorded kernel. */
  readonly release: ReleaseId | null;
}

/** Returns the kernel of each step: the lesson's, until a step names another. */
export function kernelsOf(lesson: LessonBody): readonly StepKernel[] {
  let now: StepKernel = { generation: lesson.generation, release: null };
  return lesson.steps.map((step) => {
    if (step.release !== undefined)
      now = { generation: release(step.release).generation, release: step.release };
    else if (step.generation !== undefined) now = { generation: step.generation, release: null };
    return now;
  });
}

/** Returns the facts that a step's kernel gives the host. */
export function factsOf(kernel: StepKernel): ReleaseFacts {
  return kernel.release === null
    ? releaseFactsOf(usualHost(kernel.generation))
    : release(kernel.release).facts;
}

/** Returns the name of a step's kernel, for instance `Linux 7.3.4`. */
export function kernelText(kernel: StepKernel): string {
  return kernel.release === null ? generation(kernel.generation).label : release(kernel.release).label;
}

/** Returns the lines that a step runs itself: those of the prediction, or the solution. */
export function ownLines(step: LessonStep): readonly ScriptLine[] {
  return linesOf(step.kind === 'predict' ? step.run : step.solution).lines;
}
