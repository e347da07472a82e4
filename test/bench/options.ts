// Options of `npm run bench --`.

/** The parts to run, and whether to limit them to a few seconds each. */
export interface Options {
  readonly quick: boolean;
  readonly only: readonly string[];
}

/** Parses a command line. Throws an Error with the usage on an unknown option or part. */
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
      if (unknown !== undefined) throw new Error(`unknown part '${unknown}'; ${usage}`);
    } else {
      throw new Error(`unknown option '${word}'; ${usage}`);
    }
  }
  return { quick, only };
}
