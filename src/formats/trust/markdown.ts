// The sections of test/recordings/README.md as data, so that the page tells what is compared in the words of that file and in
// no others. Reads what the file uses of Markdown: headings, paragraphs, tables and indented code.

/** A paragraph, a table, or lines of code. Text may hold `code` and *emphasis* (`inlineParts`). */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

/** What stands below one heading of the second level; what stands before the first one has no title. */
export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Reads a text; nothing in it can be wrong, since what is no table and no heading is a paragraph. */
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

/** The cells of `| a | b |`; `\|` is a bar inside one. */
function cellsOf(line: string): readonly string[] {
  return line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

/** A piece of a text: plain, `code` or *emphasis*. */
export interface InlinePart {
  readonly kind: 'plain' | 'code' | 'emphasis';
  readonly text: string;
  /** Where it begins in the whole text, counted from 0. */
  readonly at: number;
}

/** A text in its pieces. */
export function inlineParts(text: string): readonly InlinePart[] {
  let at = 0;
  return text.split(/(`[^`]+`|\*[^*\s][^*]*\*)/).flatMap((part, place): InlinePart[] => {
    const from = at;
    at += part.length;
    // what the pattern has caught stands at the odd places
    if (place % 2 === 1) {
      const kind = part.startsWith('`') ? 'code' : 'emphasis';
      return [{ kind, text: part.slice(1, -1), at: from }];
    }
    return part === '' ? [] : [{ kind: 'plain', text: part, at: from }];
  });
}
