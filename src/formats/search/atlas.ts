// The atlas of edge cases as a file: the build writes it, the page checks it when it opens it.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';
import { GENERATION_IDS } from '../../kernel/generations/generation.ts';
import { ERRNOS } from '../../uapi/errno.ts';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());
const generation = v.picklist(GENERATION_IDS);

const schema = v.strictObject({
  version: v.literal(2),
  /** One sentence per source: device, operations and limits. */
  bounds: list(v.string()),
  states: natural,
  entries: list(
    v.strictObject({
      generation,
      /** The kernel function. */
      fn: v.string(),
      /** The deciding check (kernel/checks.ts), or null. */
      check: v.nullable(v.string()),
      /** An errno, a number that is 0 or positive, or null for a function without a result. */
      result: v.nullable(v.union([v.picklist(ERRNOS), natural])),
      /** A shortest script with this outcome, with its device, in notation. */
      script: v.string(),
      /** Number of lines of the script, without those that open descriptors. */
      length: natural,
    }),
  ),
  unreached: list(v.strictObject({ generation, checks: list(v.string()) })),
});

/** The atlas. */
export type AtlasFile = Readonly<v.InferOutput<typeof schema>>;
/** One outcome. */
export type AtlasRow = AtlasFile['entries'][number];

/** Returns the text of the file. */
export function printAtlas(atlas: AtlasFile): string {
  return `${JSON.stringify(atlas)}\n`;
}

/** Reads the text of the file; problems name the field. */
export function parseAtlas(text: string): Result<AtlasFile> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'atlas' }, expected: 'JSON', found: 'invalid JSON' });
  }
  const parsed = v.safeParse(schema, found);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return failed({
    at: { path: v.getDotPath(issue) ?? 'atlas' },
    expected: issue.expected ?? 'a valid value',
    found: issue.received,
  });
}
