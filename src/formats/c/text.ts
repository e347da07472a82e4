// C as text: safe comments, numbers, and wrapped lists.

import { errnoNumber, isErrno } from '../../uapi/errno.ts';
import { folded } from '../folded.ts';

/** Columns of a line of C, tabs counted as eight. */
const COLUMNS = 96;

/** Returns a comment with one line per text. No text can end it, open another one, or change the reading direction. */
export function comment(indent: string, texts: readonly string[]): readonly string[] {
  const safe = texts.flatMap((text) => folded(harmless(text), COLUMNS - 12));
  const [first] = safe;
  if (first === undefined) return [];
  if (safe.length === 1) return [`${indent}/* ${first} */`];
  return [`${indent}/*`, ...safe.map((text) => `${indent} * ${text}`.trimEnd()), `${indent} */`];
}

/** Returns a text that is safe inside a C comment. */
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

/** Returns a string literal of printable ASCII characters. */
export function literal(text: string): string {
  return `"${text
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll('??', '?\\?')}"`;
}

/** Returns a u32 literal. */
export function u32(value: number): string {
  return value > 0x7fffffff ? `${value}u` : String(value);
}

/** Returns values between braces, wrapped. */
export function braces(values: readonly number[], indent: string): string {
  const text = values.join(', ');
  if (text.length <= 48) return `{ ${text} }`;
  const lines = folded(text, COLUMNS - 24);
  return `{\n${lines.map((line) => `${indent}\t${line}`).join('\n')}\n${indent}}`;
}

/** Returns the name of an errno in C; `ENOTSUPP` is internal to the kernel and becomes its number. */
export function errnoText(name: string | null): string {
  if (name === null) return '0';
  return name === 'ENOTSUPP' && isErrno(name) ? `${errnoNumber(name)} /* ENOTSUPP */` : name;
}
