// A message of a program with its explanation: tables of such entries are data, tried in their order.

/** A known message. */
export interface Passage {
  readonly match: RegExp;
  /** Returns the explanation, one sentence without a full stop, from the whole match and its groups. */
  readonly why: (...groups: readonly string[]) => string;
}

/** The most characters of a line that are examined: a message is short, and some patterns take long on long lines. */
export const EXAMINED = 4_000;

/** Makes an entry of a table. */
export function passage(match: RegExp, why: (...groups: readonly string[]) => string): Passage {
  return { match, why };
}

/** Returns the explanation of the first entry that matches with its groups, or null. */
export function explain<T extends Passage>(
  table: readonly T[],
  text: string,
): { readonly why: string; readonly entry: T; readonly groups: readonly string[] } | null {
  const short = text.slice(0, EXAMINED);
  for (const entry of table) {
    const found = entry.match.exec(short);
    if (found === null) continue;
    const groups = [...found];
    return { why: entry.why(...groups), entry, groups };
  }
  return null;
}
