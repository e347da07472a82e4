// Undoes changes of single characters: colours of terminals, invisible characters, typographic signs, HTML entities and tags.

import { eachLine, type Line, type Step, withText } from './line.ts';

const ESC = '\\u001b';
/** Escape sequences, also as “^[” and “#033”, in which editors and rsyslog write the escape character. */
const COLOUR = new RegExp(
  `(?:${ESC}|\\^\\[|#033)\\[[\\d;?]{0,32}[A-Za-z]|${ESC}\\][^\\u0007${ESC}]{0,400}(?:\\u0007|${ESC}\\\\)|${ESC}[()][A-Z\\d]`,
  'g',
);

const ZERO_WIDTH = /\u00ad|\u200b|\u200c|\u200d|\u2060|\ufeff|\u200e|\u200f/g;
const SPACE = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

const SIGNS: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '″': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '′': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '−': '-',
  '—': '---',
  '…': '...',
  '→': '->',
  '⇒': '=>',
  '×': 'x',
};
const SIGN = /[“”„«»″‘’‚′‐‑‒–−—…→⇒×]/g;

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  hellip: '...',
  ndash: '-',
  mdash: '---',
  minus: '-',
  ldquo: '"',
  rdquo: '"',
  lsquo: "'",
  rsquo: "'",
  times: 'x',
  rarr: '->',
};
const ENTITY = /&(?:([a-z]{2,6})|#(\d{1,6})|#x([\da-f]{1,5}));/gi;
const TAG = /<\/?(?:pre|code|span|div|p|br|tt|samp|blockquote)(?: [^<>]{0,200})?\/?>/gi;

/** Returns the number of characters at the begin of a line in which signs are tokens; what follows is a note. */
function tokensEnd(text: string): number {
  if (/^\s*[#@]/.test(text)) return 0;
  const note = text.indexOf(' #');
  return note < 0 ? text.length : note;
}

function inTokens(text: string, change: (tokens: string) => string): string {
  const end = tokensEnd(text);
  return end === 0 ? text : change(text.slice(0, end)) + text.slice(end);
}

/** Removes the colours of a terminal. */
export function plainColours(text: string): string {
  return text.replace(COLOUR, '');
}

/** JSON, whose texts contain any character. */
const JSON_LINE = /^\s*\{"/;
/** A special space between the values of JSON. */
const JSON_SPACE = /"[:,][\u00a0\u2000-\u200d\u202f\u2060\ufeff]/;

/** Removes invisible characters, and replaces special spaces. */
export function plainSpaces(text: string): string {
  return inTokens(text, (tokens) => tokens.replace(ZERO_WIDTH, '').replace(SPACE, ' '));
}

/** Replaces typographic signs. Lines of JSON are left alone: their texts contain any character. */
export function plainSigns(text: string): string {
  if (JSON_LINE.test(text)) return text;
  return inTokens(text, (tokens) => tokens.replace(SIGN, (sign) => SIGNS[sign] ?? sign));
}

/** Decodes entities, and removes tags. */
export function plainHtml(text: string): string {
  return text.replace(TAG, '').replace(ENTITY, (whole, name, decimal, hex) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    if (code === 0xa0) return ' ';
    return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** The kinds of changed characters with the function that undoes each. */
export const CHARACTERS = [
  ['colours', plainColours],
  ['html', plainHtml],
  ['spaces', plainSpaces],
  ['typographic', plainSigns],
] as const;

/** Returns true if a line that is no comment shows the change. */
export function showsChange(change: (text: string) => string, text: string): boolean {
  if (/^\s*[#@]/.test(text)) return false;
  if (change === plainSpaces && JSON_LINE.test(text) && !JSON_SPACE.test(text)) return false;
  return change(text) !== text;
}

/** Undoes a change in each line. */
export function characterStep(change: (text: string) => string): Step {
  return eachLine((line: Line) => withText(line, change(line.text)));
}
