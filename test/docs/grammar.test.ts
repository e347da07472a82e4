// The citation grammar and the Markdown that the page shows.
import { describe, expect, test } from 'vitest';
import { readDoc, sectionId } from '../../build/docs.ts';
import { findSection, parseDocs, printDocs } from '../../src/formats/docs/docs.ts';
import { citedParts, docsFragment, placeOfFragment } from '../../src/views/docs/citations.ts';

const cited = (text: string, home: Parameters<typeof citedParts>[1] = null) =>
  citedParts(text, home).flatMap(({ text: part, place }) =>
    place === null ? [] : [`${part} → ${place.doc} ${place.section}`],
  );

describe('citedParts', () => {
  test.each([
    ['Linux 6.12 fs/eventfd.c; docs/driver.md §6.4 step 7', ['docs/driver.md §6.4 → driver 6.4']],
    [
      'docs/driver.md §6.1 to §6.6, see docs/facts.md N8.',
      ['docs/driver.md §6.1 → driver 6.1', '§6.6 → driver 6.6', 'docs/facts.md N8 → facts N8'],
    ],
    ['(docs/driver.md §3, §4 and §5)', ['docs/driver.md §3 → driver 3', '§4 → driver 4', '§5 → driver 5']],
    [
      'docs/facts.md 25 and 27; docs/facts.md 9, 2048 vectors',
      ['docs/facts.md 25 → facts 25', '27 → facts 27', 'docs/facts.md 9 → facts 9'],
    ],
    ['docs/recording-format.md, `raise`', ['docs/recording-format.md, `raise` → recording-format raise']],
    ['docs/driver.md, the whole of it', ['docs/driver.md → driver null']],
    ['docs/unknown.md §1, §6.4 and fact 27', []],
  ])('finds the citations of %s', (text, expected) => {
    expect(cited(text)).toEqual(expected);
    expect(
      citedParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });

  test('reads a bare section or fact inside a document', () => {
    expect(cited('§6.4 and fact 27, not §7', 'driver')).toEqual([
      '§6.4 → driver 6.4',
      'fact 27 → facts 27',
      '§7 → driver 7',
    ]);
  });
});

describe('addresses', () => {
  test.each([
    { doc: 'driver', section: '6.4' },
    { doc: 'facts', section: 'N8' },
    { doc: 'recording-format', section: 'calls' },
    { doc: 'history', section: null },
  ] as const)('survive the round trip: $doc $section', (place) => {
    expect(placeOfFragment(`#${docsFragment(place)}`)).toEqual(place);
  });

  test('open the index for an unknown document and ignore other addresses', () => {
    expect(placeOfFragment('#docs=nothing&section=1')).toEqual({ doc: 'README', section: '1' });
    expect(placeOfFragment('#docs')).toEqual({ doc: 'README', section: null });
    expect(placeOfFragment('#learn=lessons')).toBeNull();
    expect(placeOfFragment('#docsearch=1')).toBeNull();
  });
});

const MARKDOWN = `# Title

Preface with \`code <b>\`, **strong** and *em*, see §6.4 and fact 27.

## 6. First & last

1. one
   - inner [facts](facts.md)
2. two

### 6.4 \`set(v, fd)\`

| id | text |
|---|---|
| D7 | [mail](https://example.org/) |

## N8. Numbers

\`\`\`
a < b
\`\`\`
`;

describe('readDoc', () => {
  const doc = readDoc('driver', MARKDOWN);

  test('splits at headings, with numbers as ids', () => {
    expect(doc.title).toBe('Title');
    expect(doc.sections.map(({ id, level, title }) => [id, level, title])).toEqual([
      ['', 1, ''],
      ['6', 2, '6. First & last'],
      ['6.4', 3, '6.4 set(v, fd)'],
      ['N8', 2, 'N8. Numbers'],
    ]);
    expect(sectionId('What to compare?')).toBe('what-to-compare');
  });

  test('keeps texts as they are and turns citations into addresses of the page', () => {
    expect(doc.sections[0]?.blocks).toEqual([
      {
        kind: 'text',
        parts: [
          { text: 'Preface with ' },
          { text: 'code <b>', mark: 'code' },
          { text: ', ' },
          { text: 'strong', mark: 'strong' },
          { text: ' and ' },
          { text: 'em', mark: 'em' },
          { text: ', see ' },
          { text: '§6.4', href: '#docs=driver&section=6.4' },
          { text: ' and ' },
          { text: 'fact 27', href: '#docs=facts&section=27' },
          { text: '.' },
        ],
      },
    ]);
  });

  test('reads lists, tables and code', () => {
    const blocks = doc.sections.slice(1).flatMap((section) => section.blocks);
    expect(blocks).toEqual([
      {
        kind: 'list',
        items: [
          { depth: 0, number: 1, parts: [{ text: 'one' }] },
          { depth: 1, number: null, parts: [{ text: 'inner ' }, { text: 'facts', href: '#docs=facts' }] },
          { depth: 0, number: 2, parts: [{ text: 'two' }] },
        ],
      },
      {
        kind: 'table',
        head: [[{ text: 'id' }], [{ text: 'text' }]],
        rows: [[[{ text: 'D7' }], [{ text: 'mail', href: 'https://example.org/' }]]],
      },
      { kind: 'code', text: 'a < b' },
    ]);
  });

  test('finds a section by the first cell of a table row', () => {
    expect(findSection(doc, '6.4')?.id).toBe('6.4');
    expect(findSection(doc, 'D7')?.id).toBe('6.4');
    expect(findSection(doc, 'D8')).toBeUndefined();
  });

  test.each([
    ['HTML', 'a <b>bold</b> word'],
    ['an image', '![x](x.png)'],
    ['a script link', '[x](javascript:alert)'],
    ['a link to another file', '[x](../src/main.ts)'],
    ['a heading of level 4', '#### deep'],
  ])('rejects %s', (_, text) => {
    expect(() => readDoc('driver', text)).toThrow(/^docs\/driver\.md: /);
  });

  test('survives the round trip through docs.json, which rejects other links and shapes', () => {
    const file = { version: 1, docs: [doc] } as const;
    expect(parseDocs(printDocs(file))).toEqual({ ok: true, value: file });
    expect(parseDocs(printDocs(file).replace('https://example.org/', 'javascript:x')).ok).toBe(false);
    expect(parseDocs('{').ok).toBe(false);
    expect(parseDocs('{"version":2}').ok).toBe(false);
  });
});
