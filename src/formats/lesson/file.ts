// A lesson as a file: JSON with scripts in notation. This module checks the shape and the scripts; src/lessons/file.ts checks
// the predicates. A problem names the field and, for scripts, the line and column in it.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import { RELEASES } from '../../kernel/releases.ts';
import { scriptMachine } from '../../session/scriptMachine.ts';
import { parseScript } from '../notation/parse.ts';
import { generationSchema } from '../setupSchema.ts';
import { LEVELS } from './levels.ts';
import { PLACES } from './places.ts';

const MOST_STEPS = 50;
const MOST_CHOICES = 8;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most, `at most ${most} characters`));
const said = (most: number) => v.pipe(text(most), v.regex(/\S/, 'text other than spaces'));
const generation = generationSchema;
const predicate = said(1000);
const script = text(20_000);

const common = {
  ask: said(2000),
  explain: v.optional(text(4000), ''),
  source: v.optional(text(500), ''),
  notes: v.exactOptional(text(4000)),
  generation: v.exactOptional(generation),
  release: v.exactOptional(v.picklist(RELEASES.map(({ id }) => id))),
};
const predict = v.strictObject({
  kind: v.literal('predict'),
  ...common,
  run: script,
  choices: v.pipe(
    v.array(v.strictObject({ text: said(500), holds: predicate, feedback: v.exactOptional(text(1000)) })),
    v.minLength(2, 'at least 2 choices'),
    v.maxLength(MOST_CHOICES, `at most ${MOST_CHOICES} choices`),
  ),
});
const goal = v.strictObject({
  kind: v.literal('do'),
  ...common,
  goal: predicate,
  hint: v.optional(text(1000), ''),
  solution: script,
  where: v.exactOptional(v.picklist(PLACES.map(({ id }) => id))),
});
const lessonId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/, '1 to 60 letters a to z, digits and -'));
const lesson = v.strictObject({
  irqscope: v.literal('lesson'),
  version: v.literal(1),
  id: lessonId,
  title: said(200),
  about: v.optional(text(1000), ''),
  minutes: v.exactOptional(
    v.pipe(
      v.number(),
      v.integer('a whole number of minutes'),
      v.minValue(1, 'at least 1'),
      v.maxValue(240, 'at most 240'),
    ),
  ),
  level: v.exactOptional(v.picklist(LEVELS.map(({ id }) => id))),
  requires: v.exactOptional(v.pipe(v.array(lessonId), v.maxLength(20, 'at most 20 lessons'))),
  learned: v.exactOptional(v.pipe(v.array(said(500)), v.maxLength(10, 'at most 10 sentences'))),
  generation,
  script,
  steps: v.pipe(
    v.array(v.variant('kind', [predict, goal])),
    v.minLength(1, 'at least one step'),
    v.maxLength(MOST_STEPS, `at most ${MOST_STEPS} steps`),
  ),
});

/** A lesson in its file form. */
export type LessonFile = v.InferOutput<typeof lesson>;

/** Reads the text of a file. */
export function parseLessonFile(content: string): Result<LessonFile> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    const found = error instanceof Error ? error.message : 'invalid JSON';
    return failed({ at: { path: 'file' }, expected: 'a lesson in JSON', found });
  }
  const parsed = v.safeParse(lesson, json);
  if (!parsed.success) return problemsOf(parsed.issues.map(issueProblem));
  const file = parsed.output;
  const wrong = [
    ...scriptProblems('script', file.script, true),
    ...file.steps.flatMap((step, at) => kernelProblems(`steps.${at}.release`, step)),
    ...file.steps.flatMap((step, at) =>
      step.kind === 'predict'
        ? scriptProblems(`steps.${at}.run`, step.run, false)
        : scriptProblems(`steps.${at}.solution`, step.solution, false),
    ),
  ];
  return wrong.length === 0 ? ok(file) : problemsOf(wrong);
}

function problemsOf(problems: readonly Problem[]): Result<never> {
  const [first, ...more] = problems;
  return failed(first ?? { at: {}, expected: 'a lesson', found: 'a file of another form' }, ...more);
}

function kernelProblems(path: string, step: LessonFile['steps'][number]): readonly Problem[] {
  return step.generation === undefined || step.release === undefined
    ? []
    : [{ at: { path }, expected: 'a generation or a release, not both', found: step.release }];
}

function issueProblem(issue: v.BaseIssue<unknown>): Problem {
  const path = v.getDotPath(issue) ?? 'file';
  // our own messages are more precise than the expected type
  const isOurs = issue.type === 'regex' || issue.type === 'max_length' || issue.type === 'min_length';
  return {
    at: { path },
    expected: isOurs ? issue.message : (issue.expected ?? issue.message),
    found: issue.received,
  };
}

/** Returns the problems of a lesson's script. `first`: the opening script, which may name the device and may be empty. */
export function scriptProblems(path: string, content: string, first: boolean): readonly Problem[] {
  const { script: read, problems } = parseScript(content);
  const placed = problems.map(({ at, ...rest }) => ({ ...rest, at: { ...at, path } }));
  if (first) {
    const made = read.device === null ? null : scriptMachine(read.device, null);
    return [...placed, ...(made?.ok === false ? made.problems : [])];
  }
  if (read.device !== null)
    placed.push({
      at: { path },
      expected: 'operations',
      found: 'a device line, which is accepted only in the opening script',
    });
  if (problems.length === 0 && read.lines.length === 0)
    placed.push({ at: { path }, expected: 'at least one operation', found: 'no operation' });
  return placed;
}

/** Returns the lesson as the text of a file. */
export function printLessonFile(file: LessonFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
