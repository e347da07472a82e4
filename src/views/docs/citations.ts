// The citation grammar of the repository (docs/README.md): finds the citations of docs/ in a text.

/**
 * The documents. `numbers` is how sections are cited: `§` as in `docs/driver.md §6.4`, `plain` as in `docs/facts.md 27`,
 * `heading` as in `docs/recording-format.md, calls`; the word can also be the first cell of a table row there.
 */
export const DOCS = [
  { id: 'README', numbers: 'heading' },
  { id: 'driver', numbers: '§' },
  { id: 'facts', numbers: 'plain' },
  { id: 'recording-format', numbers: 'heading' },
  { id: 'import', numbers: 'heading' },
  { id: 'clients', numbers: '§' },
  { id: 'scenarios', numbers: '§' },
  { id: 'history', numbers: 'heading' },
] as const;

/** The name of a document: its file below docs/ without `.md`. */
export type DocId = (typeof DOCS)[number]['id'];

/** A place in docs/. `section` is a number such as `6.4` or `N8`, or the slug of a heading; null is the whole document. */
export interface DocPlace {
  readonly doc: DocId;
  readonly section: string | null;
}

/** A piece of a text; `place` is the cited section, or null for plain text. */
export interface CitedPart {
  readonly text: string;
  /** The offset in the whole text. */
  readonly at: number;
  readonly place: DocPlace | null;
}

/** Returns the document with that name, or null. */
export function docId(name: string): DocId | null {
  return DOCS.find(({ id }) => id === name)?.id ?? null;
}

const SECTION = String.raw`§(\d+(?:\.\d+)*)`;
const FACT = String.raw`(N?\d+)(?![\d.]*\d)`;
const STARTS = new RegExp(
  [
    String.raw`docs\/([A-Za-z][a-z-]*)\.md(?: ${SECTION}| ${FACT}|, \`?([a-z][a-z0-9_-]*)\`?)?`,
    SECTION,
    String.raw`\b[Ff]acts? ${FACT}`,
  ].join('|'),
  'g',
);
/** Further sections of the same document: `§3, §7 and §9`, `25, 27 to 31`. */
const MORE = {
  '§': new RegExp(`(?:, and |, | and | or | to |–)${SECTION}`, 'y'),
  plain: new RegExp(`(?:, and |, | and | or | to |–)${FACT}(?! ?[a-z])`, 'y'),
};

/**
 * Splits a text at its citations. Inside a document, named by `home`, a bare `§6.4` cites the document itself and `fact 27`
 * cites docs/facts.md; elsewhere both are plain text.
 */
export function citedParts(text: string, home: DocId | null = null): readonly CitedPart[] {
  const parts: CitedPart[] = [];
  let done = 0;
  const add = (from: number, to: number, place: DocPlace) => {
    if (from > done) parts.push({ text: text.slice(done, from), at: done, place: null });
    parts.push({ text: text.slice(from, to), at: from, place });
    done = to;
  };
  for (const match of text.matchAll(STARTS)) {
    if (match.index < done) continue;
    const found = placeOf(match, home);
    if (found === null) continue;
    add(match.index, match.index + found.length, found.place);
    const { numbers } = DOCS.find(({ id }) => id === found.place.doc) ?? { numbers: 'heading' };
    if (numbers === 'heading' || found.place.section === null) continue;
    const more = MORE[numbers];
    for (;;) {
      more.lastIndex = done;
      const next = more.exec(text);
      const section = next?.[1];
      if (next === null || section === undefined) break;
      // the separator stays plain
      const mark = numbers === '§' ? 1 : 0;
      const to = next.index + next[0].length;
      add(to - section.length - mark, to, { doc: found.place.doc, section });
    }
  }
  if (done < text.length) parts.push({ text: text.slice(done), at: done, place: null });
  return parts;
}

function placeOf(
  match: RegExpMatchArray,
  home: DocId | null,
): { readonly place: DocPlace; readonly length: number } | null {
  const [all, name, section, fact, heading, bare, bareFact] = match;
  if (name === undefined) {
    if (home === null) return null;
    const place: DocPlace =
      bare === undefined ? { doc: 'facts', section: bareFact ?? null } : { doc: home, section: bare };
    return { place, length: all.length };
  }
  const doc = docId(name);
  const known = DOCS.find(({ id }) => id === doc);
  if (doc === null || known === undefined) return null;
  const given = { '§': section, plain: fact, heading }[known.numbers];
  // text that only looks like a section of another kind of document stays plain
  const length = given === undefined ? `docs/${name}.md`.length : all.length;
  return { place: { doc, section: given ?? null }, length };
}

/** Returns the address of a place, without `#`: `docs=driver&section=6.4`. */
export function docsFragment({ doc, section }: DocPlace): string {
  return section === null ? `docs=${doc}` : `docs=${doc}&section=${section}`;
}

/** Reads an address, with or without `#`. Returns null where it names no document; the section may not exist. */
export function placeOfFragment(hash: string): DocPlace | null {
  const found = /^#?docs(?:=([A-Za-z-]*))?(?:&section=([\w.-]+))?$/.exec(hash);
  if (found === null) return null;
  return { doc: docId(found[1] ?? '') ?? 'README', section: found[2] ?? null };
}
