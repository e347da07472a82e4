// Our own words in ASCII, the convention of mailing lists and of C.

const PLAIN: readonly (readonly [string, string])[] = [
  ['−', '-'],
  ['–', '-'],
  ['’', "'"],
  ['“', '"'],
  ['”', '"'],
  ['→', '->'],
  ['≥', '>='],
  ['≤', '<='],
  ['·', '-'],
  ['…', '...'],
  ['×', 'x'],
];

/** Returns a text of ours with its typographic signs in ASCII. */
export function inAscii(text: string): string {
  return PLAIN.reduce((made, [sign, plain]) => made.replaceAll(sign, plain), text);
}
