// A lesson from outside and back. What is read here can be taken: its predicates parse, and played with its own solution
// every prediction has one right answer and every goal is reached by it and by nothing before.

import { failed, ok, type Problem, type Result } from '../base/result.ts';
import { parsePredicate } from '../explore/predicate.ts';
import { type LessonFile, parseLessonFile, printLessonFile } from '../formats/lesson/file.ts';
import { replayWhole } from '../session/replay.ts';
import type { LessonBody, LessonStep } from './lesson.ts';
import { holdsAfter } from './play.ts';
import {
  begin,
  check,
  lastDone,
  markOf,
  next,
  ownEnd,
  reveal,
  rightAnswer,
  startOf,
  stepOf,
  type Taking,
} from './taking.ts';

/** Reads the text of a file. */
export function readLesson(text: string): Result<LessonBody> {
  const parsed = parseLessonFile(text);
  if (!parsed.ok) return parsed;
  const [first, ...more] = predicateProblems(parsed.value);
  if (first !== undefined) return failed(first, ...more);
  const lesson = bodyOf(parsed.value);
  const [wrong, ...others] = playProblems(lesson);
  return wrong === undefined ? ok(lesson) : failed(wrong, ...others);
}

function predicateProblems({ steps }: LessonFile): readonly Problem[] {
  return steps.flatMap((step, at) =>
    step.kind === 'do'
      ? predicateProblem(`steps.${at}.goal`, step.goal)
      : step.choices.flatMap(({ holds }, choice) =>
          predicateProblem(`steps.${at}.choices.${choice}.holds`, holds),
        ),
  );
}

function predicateProblem(path: string, text: string): readonly Problem[] {
  const read = parsePredicate(text);
  return read.ok ? [] : read.problems.map(({ at, ...rest }) => ({ ...rest, at: { ...at, path } }));
}

function bodyOf({ id, title, about, generation, script, steps }: LessonFile): LessonBody {
  return { id, title, about, generation, script, steps: steps.map(stepOfFile) };
}

function stepOfFile(step: LessonFile['steps'][number]): LessonStep {
  const { generation, ...rest } = step;
  return generation === undefined ? rest : { ...rest, generation };
}

/** Plays the lesson with its own lines. */
function playProblems(lesson: LessonBody): readonly Problem[] {
  const problems: Problem[] = [];
  let taking: Taking = begin(lesson);
  for (let at = 0; at < lesson.steps.length; at++) {
    problems.push(...stepProblems(taking).map((one) => ({ ...one, at: { path: `steps.${at}` } })));
    taking = next(reveal(taking));
  }
  return problems;
}

function stepProblems(taking: Taking): readonly Omit<Problem, 'at'>[] {
  const step = stepOf(taking);
  const end = ownEnd(taking);
  if (step.kind === 'predict') {
    if (rightAnswer(step, end) !== null) return [];
    const done = lastDone(replayWhole(end));
    const right = done === null ? 0 : step.choices.filter(({ holds }) => holdsAfter(holds, done)).length;
    return [{ expected: 'exactly one choice that holds after its lines', found: String(right) }];
  }
  const start = startOf(taking);
  if (markOf(check(taking, start, replayWhole(start))).revealed)
    return [{ expected: 'a goal that does not hold at the beginning of the step', found: 'one that does' }];
  const isReached = markOf(check(taking, end, replayWhole(end))).revealed;
  return isReached ? [] : [{ expected: 'a solution that reaches the goal', found: 'one that does not' }];
}

/** The lesson as the text of a file. */
export function printLesson({ id, title, about, generation, script, steps }: LessonBody): string {
  return printLessonFile({
    irqscope: 'lesson',
    version: 1,
    id,
    title,
    about,
    generation,
    script: script.trim(),
    steps: steps.map((step) =>
      step.kind === 'predict'
        ? { ...step, run: step.run.trim(), choices: [...step.choices] }
        : withoutBest({ ...step, solution: step.solution.trim() }),
    ),
  });
}

/** What search has proven holds for the lessons that it was done for, and is not taken from a file. */
function withoutBest<S extends { readonly best?: number }>({ best: _, ...step }: S): Omit<S, 'best'> {
  return step;
}
