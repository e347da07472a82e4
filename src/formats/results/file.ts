// The results of a learner in a lesson or a course as a file: JSON with the answers of each step.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';

const MOST_STEPS = 50;
const MOST_LESSONS = 60;

const text = (most: number) => v.pipe(v.string(), v.maxLength(most, `at most ${most} characters`));
const natural = v.pipe(
  v.number(),
  v.integer('a whole number'),
  v.minValue(0, 'at least 0'),
  v.maxValue(1_000_000, 'at most 1000000'),
);
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/, '1 to 60 letters a to z, digits and -'));
const common = {
  ask: text(2000),
  done: v.boolean(),
  tries: natural,
};
const step = v.variant('kind', [
  v.strictObject({
    kind: v.literal('predict'),
    ...common,
    /** The first answer; null where none is known. */
    answer: v.nullable(v.strictObject({ letter: text(2), text: text(500) })),
    /** Whether the first answer was right; null without an answer. */
    right: v.nullable(v.boolean()),
  }),
  v.strictObject({
    kind: v.literal('do'),
    ...common,
    /** The fewest lines that reached the goal; null where none did, or where they are not counted. */
    used: v.nullable(natural),
    hinted: v.boolean(),
    /** True once the solution was shown. */
    helped: v.boolean(),
  }),
]);
const results = v.strictObject({
  irqscope: v.literal('results'),
  version: v.literal(1),
  /** The name of the learner. */
  name: v.pipe(text(200), v.regex(/\S/, 'text other than spaces')),
  date: v.pipe(v.string(), v.isoDate('a day such as 2026-11-30')),
  /** The course; null for the results of one lesson. */
  course: v.nullable(v.strictObject({ id, title: text(200) })),
  lessons: v.pipe(
    v.array(
      v.strictObject({
        id,
        title: text(200),
        steps: v.pipe(
          v.array(step),
          v.minLength(1, 'at least one step'),
          v.maxLength(MOST_STEPS, `at most ${MOST_STEPS} steps`),
        ),
      }),
    ),
    v.minLength(1, 'at least one lesson'),
    v.maxLength(MOST_LESSONS, `at most ${MOST_LESSONS} lessons`),
  ),
});

/** The results of a step. */
export type StepResult = Readonly<v.InferOutput<typeof step>>;

/** The results of a learner. */
export type Results = Omit<Readonly<v.InferOutput<typeof results>>, 'irqscope' | 'version'>;

/** Reads the text of a file; problems name the field. */
export function parseResults(content: string): Result<Results> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    const found = error instanceof Error ? error.message : 'invalid JSON';
    return failed({ at: { path: 'file' }, expected: 'results in JSON', found });
  }
  const parsed = v.safeParse(results, json);
  if (parsed.success) {
    const { irqscope: _, version: __, ...read } = parsed.output;
    return ok(read);
  }
  const [first, ...more] = parsed.issues;
  return failed(issueProblem(first), ...more.map(issueProblem));
}

function issueProblem(issue: v.BaseIssue<unknown>): Problem {
  // a schema names its type in `expected`, an action's own message is more precise
  const isOurs = issue.kind === 'validation';
  return {
    at: { path: v.getDotPath(issue) ?? 'file' },
    expected: isOurs ? issue.message : (issue.expected ?? issue.message),
    found: issue.received,
  };
}

/** Returns the results as the text of a file; reading it returns equal results. */
export function printResults(made: Results): string {
  return `${JSON.stringify({ irqscope: 'results', version: 1, ...made }, null, 1)}\n`;
}
