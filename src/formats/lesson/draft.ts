// The draft of the lesson editor, as the browser keeps it between visits.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';
import { generationSchema } from '../setupSchema.ts';

const draft = v.strictObject({
  title: v.string(),
  about: v.string(),
  generation: generationSchema,
  script: v.string(),
  lines: v.array(
    v.strictObject({
      text: v.string(),
      use: v.picklist(['predict', 'do', 'with the next']),
      ask: v.string(),
      choices: v.array(v.strictObject({ text: v.string(), holds: v.string() })),
      goal: v.string(),
      hint: v.string(),
      explain: v.string(),
      source: v.string(),
    }),
  ),
});

/** A draft. */
export type KeptDraft = v.InferOutput<typeof draft>;

/** Prints a draft as JSON. */
export function printDraft(kept: KeptDraft): string {
  return JSON.stringify(kept);
}

/** Parses a kept draft; the problem names the first malformed field. */
export function parseDraft(text: string): Result<KeptDraft> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'draft' }, expected: 'JSON', found: JSON.stringify(text.slice(0, 40)) });
  }
  const parsed = v.safeParse(draft, json);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return failed({
    at: { path: v.getDotPath(issue) ?? 'draft' },
    expected: issue.expected ?? issue.message,
    found: issue.received ?? 'nothing',
  });
}
