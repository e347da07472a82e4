// Reads and prints lesson files. Reading also plays the lesson: its predicates parse, each prediction has exactly one right
// answer, and each goal is false before the solution and true after it.

import { failed, ok, type Problem, type Result } from '../base/result.ts';
import { parsePredicate } from '../explore/predicateText.ts';
import { type LessonFile, parseLessonFile, printLessonFile } from '../formats/lesson/file.ts';
import { replayWhole } from '../session/replay.ts';
import type { LessonBody } from './lesson.ts';
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

/** Reads the text of a lesson file; problems name the field. */
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

function bodyOf({ irqscope: _, version: __, ...lesson }: LessonFile): LessonBody {
  return lesson;
}

/** Plays the lesson with its own lines and returns the problems. */
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
    return [
      { expected: 'exactly one right answer after the lines have run', found: `${right} right answers` },
    ];
  }
  const start = startOf(taking);
  if (markOf(check(taking, start, replayWhole(start))).revealed)
    return [
      { expected: 'a goal that is false at the beginning of the step', found: 'a goal that is already true' },
    ];
  const isReached = markOf(check(taking, end, replayWhole(end))).revealed;
  return isReached
    ? []
    : [{ expected: 'a solution that reaches the goal', found: 'a solution after which the goal is false' }];
}

/** Prints a lesson as the text of a file. */
export function printLesson(lesson: LessonBody): string {
  const { id, title, about, minutes, level, requires, learned, generation, script, steps } = lesson;
  return printLessonFile({
    irqscope: 'lesson',
    version: 1,
    id,
    title,
    about,
    ...(minutes === undefined ? {} : { minutes }),
    ...(level === undefined ? {} : { level }),
    ...(requires === undefined ? {} : { requires: [...requires] }),
    ...(learned === undefined ? {} : { learned: [...learned] }),
    generation,
    script: script.trim(),
    steps: steps.map((step) =>
      step.kind === 'predict'
        ? { ...step, run: step.run.trim(), choices: [...step.choices] }
        : withoutBest({ ...step, solution: step.solution.trim() }),
    ),
  });
}

/** Removes `best`: only the built-in lessons are proven by search. */
function withoutBest<S extends { readonly best?: number }>({ best: _, ...step }: S): Omit<S, 'best'> {
  return step;
}
