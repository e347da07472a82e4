// Options of `npm run bench --`.

import { parseArgs } from 'node:util';
import type { How } from './figure.ts';

/** The parsed command line. */
export interface Options extends How {
  /** The parts to run; null for all, or for those of the compared report. */
  readonly only: readonly string[] | null;
  /** The report to compare with, or null. */
  readonly compare: string | null;
  /** The file for the result, or null for the usual one. */
  readonly out: string | null;
  /** The page in dist/ is up to date. */
  readonly built: boolean;
  readonly help: boolean;
}

const ROUNDS = 5;
const QUICK_ROUNDS = 3;
const MOST_ROUNDS = 100;

const OPTIONS = {
  quick: { type: 'boolean' },
  long: { type: 'boolean' },
  only: { type: 'string' },
  rounds: { type: 'string' },
  compare: { type: 'string' },
  out: { type: 'string' },
  built: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Returns the usage, with the names of the parts. */
export function usageOf(parts: readonly string[]): string {
  return `usage: npm run bench -- [options]
  --only PART[,PART…]  only some parts of ${parts.join(', ')}
  --quick              smaller problems and ${QUICK_ROUNDS} runs, a minute or two per part
  --long               also a million lines and a million events
  --rounds N           runs behind each figure, ${ROUNDS} unless told (at most ${MOST_ROUNDS})
  --out FILE           the file for the result instead of .cache/bench.json (.cache/bench-compare.json with --compare)
  --compare OLD.json   measures the commit of that report and this tree in turn, and compares them
  --built              takes the page in dist/ as it is
  --help               prints this text`;
}

/** Parses a command line. Throws an Error with the usage when an option, a part or a number is wrong. */
export function parseOptions(words: readonly string[], parts: readonly string[]): Options {
  const wrong = (problem: string) => new Error(`${problem}\n${usageOf(parts)}`);
  const values = parsed(words, wrong);
  if (values.only === '') throw wrong('--only needs the name of a part');
  const only = values.only?.split(',') ?? null;
  const unknown = only?.find((name) => !parts.includes(name));
  if (unknown !== undefined) throw wrong(`unknown part '${unknown}' in --only`);
  const quick = values.quick === true;
  const usual = quick && values.compare === undefined ? QUICK_ROUNDS : ROUNDS;
  const rounds = values.rounds ?? `${usual}`;
  if (!/^\d{1,3}$/.test(rounds) || Number(rounds) < 1 || Number(rounds) > MOST_ROUNDS)
    throw wrong(`--rounds needs a whole number from 1 to ${MOST_ROUNDS}, found '${rounds}'`);
  for (const name of ['compare', 'out'] as const)
    if (values[name] === '') throw wrong(`--${name} needs the name of a file`);
  if (values.compare !== undefined && values.built === true)
    throw wrong('--compare builds both pages itself; leave --built out');
  return {
    quick,
    long: values.long === true,
    only: only === null ? null : parts.filter((name) => only.includes(name)),
    rounds: Number(rounds),
    compare: values.compare ?? null,
    out: values.out ?? null,
    built: values.built === true,
    help: values.help === true,
  };
}

function parsed(words: readonly string[], wrong: (problem: string) => Error) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    // the first sentence names the option; the others explain Node's own rules
    const [problem = ''] = (error instanceof Error ? error.message : String(error)).split(/\.\s|\n/);
    throw wrong(problem.replace(/\.$/, ''));
  }
}
