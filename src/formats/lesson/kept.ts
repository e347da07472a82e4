// An open lesson as a tab keeps it across a reload. Sessions are stored as links.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';
import type { Session } from '../../session/session.ts';
import { parseLink, printLink } from '../permalink/link.ts';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const session = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Session => {
    const { link, problems } = parseLink(dataset.value);
    if (link !== null && problems.length === 0) return link.session;
    addIssue({ message: 'a session', expected: 'a session' });
    return NEVER;
  }),
);
const kept = v.strictObject({
  /** The id of a lesson of the page, or else the text of a lesson file. */
  id: v.nullable(v.string()),
  file: v.nullable(v.string()),
  /** The text of the course file that the lesson belongs to; a page of an earlier version kept none. */
  course: v.optional(v.nullable(v.string()), null),
  at: natural,
  home: natural,
  entry: natural,
  ended: v.optional(v.boolean(), false),
  starts: v.pipe(v.array(session), v.minLength(1)),
  marks: v.array(
    v.strictObject({
      chosen: v.nullable(natural),
      // a page of an earlier version kept neither
      first: v.optional(v.nullable(natural), null),
      tries: v.optional(natural, 0),
      revealed: v.boolean(),
      hinted: v.boolean(),
      helped: v.boolean(),
      used: v.nullable(natural),
      end: v.nullable(session),
    }),
  ),
});

/** An open lesson. */
export type KeptLesson = v.InferOutput<typeof kept>;

/** Returns the open lesson as text. */
export function printKept({ starts, marks, ...rest }: KeptLesson): string {
  return JSON.stringify({
    ...rest,
    starts: starts.map(linkOf),
    marks: marks.map((mark) => ({ ...mark, end: mark.end === null ? null : linkOf(mark.end) })),
  });
}

function linkOf(made: Session): string {
  return printLink({ session: made, recording: null, check: null });
}

/** Reads the text of `printKept`. */
export function parseKept(text: string): Result<KeptLesson> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'lesson' }, expected: 'JSON', found: 'invalid JSON' });
  }
  const parsed = v.safeParse(kept, json);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return failed({
    at: { path: v.getDotPath(issue) ?? 'lesson' },
    expected: issue.expected ?? issue.message,
    found: issue.received,
  });
}
