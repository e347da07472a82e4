// Removes marks at the begin of lines: quotation, fences of code blocks, indentation, and the signs of a diff.

import { cutFront, eachLine, indentOf, type Line, type Step } from './line.ts';
import type { Side } from './travel.ts';

/** Marks of a quotation. */
const QUOTE = /^ {0,3}[>|](?: ?[>|]){0,39}/;
const FENCE = /^[ \t]{0,12}(?:`{3,8}|~{3,8})[ \t]{0,8}[\w+.-]{0,24}[ \t]{0,8}$/;
/** Lines of a diff that are no lines of its files. */
const DIFF_HEAD =
  /^(?:@@ -\d|diff -|index [\da-f]{4,40}\.\.|(?:---|\+\+\+) \S|new file mode |deleted file mode |\\ No newline )/;

/** Returns the number of characters of quote marks. If `gap` is 1, a space after them belongs to them. */
export function quoteLength(text: string, gap: 0 | 1 = 1): number {
  const length = QUOTE.exec(text)?.[0].length ?? 0;
  return length > 0 && gap === 1 && text[length] === ' ' ? length + 1 : length;
}

/** Returns 1 if most quote marks of the texts have a space after them. */
export function quoteGap(texts: readonly string[]): 0 | 1 {
  const marked = texts.filter((text) => text.length > quoteLength(text, 0) && quoteLength(text, 0) > 0);
  const spaced = marked.filter((text) => text[quoteLength(text, 0)] === ' ');
  return spaced.length * 2 >= marked.length ? 1 : 0;
}

/** Returns true if the line begins or ends a code block. */
export function isFence(text: string): boolean {
  return FENCE.test(text);
}

/** Returns true if the line is part of a diff but not of its files. */
export function isDiffHead(text: string): boolean {
  return DIFF_HEAD.test(text);
}

/** Removes quote marks of any depth. */
export function unquote(gap: 0 | 1): Step {
  return eachLine((line) => cutFront(line, quoteLength(line.text, gap)));
}

/** Empties the fences of code blocks. */
export function unfence(): Step {
  return eachLine((line) => (isFence(line.text) ? emptied(line) : line));
}

/** Removes at most `most` characters of white space. */
export function dedent(most: number): Step {
  return eachLine((line) => cutFront(line, Math.min(most, indentOf(line.text))));
}

/** Removes the signs of a diff, and empties the lines of the version that is not read. */
export function undiff(side: Side): Step {
  return eachLine((line) => {
    const sign = line.text[0];
    const isOther = (side === 'right' && sign === '-') || (side === 'left' && sign === '+');
    if (isOther || isDiffHead(line.text)) return emptied(line);
    return sign === '+' || sign === '-' || sign === ' ' ? cutFront(line, 1) : line;
  });
}

/** Returns the line without text. */
function emptied(line: Line): Line {
  return { ...line, text: '', width: 0, raw: 0 };
}
