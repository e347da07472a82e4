// What may be said after `npm run bench --`.

/** Which parts, and whether only what takes seconds. */
export interface Options {
  readonly quick: boolean;
  readonly only: readonly string[];
}

/** The options of a command line. Throws an error that says what may be said. */
export function parseOptions(words: readonly string[], parts: readonly string[]): Options {
  const usage = `usage: npm run bench -- [--quick] [--only PART[,PART…]], PART one of ${parts.join(', ')}`;
  let quick = false;
  let only = parts;
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === '--quick') {
      quick = true;
    } else if (word === '--only') {
      only = (words[++at] ?? '').split(',');
      const unknown = only.find((name) => !parts.includes(name));
      if (unknown !== undefined) throw new Error(`there is no part '${unknown}'; ${usage}`);
    } else {
      throw new Error(`'${word}' is not an option; ${usage}`);
    }
  }
  return { quick, only };
}
