// `irqscope import`: reads a trace as a script, compares the traced results with the model's, and names the kernels that agree.

import type { Choices, Guess, ImportFormat } from '../formats/imports/format.ts';
import { FORMATS, formatById } from '../formats/imports/registry.ts';
import { type ImportPart, type ImportSummary, readWhole } from '../formats/imports/run.ts';
import { type Recognised, recogniseText } from '../formats/imports/scan.ts';
import type { Travel } from '../formats/imports/transport/travel.ts';
import { printScript } from '../formats/notation/print.ts';
import { isPatchText } from '../formats/patch/recognise.ts';
import type { Run } from '../kernel/frame.ts';
import { type Agreements, agreementsOf } from '../session/agreement.ts';
import { replayWhole, runAt } from '../session/replay.ts';
import type { DeviceSpec, Script } from '../session/script.ts';
import { scriptSetup } from '../session/scriptMachine.ts';
import { START } from '../session/session.ts';
import { countTraced, type TracedCount } from '../session/traced.ts';
import { agreementSentence, changeText, groupAgreements, tracedSentence } from '../text/agreement.ts';
import { counted } from '../text/numbers.ts';
import { problemText } from '../text/problem.ts';
import { resultText } from '../text/shortResult.ts';
import { readArguments, wrong, wrongUse } from './arguments.ts';
import { readText } from './files.ts';
import { importPatch } from './patch.ts';

/** An imported text with the comparison of its results. */
interface Compared {
  readonly recognised: Recognised;
  readonly read: ImportPart & { readonly summary: ImportSummary };
  readonly script: Script;
  readonly count: TracedCount;
  /** The model's results by line; null for a line that was not run. */
  readonly runs: readonly (Run | null)[];
  /** Without any traced result every release agrees. */
  readonly agreements: Agreements;
}

/**
 * Prints the script and the comparison; with --json one object. Unreadable lines and different results are part of the output and no
 * failure of the command; a text without a known format is one (status 2).
 */
export function importCommand(args: readonly string[]): number {
  const given = readArguments(args, { values: ['format', 'choose'], flags: ['json'], paths: true });
  if (!given.ok) return wrongUse(given);
  const [path, ...more] = given.value.paths;
  if (path === undefined || more.length > 0) {
    process.stderr.write(`irqscope: import: expected one file, found ${given.value.paths.length}\n`);
    return 2;
  }
  const choices = choicesOf(given.value.text('choose'));
  if (choices === null)
    return wrongUse(wrong('--choose', 'GUESS=VALUE, such as irqfd=loop', given.value.text('choose') ?? ''));
  const text = readText(path);
  if (!text.ok) return wrongUse(text);
  const id = given.value.text('format');
  const named = id === undefined ? undefined : formatById(id);
  if (id !== undefined && named === undefined)
    return wrongUse(wrong('--format', `one of ${FORMATS.map((format) => format.id).join(', ')}`, id));
  if (id === undefined && isPatchText(text.value))
    return importPatch(path, text.value, given.value.has('json'));
  const { recognised, travels } = recognisedAs(text.value, named);
  if (recognised === null) {
    const known = FORMATS.map(({ label }) => label).join(', ');
    const expected = `one of these formats: ${known}`;
    process.stderr.write(`irqscope: ${path}: expected ${expected}; no line has a mark of one\n`);
    if (given.value.has('json')) process.stdout.write(`${JSON.stringify(unrecognised(expected), null, 1)}\n`);
    return 2;
  }
  const compared = compare(text.value, recognised, choices, travels);
  if (typeof compared === 'string') {
    process.stderr.write(`irqscope: ${path}: ${compared}\n`);
    return 2;
  }
  process.stdout.write(
    given.value.has('json') ? `${JSON.stringify(toJson(compared), null, 1)}\n` : toText(compared),
  );
  return 0;
}

function choicesOf(text: string | undefined): Choices | null {
  if (text === undefined) return new Map();
  const [, guess, value] = /^([a-z-]+)=(.+)$/.exec(text) ?? [];
  return guess === undefined || value === undefined ? null : new Map([[guess, value]]);
}

function recognisedAs(
  text: string,
  named: ImportFormat | undefined,
): { readonly recognised: Recognised | null; readonly travels: readonly Travel[] } {
  const { found, travels } = recogniseText(text);
  if (named === undefined) return { recognised: found, travels };
  return { recognised: { format: named, reason: 'you chose it' }, travels };
}

/** Reads and compares; returns a message if the device of the text is unknown. */
function compare(
  text: string,
  recognised: Recognised,
  choices: Choices,
  travels: readonly Travel[],
): Compared | string {
  const read = readWhole(text, recognised.format, choices, travels);
  const { device } = read.summary;
  const made = scriptSetup(device, null);
  if (!made.ok) return problemText(made.problems[0]);
  const { setup, generation: chosen } = made.value;
  const session = { setup, generation: chosen.id, script: read.lines, cursor: START };
  const replayed = replayWhole(session);
  const runs = read.lines.map((_, at) => runAt(replayed, at + 1));
  const count = countTraced(read.lines, (line) => runs[line - 1] ?? null);
  return {
    recognised,
    read,
    script: { device: withGeneration(device, chosen.id), lines: read.lines },
    count,
    runs,
    agreements: agreementsOf(setup, read.lines),
  };
}

function withGeneration(device: DeviceSpec | null, id: DeviceSpec['generation']): DeviceSpec | null {
  return device === null ? null : { ...device, generation: device.generation ?? id };
}

function assumedOf({ assumed, guesses }: ImportSummary): readonly string[] {
  return [...guesses.map((guess) => guess.text), ...assumed];
}

/** The object for a text whose format is unknown. */
function unrecognised(expected: string): object {
  return {
    format: null,
    script: '',
    bad: [{ line: 1, column: 1, expected }],
    assumed: [],
    guesses: [],
    irrelevant: 0,
    observed: 0,
    differ: 0,
    differAt: [],
    agree: [],
    agreeWith: [],
  };
}

function toJson({ recognised, read, script, count, agreements }: Compared): object {
  const { summary, rows } = read;
  return {
    format: recognised.format.id,
    reason: recognised.reason,
    script: printScript(script),
    bad: rows
      .filter(({ kind }) => kind === 'bad')
      .map(({ line, column, expected }) => ({ line, column, expected })),
    assumed: assumedOf(summary),
    guesses: summary.guesses.map(({ id, value, options }) => ({
      id,
      value,
      values: options.map((option) => option.value),
    })),
    irrelevant: summary.passed,
    observed: count.observed,
    differ: count.differ.length,
    differAt: count.differ,
    agree: agreements.agree.filter(({ changes }) => changes.length === 0).map(({ kernel }) => kernel.id),
    agreeWith: groupAgreements(agreements.agree)
      .filter(({ changes }) => changes.length > 0)
      .map(({ changes, kernels }) => ({
        changes: changes.map(changeText),
        kernels: kernels.map(({ id }) => id),
      })),
  };
}

/** Returns a guess with the options that change it. */
function guessText({ id, text, value, options }: Guess): string {
  const others = options.filter((option) => option.value !== value).map((option) => option.value);
  return `${text} Change it with --choose ${id}=${others.join('|')}.`;
}

function toText({ recognised, read, script, count, runs, agreements }: Compared): string {
  const { summary, rows } = read;
  const bad = rows.filter(({ kind }) => kind === 'bad');
  const differences = count.differ.map((line) => {
    const entry = read.lines[line - 1];
    const result = runs[line - 1];
    if (entry?.traced === undefined || result == null) return '';
    return `line ${line}: trace ${resultText(entry.line.op, entry.traced)} · model ${resultText(entry.line.op, result)}`;
  });
  return [
    `Read as ${recognised.format.label}: ${recognised.reason}.`,
    ...summary.guesses.map(guessText),
    ...summary.assumed,
    ...bad.map(({ line, column, what }) => `line ${line}, column ${column}: ${what}`),
    `${counted(read.lines.length, 'operation')} from ${counted(summary.texts, 'line')}; ${summary.passed} without an operation, ${summary.bad} unreadable.`,
    count.observed === 0 ? 'The text shows no results.' : `${tracedSentence(count)}.`,
    ...differences,
    ...(count.observed === 0 ? [] : [agreementSentence(agreements)]),
    '',
    printScript(script),
  ].join('\n');
}
