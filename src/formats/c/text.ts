// C as text: comments that nothing in a note can end, numbers, lists that do not run out of the page.

import { errnoNumber, isErrno } from '../../uapi/errno.ts';
import { folded } from '../folded.ts';

/** Columns of a line of C, tabs counted as eight. */
const COLUMNS = 96;

/** A comment, one line of it for each text. Nothing in a text can end it, open another one, or turn the reading around. */
export function comment(indent: string, texts: readonly string[]): readonly string[] {
  const safe = texts.flatMap((text) => folded(harmless(text), COLUMNS - 12));
  const [first] = safe;
  if (first === undefined) return [];
  if (safe.length === 1) return [`${indent}/* ${first} */`];
  return [`${indent}/*`, ...safe.map((text) => `${indent} * ${text}`.trimEnd()), `${indent} */`];
}

/** What a compiler can be shown in a comment. */
function harmless(text: string): string {
  return (
    text
      .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?')
      .replaceAll('*/', '* /')
      .replaceAll('/*', '/ *')
      // ??/ and its like are trigraphs
      .replaceAll(/\?(?=\?)/g, '? ')
  );
}

/** A string literal of plain characters. */
export function literal(text: string): string {
  return `"${text
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll('??', '?\\?')}"`;
}

/** A u32. */
export function u32(value: number): string {
  return value > 0x7fffffff ? `${value}u` : String(value);
}

/** Values between braces, wrapped. */
export function braces(values: readonly number[], indent: string): string {
  const text = values.join(', ');
  if (text.length <= 48) return `{ ${text} }`;
  const lines = folded(text, COLUMNS - 24);
  return `{\n${lines.map((line) => `${indent}\t${line}`).join('\n')}\n${indent}}`;
}

/** The name of an errno as C has it; `ENOTSUPP` is the kernel's own, and stands there by its number. */
export function errnoText(name: string | null): string {
  if (name === null) return '0';
  return name === 'ENOTSUPP' && isErrno(name) ? `${errnoNumber(name)} /* ENOTSUPP */` : name;
}
