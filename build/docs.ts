// Turns the Markdown of docs/ into the data that the page shows (src/formats/docs/docs.ts), and puts it beside the page as
// docs.json. The page never sees HTML: marked only splits the text into tokens, and a token without a counterpart in the
// page (HTML, images) stops the build.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Lexer, type Token, type Tokens } from 'marked';
import type { Plugin } from 'vite';
import {
  type Doc,
  type DocBlock,
  type DocPart,
  type DocSection,
  printDocs,
} from '../src/formats/docs/docs.ts';
import { citedParts, DOCS, type DocId, docId, docsFragment } from '../src/views/docs/citations.ts';

/** Reads the documents in a folder. Throws an Error that names the file and the text that the page cannot show. */
export function readDocs(folder: string): { readonly version: 1; readonly docs: readonly Doc[] } {
  const docs = DOCS.map(({ id }) => readDoc(id, readFileSync(join(folder, `${id}.md`), 'utf8')));
  return { version: 1, docs };
}

/** Reads one document. */
export function readDoc(id: DocId, markdown: string): Doc {
  const sections: { -readonly [Key in keyof DocSection]: DocSection[Key] }[] = [];
  let title: string = id;
  let blocks: DocBlock[] = [];
  const open = (section: Omit<DocSection, 'blocks'>) => {
    blocks = [];
    sections.push({ ...section, blocks });
  };
  open({ id: '', level: 1, title: '' });
  for (const token of new Lexer().lex(markdown)) {
    if (token.type === 'space') continue;
    if (token.type !== 'heading') {
      blocks.push(...blocksOf(id, token));
      continue;
    }
    const { depth, text } = token as Tokens.Heading;
    if (depth === 1) title = plain(text);
    else if (depth === 2 || depth === 3) open({ id: sectionId(text), level: depth, title: plain(text) });
    else throw new Error(`docs/${id}.md: a heading of level ${depth}: ${text}`);
  }
  return { id, title, sections: sections.filter((one) => one.id !== '' || one.blocks.length > 0) };
}

/** Returns a heading without its marks. */
function plain(heading: string): string {
  return heading.replaceAll(/[`*]/g, '');
}

/** Returns the number that a heading begins with (`6.4 …`, `N8. …`), or the heading as lower-case words with hyphens. */
export function sectionId(heading: string): string {
  const number = /^(N?\d+(?:\.\d+)*)\.?\s/.exec(heading)?.[1];
  return (
    number ??
    plain(heading)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
  );
}

function blocksOf(doc: DocId, token: Token): DocBlock[] {
  switch (token.type) {
    case 'paragraph':
      return [{ kind: 'text', parts: partsOf(doc, token.tokens) }];
    case 'code':
      return [{ kind: 'code', text: token['text'] as string }];
    case 'list':
      return [{ kind: 'list', items: itemsOf(doc, token as Tokens.List, 0) }];
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      const cells = (row: Tokens.TableCell[]) => row.map(({ tokens }) => partsOf(doc, tokens));
      return [{ kind: 'table', head: cells(header), rows: rows.map(cells) }];
    }
    default:
      throw new Error(`docs/${doc}.md: the page cannot show ${token.type}: ${token.raw}`);
  }
}

type ListItem = Extract<DocBlock, { kind: 'list' }>['items'][number];

function itemsOf(doc: DocId, { items, ordered, start }: Tokens.List, depth: number): ListItem[] {
  return items.flatMap(({ tokens }, at) => {
    const inner = tokens.filter((token): token is Tokens.List => token.type === 'list');
    const words = tokens.filter(({ type }) => type !== 'list' && type !== 'space');
    const number = ordered ? (start === '' ? 1 : start) + at : null;
    return [
      {
        depth,
        number,
        parts: words.flatMap((token) => partsOf(doc, 'tokens' in token ? token.tokens : [token])),
      },
      ...inner.flatMap((list) => itemsOf(doc, list, depth + 1)),
    ];
  });
}

type Mark = NonNullable<DocPart['mark']>;

/** Returns the text of inline tokens, with citations as links. `mark` is the style around them. */
function partsOf(doc: DocId, tokens: readonly Token[] | undefined, mark?: Mark): DocPart[] {
  return (tokens ?? []).flatMap((token): DocPart[] => {
    const marked = mark === undefined ? {} : { mark };
    switch (token.type) {
      case 'text':
      case 'escape': {
        if ('tokens' in token && token.tokens !== undefined) return partsOf(doc, token.tokens, mark);
        return citedParts(unescaped(token['text'] as string), doc).map(({ text, place }) => ({
          text,
          ...marked,
          ...(place === null ? {} : { href: `#${docsFragment(place)}` }),
        }));
      }
      case 'br':
        return [{ text: ' ' }];
      case 'codespan': {
        const text = unescaped(token['text'] as string);
        const [cited, ...more] = citedParts(text);
        const place = more.length === 0 ? cited?.place : null;
        return [{ text, mark: 'code', ...(place ? { href: `#${docsFragment(place)}` } : {}) }];
      }
      case 'strong':
      case 'em':
        return partsOf(doc, token.tokens, token.type);
      case 'link': {
        const { href, text } = token as Tokens.Link;
        return [{ text: plain(unescaped(text)), ...marked, href: hrefOf(doc, href) }];
      }
      default:
        throw new Error(`docs/${doc}.md: the page cannot show ${token.type}: ${token.raw}`);
    }
  });
}

/** Decodes the entities that the lexer leaves in the text; React escapes the text again. */
function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** Returns the address in the page for a link of the Markdown: to another document, or to the web. */
function hrefOf(from: DocId, href: string): string {
  if (href.startsWith('https://')) return href;
  const to = docId(/^([A-Za-z-]+)\.md$/.exec(href)?.[1] ?? '');
  if (to === null) throw new Error(`docs/${from}.md: a link to neither a document nor https: ${href}`);
  return `#${docsFragment({ doc: to, section: null })}`;
}

const text = () => printDocs(readDocs(fileURLToPath(new URL('../docs/', import.meta.url))));

/** Puts docs.json beside the page; the development server reads the Markdown at every request. */
export const docsFile: Plugin = {
  name: 'irqscope:docs',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'docs.json', source: text() });
  },
  configureServer(server) {
    server.middlewares.use('/docs.json', (_request, response) => {
      response.setHeader('content-type', 'application/json; charset=utf-8');
      response.end(text());
    });
  },
};
