// What the model was checked against, as a file: written from a run over all recordings while the page is built, checked when
// it is opened.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());

const block = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), text: v.string() }),
  v.strictObject({ kind: v.literal('code'), text: v.string() }),
  v.strictObject({ kind: v.literal('table'), head: list(v.string()), rows: list(list(v.string())) }),
]);

const schema = v.strictObject({
  version: v.literal(1),
  /** One for every generation, kernel release, configuration and machine that was recorded. */
  rows: list(
    v.strictObject({
      generation: v.picklist(['static', 'v2', 'v3', 'dynamic']),
      /** As `uname -r` says it. */
      release: v.string(),
      /** The recorder's name of the configuration, for instance `nvme8noir`. */
      config: v.string(),
      /** The device's name. */
      model: v.string(),
      irqRemapping: v.boolean(),
      recordings: natural,
      steps: natural,
      /** Values that the recordings hold and that were compared. */
      compared: natural,
      mismatches: natural,
    }),
  ),
  /** The first mismatches; the rows count all of them. */
  differences: list(
    v.strictObject({
      path: v.string(),
      /** The step with what was done there. */
      place: v.string(),
      field: v.string(),
      kernel: v.string(),
      model: v.string(),
    }),
  ),
  /** Files that are no recordings, each with its problem. */
  unreadable: list(v.strictObject({ path: v.string(), problem: v.string() })),
  /** What is compared and what is not, in the words of the recordings' README. */
  sections: list(v.strictObject({ title: v.string(), blocks: list(block) })),
});

/** What was checked. */
export type TrustFile = Readonly<v.InferOutput<typeof schema>>;

/** The file's text. */
export function printTrust(trust: TrustFile): string {
  return `${JSON.stringify(trust)}\n`;
}

/** Reads the file's text; problems name the field. */
export function parseTrust(text: string): Result<TrustFile> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    return failed({ at: { path: 'trust' }, expected: 'JSON', found: 'text that is none' });
  }
  const parsed = v.safeParse(schema, found);
  if (parsed.success) return ok(parsed.output);
  const [issue] = parsed.issues;
  return failed({
    at: { path: v.getDotPath(issue) ?? 'trust' },
    expected: issue.expected ?? 'another value',
    found: issue.received,
  });
}
