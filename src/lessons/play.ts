// Playing a lesson: which lines run in a step, and whether a choice or a goal is right.

import { holdsIn, type Predicate } from '../explore/predicate.ts';
import { parsePredicate } from '../explore/predicateText.ts';
import { parseScript } from '../formats/notation/parse.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { nothingDone, type Step } from '../kernel/invariants/invariant.ts';
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

/** Returns the kernel of each step: the lesson's, until a step names another. */
export function kernelsOf({ generation, steps }: LessonBody): readonly GenerationId[] {
  let now = generation;
  return steps.map((step) => {
    now = step.generation ?? now;
    return now;
  });
}

/** Returns the lines that a step runs itself: those of the prediction, or the solution. */
export function ownLines(step: LessonStep): readonly ScriptLine[] {
  return linesOf(step.kind === 'predict' ? step.run : step.solution).lines;
}
