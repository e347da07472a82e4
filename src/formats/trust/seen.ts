// The file with the checks and outcomes that recordings of real kernels contain. The build of the page writes it; the page
// validates it.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';
import { GENERATIONS } from '../../kernel/generations/index.ts';

const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());

/** Indexes into `kernels`. */
const places = list(v.pipe(v.number(), v.integer(), v.minValue(0)));

const schema = v.strictObject({
  version: v.literal(1),
  /** The recorded kernels, sorted by release. */
  kernels: list(
    v.strictObject({
      generation: v.picklist(GENERATIONS.map(({ id }) => id)),
      /** The output of `uname -r`. */
      release: v.string(),
    }),
  ),
  /** Checks that failed a recorded step or call. */
  checks: list(v.strictObject({ check: v.string(), kernels: places })),
  /** Results of kernel functions in recorded steps, by the names of `outcomeName` (explore/outcome.ts). */
  outcomes: list(v.strictObject({ outcome: v.string(), kernels: places })),
});

/** The seen checks and outcomes. */
export type SeenFile = Readonly<v.InferOutput<typeof schema>>;

/** Returns the text of the file. */
export function printSeen(seen: SeenFile): string {
  return `${JSON.stringify(seen)}\n`;
}

/** Reads the text of the file. Problems name the field. */
export function parseSeen(text: string): Result<SeenFile> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'seen' }, expected: 'JSON', found: 'invalid JSON' });
  }
  const parsed = v.safeParse(schema, found);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return failed({
    at: { path: v.getDotPath(issue) ?? 'seen' },
    expected: issue.expected ?? issue.message,
    found: issue.received,
  });
}
