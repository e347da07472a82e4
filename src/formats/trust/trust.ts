// The file with the comparison of the model with all recordings. The build of the page writes it; the page validates it.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';
import { GENERATION_IDS } from '../../kernel/generations/generation.ts';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());

const block = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), text: v.string() }),
  v.strictObject({ kind: v.literal('code'), text: v.string() }),
  v.strictObject({ kind: v.literal('table'), head: list(v.string()), rows: list(list(v.string())) }),
]);

const schema = v.strictObject({
  version: v.literal(1),
  /** One row for each recorded generation, kernel release, configuration and machine. */
  rows: list(
    v.strictObject({
      generation: v.picklist(GENERATION_IDS),
      /** The output of `uname -r`. */
      release: v.string(),
      /** The recorder's name of the configuration, such as `nvme8noir`. */
      config: v.string(),
      /** The name of the device. */
      model: v.string(),
      irqRemapping: v.boolean(),
      recordings: natural,
      steps: natural,
      /** The number of compared values. */
      compared: natural,
      mismatches: natural,
    }),
  ),
  /** The first mismatches. The rows count all of them. */
  differences: list(
    v.strictObject({
      path: v.string(),
      /** The step and its operation. */
      place: v.string(),
      field: v.string(),
      kernel: v.string(),
      model: v.string(),
    }),
  ),
  /** Unreadable files, each with its problem. */
  unreadable: list(v.strictObject({ path: v.string(), problem: v.string() })),
  /** The README of the recordings, which describes the comparison. */
  sections: list(v.strictObject({ title: v.string(), blocks: list(block) })),
});

/** The comparison of the model with all recordings. */
export type TrustFile = Readonly<v.InferOutput<typeof schema>>;

/** Returns the text of the file. */
export function printTrust(trust: TrustFile): string {
  return `${JSON.stringify(trust)}\n`;
}

/** Reads the text of the file. Problems name the field. */
export function parseTrust(text: string): Result<TrustFile> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'trust' }, expected: 'JSON', found: 'invalid JSON' });
  }
  const parsed = v.safeParse(schema, found);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return failed({
    at: { path: v.getDotPath(issue) ?? 'trust' },
    expected: issue.expected ?? issue.message,
    found: issue.received,
  });
}
