// A course as a file: JSON with an ordered list of lessons, each the id of a built-in lesson or a whole lesson file. This module
// checks the shape; src/lessons/courseFile.ts reads the lessons. A problem names the field.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';

/** Most lessons of a course. */
export const MOST_LESSONS = 60;

const said = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most, `at most ${most} characters`),
    v.regex(/\S/, 'text other than spaces'),
  );
const course = v.strictObject({
  irqscope: v.literal('course'),
  version: v.literal(1),
  /** Names the course in the kept progress. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,30}$/, '1 to 30 letters a to z, digits and -')),
  title: said(200),
  about: v.optional(v.pipe(v.string(), v.maxLength(1000, 'at most 1000 characters')), ''),
  /** True where the lessons offer no solution. */
  assignment: v.optional(v.boolean(), false),
  lessons: v.pipe(
    v.array(
      v.union(
        [v.string(), v.record(v.string(), v.unknown())],
        'the id of a built-in lesson, or a lesson file',
      ),
    ),
    v.minLength(1, 'at least one lesson'),
    v.maxLength(MOST_LESSONS, `at most ${MOST_LESSONS} lessons`),
  ),
});

/** A course in its file form; a lesson that is no id is an unread lesson file. */
export type CourseFile = v.InferOutput<typeof course>;

/** Reads the text of a file. */
export function parseCourseFile(content: string): Result<CourseFile> {
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    const found = error instanceof Error ? error.message : 'invalid JSON';
    return failed({ at: { path: 'file' }, expected: 'a course in JSON', found });
  }
  const parsed = v.safeParse(course, json);
  if (parsed.success) return ok(parsed.output);
  const [first, ...more] = parsed.issues;
  return failed(issueProblem(first), ...more.map(issueProblem));
}

function issueProblem(issue: v.BaseIssue<unknown>): Problem {
  const isOurs = ['regex', 'max_length', 'min_length', 'union'].includes(issue.type);
  return {
    at: { path: v.getDotPath(issue) ?? 'file' },
    expected: isOurs ? issue.message : (issue.expected ?? issue.message),
    found: issue.received,
  };
}

/** Returns the course as the text of a file. */
export function printCourseFile(file: CourseFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}
