// Arguments of `irqscope explore`, parsed before anything is searched. A problem names the option.

import { failed, ok, type Problem, type Result } from '../base/result.ts';
import { type AlphabetSpec, USUAL_ALPHABET, USUAL_FAULTS } from '../explore/alphabet.ts';
import { MOST_ATOMS } from '../explore/asked.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../explore/export/index.ts';
import { atomUses, parsePredicate, predicateText } from '../explore/predicate.ts';
import { composedQuestion, type Question, questionById } from '../explore/questions.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { GENERATIONS, generationById } from '../kernel/generations/index.ts';
import { DEVICES, deviceByName } from '../machine/devices.ts';

/** What is to be searched, as it was asked for. */
export interface ExploreArguments {
  readonly generations: readonly [Generation] | readonly [Generation, Generation];
  /** The catalogue's name. */
  readonly device: string;
  readonly irqs: number | null;
  readonly cpuVectors: number | null;
  readonly noDyn: boolean;
  readonly alphabet: AlphabetSpec;
  readonly question: Question;
  readonly maxDepth: number | null;
  readonly maxStates: number;
  readonly json: boolean;
  /** Write the problem for another engine instead of searching. */
  readonly exportAs: ExportFormat | null;
  /** File for the export; null for standard output. */
  readonly out: string | null;
}

/** The list of questions was asked for instead of a search. */
export const LIST = 'list';

const GENERATION_NAMES = GENERATIONS.map(({ id }) => id).join(', ');
const WITH = ['raise', 'loopback', 'disable', 'count-zero', 'close', 'reset', 'faults'] as const;
const WITHOUT = ['minus-one', 'bad-fd'] as const;
const FLAGS = ['--no-dynamic', '--json', '--list', '--msi'] as const;

type OptionValues = ReadonlyMap<string, string>;

const OPTIONS = [
  ...['--generation', '--against', '--vectors', '--irqs', '--cpu-vectors', '--question', '--where'],
  ...['--max-depth', '--max-states', '--fds', '--block', '--with', '--without', '--device'],
  ...['--export', '--out'],
];

/** Reads the options behind `explore`. */
export function parseExplore(args: readonly string[]): Result<ExploreArguments | typeof LIST> {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let at = 0; at < args.length; at++) {
    const name = args[at] ?? '';
    if (FLAGS.some((flag) => flag === name)) {
      flags.add(name);
    } else if (OPTIONS.includes(name)) {
      at++;
      const value = args[at];
      if (value === undefined) return wrong(name, 'a value', 'nothing');
      values.set(name, value);
    } else {
      return wrong(name, `one of ${[...OPTIONS, ...FLAGS].join(', ')}`, name);
    }
  }
  return flags.has('--list') ? ok(LIST) : assemble(values, flags);
}

function assemble(values: OptionValues, flags: ReadonlySet<string>): Result<ExploreArguments> {
  const problems: Problem[] = [];
  const take = <T>(result: Result<T>, instead: T): T => {
    if (result.ok) return result.value;
    problems.push(...result.problems);
    return instead;
  };
  const [first] = GENERATIONS;
  if (first === undefined) throw new Error('no generations');
  const number = (name: string, usual: number, from: number, to: number) =>
    take(numberIn(values, name, from, to), null) ?? usual;

  const generation = take(generationOf(values, '--generation'), first);
  const against = values.has('--against') ? take(generationOf(values, '--against'), first) : null;
  const question = take(questionOf(values), composedQuestion('where', '', { is: 'fails' }));
  const device = values.get('--device') ?? 'nvme';
  if (deviceByName(device) === undefined) {
    problems.push(problem('--device', `one of ${DEVICES.map(({ name }) => name).join(', ')}`, device));
  }
  const sides = against === null ? 1 : 2;
  if (problems.length === 0 && question.sides !== sides) {
    const expected =
      question.sides === 2
        ? `a generation to compare with, because ${question.id} asks about two`
        : `no second generation, because ${question.id} asks about one`;
    problems.push(problem('--against', expected, against?.id ?? 'nothing'));
  }
  const mode = flags.has('--msi') ? 'msi' : 'msix';
  const vectors = number('--vectors', USUAL_ALPHABET.vectors, 1, 32);
  if (mode === 'msi' && 2 ** Math.floor(Math.log2(vectors)) !== vectors) {
    problems.push(problem('--vectors', 'a power of two, with --msi', String(vectors)));
  }
  const extras = take(namesIn(values, '--with', WITH), []);
  const left = take(namesIn(values, '--without', WITHOUT), []);
  const alphabet: AlphabetSpec = {
    ...USUAL_ALPHABET,
    mode,
    vectors,
    maxBlock: number('--block', USUAL_ALPHABET.maxBlock, 1, 4),
    goodFds: number('--fds', USUAL_ALPHABET.goodFds, 0, 8),
    minusOne: !left.includes('minus-one'),
    badFd: !left.includes('bad-fd'),
    countZero: extras.includes('count-zero'),
    disable: extras.includes('disable'),
    loopback: extras.includes('loopback'),
    raise: extras.includes('raise'),
    close: extras.includes('close'),
    reset: extras.includes('reset'),
    faults: extras.includes('faults') ? USUAL_FAULTS : [],
  };
  const parsed: ExploreArguments = {
    generations: against === null ? [generation] : [generation, against],
    device,
    irqs: take(numberIn(values, '--irqs', 0, 4096), null),
    cpuVectors: take(numberIn(values, '--cpu-vectors', 0, 4096), null),
    noDyn: flags.has('--no-dynamic'),
    alphabet,
    question,
    maxDepth: take(numberIn(values, '--max-depth', 0, 1000), null),
    maxStates: number('--max-states', 2_000_000, 1, 50_000_000),
    json: flags.has('--json'),
    exportAs: take(formatOf(values), null),
    out: values.get('--out') ?? null,
  };
  const [one, ...more] = problems;
  return one === undefined ? ok(parsed) : failed(one, ...more);
}

function generationOf(values: OptionValues, name: string): Result<Generation> {
  const text = values.get(name);
  const known = generationById(text ?? '');
  return known === undefined ? wrong(name, `one of ${GENERATION_NAMES}`, text ?? 'nothing') : ok(known);
}

/** `--question`, `--where`, or both: then both have to hold in one step. */
function questionOf(values: OptionValues): Result<Question> {
  const id = values.get('--question');
  const text = values.get('--where');
  if (id === undefined && text === undefined) {
    return wrong('--question', 'a question (--list prints them) or --where with a predicate', 'nothing');
  }
  const named = id === undefined ? null : questionById(id);
  if (named !== null && !named.ok) return wrong('--question', 'one of those that --list prints', id ?? '');
  if (text === undefined) return named ?? wrong('--question', 'a question', 'nothing');
  const predicate = parsePredicate(text);
  if (!predicate.ok) {
    const [{ at, expected, found }] = predicate.problems;
    return failed({ at: { path: '--where', ...at }, expected, found });
  }
  const question = named?.value ?? null;
  if (question?.sides === 2) return wrong('--where', `nothing, because ${question.id} compares two`, text);
  const where = question?.where ? { all: [question.where, predicate.value] } : predicate.value;
  if (atomUses(where).length > MOST_ATOMS) return wrong('--where', `at most ${MOST_ATOMS} predicates`, text);
  return ok(composedQuestion(question?.id ?? 'where', predicateText(where), where));
}

function formatOf(values: OptionValues): Result<ExportFormat | null> {
  const text = values.get('--export');
  if (text === undefined) {
    return values.has('--out') ? wrong('--export', 'a format for the file of --out', 'nothing') : ok(null);
  }
  const format = EXPORT_FORMATS.find((known) => known === text);
  return format === undefined ? wrong('--export', `one of ${EXPORT_FORMATS.join(', ')}`, text) : ok(format);
}

function namesIn(values: OptionValues, option: string, known: readonly string[]): Result<readonly string[]> {
  const names = (values.get(option) ?? '').split(',').filter((name) => name !== '');
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined ? ok(names) : wrong(option, `names of ${known.join(', ')}`, unknown);
}

function numberIn(values: OptionValues, name: string, from: number, to: number): Result<number | null> {
  const text = values.get(name);
  if (text === undefined) return ok(null);
  const value = Number(text);
  const fine = /^\d+$/.test(text) && value >= from && value <= to;
  return fine ? ok(value) : wrong(name, `a whole number from ${from} to ${to}`, text);
}

function problem(path: string, expected: string, found: string): Problem {
  return { at: { path }, expected, found };
}

function wrong(path: string, expected: string, found: string): ReturnType<typeof failed> {
  return failed(problem(path, expected, found));
}
