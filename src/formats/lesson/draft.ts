// The drafts of the lesson editor, as the browser keeps them between visits. Each draft is read for itself: one that cannot be
// read takes no other with it.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import { RELEASES } from '../../kernel/releases.ts';
import { generationSchema } from '../setupSchema.ts';
import { LEVELS } from './levels.ts';

const words = v.optional(v.string(), '');
// fields that earlier versions did not have are optional
const draft = v.strictObject({
  id: words,
  title: v.string(),
  about: v.string(),
  minutes: v.optional(v.nullable(v.number()), null),
  level: v.optional(v.nullable(v.picklist(LEVELS.map(({ id }) => id))), null),
  requires: v.optional(v.array(v.string()), []),
  learned: v.optional(v.array(v.string()), []),
  generation: generationSchema,
  script: v.string(),
  lines: v.array(
    v.strictObject({
      text: v.string(),
      use: v.picklist(['predict', 'do', 'with the next']),
      ask: v.string(),
      choices: v.array(v.strictObject({ text: v.string(), holds: v.string(), feedback: words })),
      goal: v.string(),
      hint: v.string(),
      explain: v.string(),
      source: v.string(),
      notes: words,
      generation: v.optional(v.nullable(generationSchema), null),
      release: v.optional(v.nullable(v.picklist(RELEASES.map(({ id }) => id))), null),
    }),
  ),
});

/** A draft. */
export type KeptDraft = v.InferOutput<typeof draft>;

const entry = v.strictObject({
  key: v.string(),
  /** Milliseconds of the clock at the last change. */
  changed: v.number(),
  draft,
});

/** A draft with its key in the list and the time of its last change. */
export type DraftEntry = v.InferOutput<typeof entry>;

const list = v.strictObject({
  irqscope: v.literal('drafts'),
  version: v.literal(1),
  drafts: v.array(v.unknown()),
});

/** The drafts that can be read, and the text and problem of each one that cannot. */
export interface ReadDrafts {
  readonly drafts: readonly DraftEntry[];
  readonly unreadable: readonly { readonly text: string; readonly problem: Problem }[];
}

/** Prints the list of drafts. */
export function printDrafts(drafts: readonly DraftEntry[]): string {
  return JSON.stringify({ irqscope: 'drafts', version: 1, drafts });
}

/** Reads the list of drafts. */
export function parseDrafts(text: string): ReadDrafts {
  const read = parseAs(list, text);
  if (!read.ok) return { drafts: [], unreadable: [{ text, problem: read.problems[0] }] };
  const drafts: DraftEntry[] = [];
  const unreadable: ReadDrafts['unreadable'][number][] = [];
  read.value.drafts.forEach((one, at) => {
    const parsed = v.safeParse(entry, one);
    if (parsed.success) drafts.push(parsed.output);
    else
      unreadable.push({
        text: JSON.stringify(one),
        problem: problemOf(parsed.issues[0], `drafts.${at}`),
      });
  });
  return { drafts, unreadable };
}

/** Reads the only draft that earlier versions kept; the problem names the first malformed field. */
export function parseDraft(text: string): Result<KeptDraft> {
  return parseAs(draft, text);
}

function parseAs<S extends v.GenericSchema>(schema: S, text: string): Result<v.InferOutput<S>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'draft' }, expected: 'JSON', found: JSON.stringify(text.slice(0, 40)) });
  }
  const parsed = v.safeParse(schema, json);
  return parsed.success ? ok(parsed.output) : failed(problemOf(parsed.issues[0], 'draft'));
}

function problemOf(issue: v.BaseIssue<unknown>, place: string): Problem {
  const path = v.getDotPath(issue);
  return {
    at: { path: path === null ? place : `${place}.${path}` },
    expected: issue.expected ?? issue.message,
    found: issue.received,
  };
}
