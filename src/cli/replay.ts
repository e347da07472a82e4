// `irqscope replay`: runs a script in notation on a generation, without the page.

import { problemText } from '../base/result.ts';
import { parseScript } from '../formats/notation/parse.ts';
import { stepJson } from '../formats/recording/print.ts';
import { stateText } from '../formats/stateText.ts';
import { straceLine } from '../formats/strace.ts';
import { brokenInvariants } from '../kernel/invariants/index.ts';
import type { Step } from '../kernel/invariants/invariant.ts';
import { run } from '../kernel/run.ts';
import { scriptMachine } from '../session/scriptMachine.ts';
import { parseArguments, wrongUse } from './arguments.ts';
import { readText } from './files.ts';

/** The invariants that the step breaks, one line each; empty for none. */
function breachText(step: Step): string {
  return brokenInvariants(step)
    .map(({ invariant, what }) => `\n    breaks ${invariant.id}: ${what}`)
    .join('');
}

/** Prints each step, the state after it and what it breaks; with --json one line of JSON a step. Disabled lines are passed over. */
export function replayCommand(args: readonly string[]): number {
  const parsed = parseArguments(args);
  if (!parsed.ok) return wrongUse(parsed);
  const { generation, json, paths } = parsed.value;
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) {
    process.stderr.write('irqscope: replay takes one file\n');
    return 2;
  }
  const text = readText(path);
  if (!text.ok) return wrongUse(text);
  const { script, problems } = parseScript(text.value);
  if (problems.length > 0) {
    for (const problem of problems) process.stderr.write(`${path}: ${problemText(problem)}\n`);
    return 2;
  }
  const start = scriptMachine(script.device, generation);
  if (!start.ok) return wrongUse(start);

  let { machine } = start.value;
  let n = 0;
  for (const { line, disabled } of script.lines) {
    if (disabled) continue;
    const made = run(start.value.generation, machine, line);
    machine = made.after;
    const shown = json
      ? stepJson(n, line.op, made)
      : `${n} ${straceLine(line.op, made, line.raises)}\n${stateText(made.after)}${breachText({ line, run: made })}`;
    process.stdout.write(`${shown}\n`);
    n++;
  }
  return 0;
}
