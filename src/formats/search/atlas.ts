// The atlas of edge cases as a file: written while the page is built, checked when it is opened.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());
const generation = v.picklist(['static', 'v2', 'v3', 'dynamic']);

const schema = v.strictObject({
  version: v.literal(1),
  /** Where was looked, a sentence each. */
  bounds: list(v.string()),
  states: natural,
  entries: list(
    v.strictObject({
      generation,
      /** The kernel function. */
      fn: v.string(),
      /** The check that decided (kernel/checks.ts); null for none of ours. */
      check: v.nullable(v.string()),
      /** What the function returned; null for success. */
      errno: v.nullable(v.string()),
      /** A shortest script that comes to it, with its device, in notation. */
      script: v.string(),
      /** Lines of the script without those that open descriptors. */
      length: natural,
    }),
  ),
  unreached: list(v.strictObject({ generation, checks: list(v.string()) })),
});

/** The atlas. */
export type AtlasFile = Readonly<v.InferOutput<typeof schema>>;
/** One outcome. */
export type AtlasRow = AtlasFile['entries'][number];

/** The file's text. */
export function printAtlas(atlas: AtlasFile): string {
  return `${JSON.stringify(atlas)}\n`;
}

/** Reads the file's text; problems name the field. */
export function parseAtlas(text: string): Result<AtlasFile> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'atlas' }, expected: 'JSON', found: 'text that is none' });
  }
  const parsed = v.safeParse(schema, found);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return failed({
    at: { path: v.getDotPath(issue) ?? 'atlas' },
    expected: issue.expected ?? 'another value',
    found: issue.received,
  });
}
