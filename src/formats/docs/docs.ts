// The documents of docs/ as data: written when the page is built (build/docs.ts), checked when the page opens them.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';

const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());

const part = v.strictObject({
  text: v.string(),
  mark: v.optional(v.picklist(['code', 'strong', 'em'])),
  /** The target of a link: an address of this page with `#`, or of the web with `https:`. */
  href: v.optional(v.pipe(v.string(), v.regex(/^(#|https:\/\/)/))),
});
const parts = list(part);

const block = v.variant('kind', [
  v.strictObject({ kind: v.literal('text'), parts }),
  v.strictObject({ kind: v.literal('code'), text: v.string() }),
  /** Items of the list; `depth` 1 is an item of an item. `number` is null for bullets. */
  v.strictObject({
    kind: v.literal('list'),
    items: list(v.strictObject({ depth: v.number(), number: v.nullable(v.number()), parts })),
  }),
  v.strictObject({ kind: v.literal('table'), head: list(parts), rows: list(list(parts)) }),
]);

const schema = v.strictObject({
  version: v.literal(1),
  docs: list(
    v.strictObject({
      id: v.string(),
      title: v.string(),
      sections: list(
        v.strictObject({
          /** A number such as `6.4` or `N8`, or the slug of the heading; empty before the first heading. */
          id: v.string(),
          level: v.picklist([1, 2, 3]),
          title: v.string(),
          blocks: list(block),
        }),
      ),
    }),
  ),
});

/** The documents. */
export type DocsFile = Readonly<v.InferOutput<typeof schema>>;
/** One document. */
export type Doc = DocsFile['docs'][number];
/** One section: a heading and its content down to the next heading of any level. */
export type DocSection = Doc['sections'][number];
/** A paragraph, code, list or table. */
export type DocBlock = DocSection['blocks'][number];
/** A run of text in one style. */
export type DocPart = v.InferOutput<typeof part>;

/**
 * Returns the section with that id. A word that is no section id finds the section with a table row whose first cell
 * begins with it, so that `raise` of the recording format and `D7` of the driver have a place. Undefined where neither exists.
 */
export function findSection({ sections }: Doc, id: string): DocSection | undefined {
  const inRow = (block: DocBlock) =>
    block.kind === 'table' && block.rows.some(([cell]) => cell?.[0]?.text === id);
  return sections.find((one) => one.id === id) ?? sections.find(({ blocks }) => blocks.some(inRow));
}

/** Returns the file's text. */
export function printDocs(docs: DocsFile): string {
  return `${JSON.stringify(docs)}\n`;
}

/** Reads the file's text; a problem names the first wrong field. */
export function parseDocs(text: string): Result<DocsFile> {
  const at = { path: 'docs.json' };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failed({ at, expected: 'JSON', found: 'invalid JSON' });
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return ok(parsed.output);
  const [{ expected, received }] = parsed.issues;
  const path = v.getDotPath(parsed.issues[0]) ?? at.path;
  return failed({ at: { path }, expected: expected ?? 'a valid value', found: received });
}
