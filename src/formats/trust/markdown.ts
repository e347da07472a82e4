// Reads the sections of test/recordings/README.md as data, so that the page shows the same text as that file. Supports the
// Markdown of that file: headings, paragraphs, tables and indented code.

/** A paragraph, a table, or lines of code. Text may contain `code`, *emphasis* and links (`inlineParts`). */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** The text below one second-level heading. The text before the first such heading has an empty title. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Reads a text. Every text is valid: anything other than a heading, table or code is a paragraph. */
export function readSections(markdown: string): readonly Section[] {
  const sections: { title: string; blocks: Block[] }[] = [{ title: '', blocks: [] }];
  for (const piece of markdown.replaceAll('\r\n', '\n').split(/\n(?:[ \t]*\n)+/)) {
    const heading = /^##\s+(.*)/.exec(piece.trim())?.[1];
    if (heading !== undefined) sections.push({ title: heading, blocks: [] });
    // the title of the whole file
    else if (!piece.trim().startsWith('# ') && piece.trim() !== '')
      sections.at(-1)?.blocks.push(blockOf(piece));
  }
  return sections.filter(({ title, blocks }) => title !== '' || blocks.length > 0);
}

function blockOf(piece: string): Block {
  const lines = piece.split('\n').filter((line) => line.trim() !== '');
  if (lines.every((line) => /^( {4}|\t)/.test(line)))
    return { kind: 'code', text: lines.map((line) => line.trim()).join('\n') };
  if (lines.length < 2 || !lines.every((line) => line.trim().startsWith('|')))
    return { kind: 'text', text: lines.map((line) => line.trim()).join(' ') };
  const [head = [], , ...rows] = lines.map(cellsOf);
  return { kind: 'table', head, rows };
}

/** Returns the cells of `| a | b |`. `\|` is a bar inside a cell. */
function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** A piece of a text: plain, `code`, *emphasis* or [a link](to a file). */
export interface InlinePart {
  readonly kind: 'plain' | 'code' | 'emphasis' | 'link';
  readonly text: string;
  /** Its position in the whole text, counted from 0. */
  readonly at: number;
}

/** Returns the pieces of a text. */
export function inlineParts(text: string): readonly InlinePart[] {
  let at = 0;
  return text
    .split(/(`[^`]+`|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)\s]+\))/)
    .flatMap((part, place): InlinePart[] => {
      const from = at;
      at += part.length;
      // split puts the matches of the pattern at the odd places
      if (place % 2 === 1) {
        const words = /^\[([^\]]+)\]\(/.exec(part)?.[1];
        if (words !== undefined) return [{ kind: 'link', text: words, at: from }];
        const kind = part.startsWith('`') ? 'code' : 'emphasis';
        return [{ kind, text: part.slice(1, -1), at: from }];
      }
      return part === '' ? [] : [{ kind: 'plain', text: part, at: from }];
    });
}
