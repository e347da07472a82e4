// Finds commands by words or by a few letters.

const LETTER = /[\p{L}\p{N}]/u;

/** The place of `wanted` in `text` between two word boundaries; −1 without one. `open`: only its beginning is a boundary. */
function wordPlace(wanted: string, text: string, open: boolean): number {
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length;
    const starts = at === 0 || !LETTER.test(text.charAt(at - 1)) || !LETTER.test(wanted.charAt(0));
    const ends = open || end === text.length || !LETTER.test(text.charAt(end));
    if (starts && ends) return at;
  }
  return -1;
}

/** True where the words of `query` occur in `text` as whole words, side by side. */
export function isWholeWord(query: string, text: string): boolean {
  const wanted = query.trim().toLowerCase();
  return wanted !== '' && wordPlace(wanted, text.toLowerCase(), false) >= 0;
}

/**
 * Returns how well `query` matches `text`: lower is better, null for no match. Whole words come first, then words that begin
 * like the query, then the letters as typed, then the letters in this order with gaps.
 */
function rankIn(query: string, text: string): number | null {
  const wanted = query.trim().toLowerCase();
  const given = text.toLowerCase();
  const words = wanted.split(/\s+/);
  const whole = wordPlace(wanted, given, false);
  if (whole >= 0) return whole === 0 ? 0 : 1;
  if (words.every((word) => wordPlace(word, given, false) >= 0)) return 2;
  const start = wordPlace(wanted, given, true);
  if (start >= 0) return start === 0 ? 3 : 4;
  if (words.every((word) => wordPlace(word, given, true) >= 0)) return 5;
  if (given.includes(wanted)) return 6;
  let at = -1;
  let gaps = 0;
  for (const letter of words.join('')) {
    const next = given.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (at >= 0 && next > at + 1 && !isWordStart(given, next)) gaps += next - at;
    if (at < 0 && !isWordStart(given, next)) gaps += 2;
    at = next;
  }
  return 7 + gaps;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !LETTER.test(text.charAt(at - 1));
}

/**
 * Returns the matching items, the best first; equally good ones keep their order. An item has a title, and may have further
 * texts, which match only by whole words and beginnings of words.
 */
export function fuzzyFind<T>(
  query: string,
  items: readonly T[],
  textsOf: (item: T) => string | readonly [title: string, ...also: string[]],
): readonly T[] {
  if (query.trim() === '') return items;
  return items
    .flatMap((item) => {
      const texts = textsOf(item);
      const [title, ...also] = typeof texts === 'string' ? ([texts] as const) : texts;
      const ranks = [rankIn(query, title), ...also.map((text) => rankIn(query, text))].filter(
        (rank, place): rank is number => rank !== null && (place === 0 || rank < 6),
      );
      return ranks.length === 0 ? [] : [{ item, rank: Math.min(...ranks) }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
