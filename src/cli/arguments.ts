// The arguments of a command, parsed before it runs. A problem names the option and the accepted input.

import { parseArgs } from 'node:util';
import { failed, ok, type Result } from '../base/result.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { GENERATIONS, generationById } from '../kernel/generations/index.ts';
import { KERNELS, kernelById, type NamedKernel } from '../kernel/kernels.ts';
import { problemText } from '../text/problem.ts';

/** The accepted arguments of a command: names of options without their dashes, and whether it reads files. */
export interface Accepted<V extends string, F extends string> {
  /** Options with a value. */
  readonly values: readonly V[];
  /** Options without a value. */
  readonly flags: readonly F[];
  readonly paths: boolean;
}

/** The arguments of one call. An option that is repeated has its last value. */
export interface Given<V extends string, F extends string> {
  /** Returns the value of an option; undefined without the option. */
  readonly text: (name: V) => string | undefined;
  readonly has: (name: V | F) => boolean;
  readonly paths: readonly string[];
}

/** Reads the accepted arguments. */
export function readArguments<V extends string, F extends string>(
  args: readonly string[],
  accepted: Accepted<V, F>,
): Result<Given<V, F>> {
  const options: Record<string, { readonly type: 'string' | 'boolean' }> = {};
  for (const name of accepted.values) options[name] = { type: 'string' };
  for (const name of accepted.flags) options[name] = { type: 'boolean' };
  const names = Object.keys(options).map((name) => `--${name}`);
  const one = `one of ${[...names, ...(accepted.paths ? ['a path'] : [])].join(', ')}`;
  const expected = names.length === 0 && !accepted.paths ? 'no argument' : one;
  const values = new Map<string, string>();
  const paths: string[] = [];
  // not strict: the parser's own errors do not list the accepted options
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') {
      if (!accepted.paths) return wrong(token.value, expected, token.value);
      paths.push(token.value);
      continue;
    }
    const { rawName, value } = token;
    if (!names.includes(rawName)) return wrong(rawName, expected, rawName);
    const isFlag = accepted.flags.some((name) => name === token.name);
    if (isFlag && value !== undefined) return wrong(rawName, 'no value', value);
    if (!isFlag && value === undefined) return wrong(rawName, 'a value', 'the end of the command');
    values.set(token.name, value ?? '');
  }
  return ok({ text: (name) => values.get(name), has: (name) => values.has(name), paths });
}

/** The arguments of the commands that read files. */
export interface Arguments {
  readonly generation: Generation | null;
  readonly kernel: NamedKernel | null;
  readonly json: boolean;
  readonly paths: readonly string[];
}

/** Parses `--json`, and those of `--generation G`, `--kernel ID` and paths that the command accepts. */
export function parseArguments(
  args: readonly string[],
  values: readonly ('generation' | 'kernel')[] = ['generation', 'kernel'],
  paths = true,
): Result<Arguments> {
  const given = readArguments(args, { values, flags: ['json'], paths });
  if (!given.ok) return given;
  const { text, has } = given.value;
  const id = text('generation');
  const generation = id === undefined ? null : generationById(id);
  if (generation === undefined) return wrong('--generation', `one of ${GENERATION_NAMES}`, id ?? '');
  const kernel = has('kernel') ? kernelArgument('--kernel', text('kernel')) : ok(null);
  if (!kernel.ok) return kernel;
  if (generation !== null && kernel.value !== null) {
    const expected = 'no --generation beside --kernel, which names a generation and its facts';
    return wrong('--generation', expected, generation.id);
  }
  return ok({ generation, kernel: kernel.value, json: has('json'), paths: given.value.paths });
}

/** The ids of the generations, for messages. */
export const GENERATION_NAMES = GENERATIONS.map(({ id }) => id).join(', ');

/** Returns the kernel that an option names. */
export function kernelArgument(option: string, id: string | undefined): Result<NamedKernel> {
  const known = kernelById(id ?? '');
  if (known !== undefined) return ok(known);
  return wrong(option, `one of ${KERNELS.map((one) => one.id).join(', ')}`, id ?? 'no value');
}

/** Returns the problem of one option. */
export function wrong(option: string, expected: string, found: string): ReturnType<typeof failed> {
  return failed({ at: { path: option }, expected, found });
}

/** Prints the problems to standard error and returns the exit status for them. */
export function wrongUse(result: Extract<Result<unknown>, { ok: false }>): 2 {
  for (const problem of result.problems) process.stderr.write(`irqscope: ${problemText(problem)}\n`);
  return 2;
}
