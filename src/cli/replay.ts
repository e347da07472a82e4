// `irqscope replay`: runs a script in notation on a generation.

import { parseScript } from '../formats/notation/parse.ts';
import { stepJson } from '../formats/recording/print.ts';
import { stateText } from '../formats/stateText.ts';
import { straceLine } from '../formats/strace.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { brokenClaims } from '../kernel/invariants/index.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import { run } from '../kernel/run.ts';
import { onKernel } from '../session/deviceSpec.ts';
import { unchangedDevice } from '../session/script.ts';
import { DEFAULT_DEVICE, scriptMachine } from '../session/scriptMachine.ts';
import { problemText } from '../text/problem.ts';
import { parseArguments, wrongUse } from './arguments.ts';
import { readText } from './files.ts';

/** Returns a line for each broken invariant that the generation claims. */
function breachText(step: Step, id: GenerationId): string {
  return brokenClaims(id, step)
    .map(({ invariant, what }) => `\n    breaks "${invariant.name}" (${invariant.id}): ${what}`)
    .join('');
}

/**
 * Prints each step, the state after it and the broken invariants that the generation claims; with --json one JSON object per
 * line. Skips disabled lines.
 */
export function replayCommand(args: readonly string[]): number {
  const parsed = parseArguments(args);
  if (!parsed.ok) return wrongUse(parsed);
  const { generation, kernel, json, paths } = parsed.value;
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) {
    process.stderr.write(`irqscope: replay: expected one file, found ${paths.length}\n`);
    return 2;
  }
  const text = readText(path);
  if (!text.ok) return wrongUse(text);
  const { script, problems } = parseScript(text.value);
  if (problems.length > 0) {
    for (const problem of problems) process.stderr.write(`${path}: ${problemText(problem)}\n`);
    return 2;
  }
  const device =
    kernel === null ? script.device : onKernel(script.device ?? unchangedDevice(DEFAULT_DEVICE), kernel);
  const start = scriptMachine(device, generation);
  if (!start.ok) return wrongUse(start);

  let { machine } = start.value;
  let n = 0;
  for (const { line, disabled } of script.lines) {
    if (disabled) continue;
    const made = run(start.value.generation, machine, line);
    machine = made.after;
    const shown = json
      ? stepJson(n, line.op, made)
      : `${n} ${straceLine(line.op, made, line.raises)}\n${stateText(made.after)}${breachText({ line, run: made }, start.value.generation.id)}`;
    process.stdout.write(`${shown}\n`);
    n++;
  }
  return 0;
}
