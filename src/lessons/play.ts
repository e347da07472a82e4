// A lesson being taken. The state is a session's script and kernel beside a place in the lesson, so the lab shows it as it
// shows everything; what is decided here is which line runs next, and whether a choice or a goal is right.

import { problemText } from '../base/result.ts';
import { holdsIn, type Predicate, parsePredicate } from '../explore/predicate.ts';
import { parseScript } from '../formats/notation/parse.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { nothingDone, type Step } from '../kernel/invariants/invariant.ts';
import type { Machine } from '../machine/machine.ts';
import type { Script, ScriptLine } from '../session/script.ts';
import type { Choice, LessonBody, LessonStep, Predict } from './lesson.ts';

/** Lines of a lesson as a script. A lesson that cannot be read is our own mistake, and throws; one from outside is checked before (file.ts). */
export function linesOf(text: string): Script {
  const { script, problems } = parseScript(text.trim());
  if (problems.length > 0) throw new Error(problems.map(problemText).join('; '));
  return script;
}

/** A predicate of a lesson; as above. */
export function predicateOf(text: string): Predicate {
  const read = parsePredicate(text);
  if (!read.ok) throw new Error(read.problems.map(problemText).join('; '));
  return read.value;
}

/** Whether a predicate holds after what was done last. */
export function holdsAfter(text: string, done: Step): boolean {
  return holdsIn(predicateOf(text), done);
}

/** Whether a goal holds in a machine on which nothing has been done yet. */
export function holdsStanding(text: string, machine: Machine): boolean {
  return holdsIn(predicateOf(text), nothingDone(machine));
}

/** The choice that turned out right; exactly one in every kernel in which the lesson plays. */
export function rightChoice({ choices }: Predict, done: Step): Choice | null {
  const right = choices.filter(({ holds }) => holdsAfter(holds, done));
  return right.length === 1 ? (right[0] ?? null) : null;
}

/** The kernel of each step: the lesson's, until a step names another. */
export function kernelsOf({ generation, steps }: LessonBody): readonly GenerationId[] {
  let now = generation;
  return steps.map((step) => {
    now = step.generation ?? now;
    return now;
  });
}

/** The lines that a step runs by itself: a prediction's, or the shown solution. */
export function ownLines(step: LessonStep): readonly ScriptLine[] {
  return linesOf(step.kind === 'predict' ? step.run : step.solution).lines;
}
