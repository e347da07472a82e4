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
function plainColours(text: string): string {
  return text.replace(COLOUR, '');
}

/** JSON, whose texts contain any character. */
const JSON_LINE = /^\s*\{"/;
/** A special space between the values of JSON. */
const JSON_SPACE = /"[:,][\u00a0\u2000-\u200d\u202f\u2060\ufeff]/;

/** Removes invisible characters, and replaces special spaces. */
function plainSpaces(text: string): string {
  return inTokens(text, (tokens) => tokens.replace(ZERO_WIDTH, '').replace(SPACE, ' '));
}

/** Replaces typographic signs. Lines of JSON are left alone: their texts contain any character. */
function plainSigns(text: string): string {
  if (JSON_LINE.test(text)) return text;
  return inTokens(text, (tokens) => tokens.replace(SIGN, (sign) => SIGNS[sign] ?? sign));
}

/** Decodes entities, and removes tags. */
function plainHtml(text: string): string {
  return text.replace(TAG, '').replace(ENTITY, (whole, name, decimal, hex) => {
    if (typeof name === 'string') return ENTITIES[name.toLowerCase()] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    if (code === 0xa0) return ' ';
    return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const STRING = /"(?:[^"\\]|\\.)*"/g;
/** Signs where a tracer prints plain ones: quotes around strings, before a number, or for dots. A name may contain others. */
const SIGN_OF_TOKEN = /[“”„″…→⇒]|[‐‑‒–−—](?=[\d\s])|\d×/;
/** Entities, and tags at the ends of a line. */
const HTML =
  /&(?:lt|gt|amp|quot|apos|nbsp|#\d{1,6}|#x[\da-f]{1,5});|^\s*<(?:pre|code|span|div|p|br|tt)\b|<(?:\/(?:pre|code|span|div|p|tt)|br ?\/?)>\s*$/i;

/** The kinds of changed characters, each with the proof of the change in a line and the function that undoes it. */
export const CHARACTERS = [
  { kind: 'colours', shows: (text: string) => plainColours(text) !== text, plain: plainColours },
  // strings of traced programs may contain HTML
  { kind: 'html', shows: (text: string) => HTML.test(text.replace(STRING, '""')), plain: plainHtml },
  { kind: 'spaces', shows: showsSpaces, plain: plainSpaces },
  {
    kind: 'typographic',
    shows: (text: string) => !JSON_LINE.test(text) && SIGN_OF_TOKEN.test(text.slice(0, tokensEnd(text))),
    plain: plainSigns,
  },
] as const;

function showsSpaces(text: string): boolean {
  return (!JSON_LINE.test(text) || JSON_SPACE.test(text)) && plainSpaces(text) !== text;
}

/** Returns true if the text is a comment, which may contain any character. */
export function isNote(text: string): boolean {
  return /^\s*(?:#(?!033\[)|@)/.test(text);
}

/** Undoes a change in each line. */
export function characterStep(change: (text: string) => string): Step {
  return eachLine((line: Line) => withText(line, change(line.text)));
}
