// The options of `irqscope explore`, parsed before the search. A problem names the option.

import { ok, type Problem, type Result } from '../base/result.ts';
import type { IrqMode, ModeLines } from '../explore/alphabet.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../explore/export/index.ts';
import { predicateText } from '../explore/predicateText.ts';
import { composedQuestion, type Question, questionById } from '../explore/questions.ts';
import type { Reviewed } from '../explore/review/reviewed.ts';
import { type AskedSearch, askedAlphabet, askedPredicate, askedSide } from '../explore/setUp.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { generation, generationById } from '../kernel/generations/index.ts';
import { kernelById, type NamedKernel } from '../kernel/kernels.ts';
import type { RaiseAbility } from '../machine/device.ts';
import { DEVICES, deviceByName } from '../machine/devices.ts';
import { type AlphabetPart, SEARCH_MODES } from '../session/search.ts';
import { ADDED_PARTS, LEFT_OUT_PARTS, type PartWords } from '../views/explore/commandLine.ts';
import { GENERATION_NAMES, type Given, kernelArgument, readArguments, wrong } from './arguments.ts';

/** The search as the options describe it. */
export interface ExploreArguments {
  readonly search: AskedSearch;
  readonly json: boolean;
  /** Format of an export, which replaces the search; null to search. */
  readonly exportAs: ExportFormat | null;
  /** File for the export; null for standard output. */
  readonly out: string | null;
}

/** The options ask for the list of questions instead of a search. */
export const LIST = 'list';

const VALUES = [
  ...(['generation', 'kernel', 'against', 'vectors', 'irqs', 'cpu-vectors', 'question', 'where'] as const),
  ...(['max-depth', 'max-states', 'fds', 'block', 'with', 'without', 'device', 'export', 'out'] as const),
  ...(['modes', 'msi-vectors', 'pin', 'pcie', 'maskable', 'raise'] as const),
];
const FLAGS = ['no-dynamic', 'json', 'list', 'msi'] as const;

type Name = (typeof VALUES)[number];
type AskedDevice = Parameters<typeof askedSide>[2]['device'];
type Options = Given<Name, (typeof FLAGS)[number]>;

/** A generation, with the release facts of a named kernel or of its recorded one. */
type AskedKernel = readonly [Generation, NamedKernel | null];

/** Parses the options after `explore`. */
export function parseExplore(args: readonly string[]): Result<ExploreArguments | typeof LIST> {
  const given = readArguments(args, { values: VALUES, flags: FLAGS, paths: false });
  if (!given.ok) return given;
  return given.value.has('list') ? ok(LIST) : assemble(given.value);
}

function assemble(options: Options): Result<ExploreArguments> {
  const problems: Problem[] = [];
  const take = <T>(result: Result<T>): T | null => {
    if (result.ok) return result.value;
    problems.push(...result.problems);
    return null;
  };
  const number = (name: Name, from: number, to: number) => take(numberIn(options, name, from, to));

  const kernel = take(options.has('kernel') ? namedKernel(options) : kernelOf(options, 'generation'));
  const against = options.has('against') ? take(kernelOf(options, 'against')) : null;
  const question = take(questionOf(options));
  const model = options.text('device') ?? 'nvme';
  if (deviceByName(model) === undefined) {
    take(wrong('--device', `one of ${DEVICES.map(({ name }) => name).join(', ')}`, model));
  }
  if (problems.length === 0 && question !== null) take(sidesFit(question, options.text('against')));
  const used = take(modesIn(options)) ?? [];
  const [mode, ...also] = used;
  const device = options.has('msi') ? null : take(deviceIn(options, used));
  const added = take(partsIn(options, 'with', ADDED_PARTS)) ?? [];
  const leftOut = take(partsIn(options, 'without', LEFT_OUT_PARTS)) ?? [];
  const usual = LEFT_OUT_PARTS.map(([part]) => part);
  const alphabet = askedAlphabet({
    ...(mode ?? { mode: 'msix', vectors: 0 }),
    also,
    block: number('block', 1, 4) ?? 2,
    eventfds: number('fds', 0, 8) ?? 1,
    parts: [...added, ...usual.filter((part) => !leftOut.includes(part))],
  });
  const host = {
    model,
    ...(device === null ? {} : { device }),
    dynamic: !options.has('no-dynamic'),
    irqs: number('irqs', 0, 4096),
    cpuVectors: number('cpu-vectors', 0, 4096),
  };
  const bounds = {
    maxDepth: number('max-depth', 0, 1000),
    maxStates: number('max-states', 1, 50_000_000) ?? 2_000_000,
  };
  const exportAs = take(formatOf(options));
  const [one, ...more] = problems;
  if (one !== undefined) return { ok: false, problems: [one, ...more] };
  if (kernel === null || question === null) throw new Error('a missing value without a problem');
  const first = askedSide(...kernel, host, alphabet);
  return ok({
    search: {
      sides: against === null ? [first] : [first, askedSide(...against, host, alphabet)],
      alphabet,
      question,
      bounds,
    },
    json: options.has('json'),
    exportAs,
    out: options.text('out') ?? null,
  });
}

/** Fails if a question that compares two kernels has one kernel, or a question about one kernel has two. */
function sidesFit({ id, sides }: Question, against: string | undefined): Result<null> {
  if (sides === (against === undefined ? 1 : 2)) return ok(null);
  const expected =
    sides === 2
      ? `a generation or kernel to compare with, because ${id} compares two kernels`
      : `no second kernel, because ${id} is about one kernel`;
  return wrong('--against', expected, against ?? 'no option');
}

/** Returns the kernel of an option that accepts a generation or the id of a kernel. */
function kernelOf<N extends 'generation' | 'against'>(
  options: Pick<Given<N, never>, 'text'>,
  name: N,
): Result<AskedKernel> {
  const text = options.text(name) ?? '';
  const known = generationById(text);
  if (known !== undefined) return ok([known, null]);
  const kernel = kernelById(text);
  if (kernel !== undefined) return ok([generation(kernel.generation), kernel]);
  const expected = `one of ${GENERATION_NAMES}, or a kernel of irqscope kernels`;
  return wrong(`--${name}`, expected, options.text(name) ?? 'no option');
}

function namedKernel(options: Pick<Given<'kernel' | 'generation', never>, 'text'>): Result<AskedKernel> {
  const named = kernelArgument('--kernel', options.text('kernel'));
  if (!named.ok) return named;
  const beside = options.text('generation');
  if (beside !== undefined) return wrong('--generation', 'no option beside --kernel', beside);
  return ok([generation(named.value.generation), named.value]);
}

/** Reads `--question`, `--where`, or both; with both, both have to be true in one step. */
function questionOf(options: Options): Result<Question> {
  const id = options.text('question');
  const text = options.text('where');
  const named = id === undefined ? null : questionById(id);
  if (named !== null && !named.ok) return wrong('--question', 'an id that --list prints', id ?? '');
  const question = named?.value ?? null;
  if (text === undefined) {
    const expected = 'a question (--list prints them) or --where with a predicate';
    return question === null ? wrong('--question', expected, 'neither option') : ok(question);
  }
  if (question?.sides === 2) {
    return wrong('--where', `no predicate, because ${question.id} compares two kernels`, text);
  }
  const where = askedPredicate(text, question?.where ?? null);
  if (where.ok) return ok(composedQuestion(question?.id ?? 'where', predicateText(where.value), where.value));
  const [{ at, ...problem }] = where.problems;
  return { ok: false, problems: [{ at: { path: '--where', ...at }, ...problem }] };
}

/** The modes of the operations: `--modes`, or `--msi` for MSI alone with `--vectors`. */
function modesIn(options: Options): Result<readonly ModeLines[]> {
  const vectors = numberIn(options, 'vectors', 0, 32);
  if (!vectors.ok) return vectors;
  if (options.has('msi') && options.has('modes')) return wrong('--msi', 'no option beside --modes', '--msi');
  const text = options.text('modes') ?? (options.has('msi') ? 'msi' : 'msix');
  const words = text.split(',');
  const modes = SEARCH_MODES.filter((mode) => words.includes(mode));
  if (modes.length !== words.length) return wrong('--modes', `some of ${SEARCH_MODES.join(', ')}`, text);
  const msi = options.has('msi') ? vectors : numberIn(options, 'msi-vectors', 0, 32);
  if (!msi.ok) return msi;
  const name = options.has('msi') ? '--vectors' : '--msi-vectors';
  const count: Readonly<Record<IrqMode, number>> = {
    msix: vectors.value ?? 3,
    msi: msi.value ?? 2,
    intx: 1,
  };
  if (modes.includes('msi') && ![1, 2, 4, 8, 16, 32].includes(count.msi)) {
    return wrong(name, 'a power of two from 1 to 32 for MSI', String(count.msi));
  }
  if (modes.includes('msix') && count.msix === 0) {
    return wrong('--vectors', 'a whole number from 1 to 32 for MSI-X', '0');
  }
  return ok(modes.map((mode) => ({ mode, vectors: count[mode] })));
}

const RAISES: readonly RaiseAbility[] = ['never', 'with-msix', 'always'];

/** The facts of the device; a capability without operations keeps the vectors that an option names. */
function deviceIn(options: Options, used: readonly ModeLines[]): Result<NonNullable<AskedDevice>> {
  const flag = (name: 'pin' | 'pcie' | 'maskable'): Result<boolean | null> => {
    const text = options.text(name);
    if (text === undefined) return ok(null);
    return text === 'yes' || text === 'no' ? ok(text === 'yes') : wrong(`--${name}`, 'yes or no', text);
  };
  const [intx, pcie, maskable] = [flag('pin'), flag('pcie'), flag('maskable')];
  for (const one of [intx, pcie, maskable]) if (!one.ok) return one;
  const text = options.text('raise');
  const raise = RAISES.find((one) => one === text);
  if (text !== undefined && raise === undefined) return wrong('--raise', `one of ${RAISES.join(', ')}`, text);
  const vectors = (mode: IrqMode, name: Name) =>
    used.find((one) => one.mode === mode)?.vectors ?? Number(options.text(name) ?? 0);
  return ok({
    msix: vectors('msix', 'vectors'),
    msi: vectors('msi', 'msi-vectors'),
    intx: intx.ok ? intx.value : null,
    pcie: pcie.ok ? pcie.value : null,
    maskable: maskable.ok ? maskable.value : null,
    raise: raise ?? null,
  });
}

function formatOf(options: Options): Result<ExportFormat | null> {
  const text = options.text('export');
  if (text === undefined) {
    return options.has('out') ? wrong('--export', 'a format for the file of --out', 'no option') : ok(null);
  }
  const format = EXPORT_FORMATS.find((known) => known === text);
  return format === undefined ? wrong('--export', `one of ${EXPORT_FORMATS.join(', ')}`, text) : ok(format);
}

function partsIn(
  options: Options,
  name: 'with' | 'without',
  known: PartWords,
): Result<readonly AlphabetPart[]> {
  const words = (options.text(name) ?? '').split(',').filter((word) => word !== '');
  const unknown = words.find((word) => !known.some(([, one]) => one === word));
  if (unknown === undefined) return ok(known.flatMap(([part, one]) => (words.includes(one) ? [part] : [])));
  return wrong(`--${name}`, `names of ${known.map(([, one]) => one).join(', ')}`, unknown);
}

function numberIn(options: Options, name: Name, from: number, to: number): Result<number | null> {
  const text = options.text(name);
  if (text === undefined) return ok(null);
  const value = Number(text);
  const fine = /^\d+$/.test(text) && value >= from && value <= to;
  return fine ? ok(value) : wrong(`--${name}`, `a whole number from ${from} to ${to}`, text);
}

/** The kernels of a review. */
export interface ReviewArguments {
  readonly a: Reviewed;
  readonly b: Reviewed;
  /** `mail` is a mail to a list, `program` a C program that tells the kernels apart. */
  readonly form: 'text' | 'json' | 'mail' | 'program';
}

/** Parses the options after `review`. */
export function parseReview(args: readonly string[]): Result<ReviewArguments> {
  const given = readArguments(args, {
    values: ['generation', 'kernel', 'against'],
    flags: ['json', 'mail', 'program'],
    paths: false,
  });
  if (!given.ok) return given;
  const options = given.value;
  const forms = (['json', 'mail', 'program'] as const).filter((form) => options.has(form));
  if (forms.length > 1)
    return wrong('review', 'one of --json, --mail and --program', forms.map((form) => `--${form}`).join(' '));
  const a = options.has('kernel') ? namedKernel(options) : kernelOf(options, 'generation');
  if (!a.ok) return a;
  const b = kernelOf(options, 'against');
  if (!b.ok) return b;
  const reviewed = ([generation, kernel]: AskedKernel): Reviewed => ({ generation, kernel });
  return ok({ a: reviewed(a.value), b: reviewed(b.value), form: forms[0] ?? 'text' });
}
