// Finding a command by a few letters of it.

/** How well `query` matches `text`: lower is better, null for not at all. Letters have to come in order. */
function fuzzyRank(query: string, text: string): number | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const given = text.toLowerCase();
  const whole = given.indexOf(query.trim().toLowerCase());
  // the letters as typed are better than the same letters strewn about, and best at the start of a word
  if (whole >= 0) return whole === 0 ? 0 : isWordStart(given, whole) ? 1 : 2;
  let at = -1;
  let gaps = 0;
  for (const letter of wanted) {
    const next = given.indexOf(letter, at + 1);
    if (next < 0) return null;
    if (at >= 0 && next > at + 1 && !isWordStart(given, next)) gaps += next - at;
    if (at < 0 && !isWordStart(given, next)) gaps += 2;
    at = next;
  }
  return 3 + gaps;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[\s\-_·(]/.test(text.charAt(at - 1));
}

/** The items that match, the best first; equal ones stay in order. */
export function fuzzyFind<T>(query: string, items: readonly T[], textOf: (item: T) => string): readonly T[] {
  return items
    .flatMap((item) => {
      const rank = fuzzyRank(query, textOf(item));
      return rank === null ? [] : [{ item, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
