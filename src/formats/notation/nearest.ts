// "Did you mean": finds the known word nearest to a mistyped one.

/** The longest text that is compared. Keywords are shorter, and the limit bounds the work. */
const LONGEST = 40;

/** Returns the word nearest to `typed`, or undefined if no word is close. Ignores case. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  if (typed.length > LONGEST) return undefined;
  const given = typed.toLowerCase();
  let best: string | undefined;
  let bestDistance = 1 + Math.max(1, Math.floor(given.length / 3));
  for (const word of words) {
    const meant = word.toLowerCase();
    // an unfinished word counts as one wrong letter
    const distance = given.length > 1 && meant.startsWith(given) ? 1 : editDistance(given, meant);
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** Returns the number of letters to insert, delete, replace or swap with a neighbour to turn one word into the other. */
function editDistance(from: string, to: string): number {
  // rows of the table for the last two letters of `from`, each as long as `to`
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let distance = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        distance = Math.min(distance, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}
