// The state before and after each step of a draft, with which the editor judges predicates while the author types. A draft is
// seldom valid, so a step with unreadable lines has no state, and neither have the steps after it.

import type { Problem } from '../base/result.ts';
import { holdsIn } from '../explore/predicate.ts';
import { parsePredicate } from '../explore/predicateText.ts';
import { scriptProblems } from '../formats/lesson/file.ts';
import { nothingDone, type Step } from '../kernel/invariants/invariant.ts';
import { machineAfter, replayWhole } from '../session/replay.ts';
import type { Session } from '../session/session.ts';
import { type LessonDraft, lessonOf } from './make.ts';
import { begin, lastDone, next, ownEnd, reveal, startOf } from './taking.ts';

/** The last operation before a step, and the last one of its own lines. */
export interface LiveStep {
  readonly before: Step;
  readonly after: Step;
}

/** Returns the states of each step; null for a step that cannot run. */
export function liveSteps(draft: LessonDraft): readonly (LiveStep | null)[] {
  const lesson = lessonOf(draft);
  let runs = scriptProblems('script', lesson.script, true).length === 0;
  if (!runs || lesson.steps.length === 0) return lesson.steps.map(() => null);
  let taking = begin(lesson);
  return lesson.steps.map((step) => {
    const own = step.kind === 'predict' ? step.run : step.solution;
    runs &&= scriptProblems('run', own, false).length === 0;
    if (!runs) return null;
    const live = { before: doneIn(startOf(taking)), after: doneIn(ownEnd(taking)) };
    taking = next(reveal(taking));
    return live;
  });
}

function doneIn(session: Session): Step {
  const replayed = replayWhole(session);
  return lastDone(replayed) ?? nothingDone(machineAfter(replayed, 0));
}

/** The judgement of a predicate: its truth, its problem, or nothing for an empty one or one without a state. */
export type Judgement =
  | { readonly is: 'true' | 'false' | 'unknown' }
  | { readonly is: 'wrong'; readonly problem: Problem };

/** Judges the text of a predicate after an operation. */
export function judge(text: string, done: Step | null): Judgement {
  if (text.trim() === '') return { is: 'unknown' };
  const read = parsePredicate(text);
  if (!read.ok) return { is: 'wrong', problem: read.problems[0] };
  if (done === null) return { is: 'unknown' };
  return { is: holdsIn(read.value, done) ? 'true' : 'false' };
}
