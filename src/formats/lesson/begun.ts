// The lesson that a person has begun and not finished, as the browser keeps it between visits.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';

const natural = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000));
const begun = v.strictObject({
  /** The address of the lesson, without `#` and without its step. */
  fragment: v.pipe(v.string(), v.startsWith('lesson=')),
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(1_000)),
  /** The step, counted from 1. */
  step: natural,
});

/** A lesson that a person has begun, and the step to continue with. */
export type BegunLesson = Readonly<v.InferOutput<typeof begun>>;

/** Reads a kept lesson. */
export function parseBegun(text: string): Result<BegunLesson> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : 'invalid JSON';
    return failed({ at: { path: 'begun lesson' }, expected: 'JSON', found });
  }
  const parsed = v.safeParse(begun, json);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'begun lesson';
  return failed({ at: { path }, expected: issue.expected ?? issue.message, found: issue.received });
}

/** Returns the lesson as text; reading it returns an equal lesson. */
export function printBegun(lesson: BegunLesson): string {
  return JSON.stringify(lesson);
}
