// The lessons and courses that a person made or opened, as the browser keeps them: each is a lesson file or a course file with the
// day and the way in which it came.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';

/** The ways in which a lesson or course comes. */
const OWN_FROM = ['made', 'link', 'file'] as const;

const item = v.strictObject({
  kind: v.picklist(['lesson', 'course']),
  from: v.picklist(OWN_FROM),
  /** The day, for instance `2026-11-30`. */
  date: v.pipe(v.string(), v.isoDate('a day such as 2026-11-30')),
  /** The text of its file. */
  text: v.string(),
});
const own = v.strictObject({
  irqscope: v.literal('own'),
  version: v.literal(1),
  items: v.array(item),
});

/** A kept lesson or course. */
export type KeptOwn = v.InferOutput<typeof item>;

/** Reads the kept list. The texts of the items are not read. */
export function parseOwn(text: string): Result<readonly KeptOwn[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const found = error instanceof Error ? error.message : 'invalid JSON';
    return failed({ at: { path: 'list' }, expected: 'JSON', found });
  }
  const parsed = v.safeParse(own, json);
  if (parsed.success) return ok(parsed.output.items);
  const [issue] = parsed.issues;
  const path = v.getDotPath(issue) ?? 'list';
  return failed({ at: { path }, expected: issue.expected ?? issue.message, found: issue.received });
}

/** Returns the list as text; reading it returns an equal list. */
export function printOwn(items: readonly KeptOwn[]): string {
  return JSON.stringify({ irqscope: 'own', version: 1, items });
}
