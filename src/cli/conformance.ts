// `irqscope conformance`: the model against recordings of real kernels.

import { type Problem, problemText } from '../base/result.ts';
import { parseRecording } from '../formats/recording/parse.ts';
import { jsonText } from '../formats/recording/print.ts';
import { shortLine } from '../formats/shortLine.ts';
import type { Mismatch } from '../session/comparison.ts';
import { type Conformance, conform } from '../session/conformance.ts';
import type { Recording } from '../session/recording.ts';
import { parseArguments, wrongUse } from './arguments.ts';
import { findRecordings, readText } from './files.ts';

/** Differences that are printed in full; the count covers them all. */
const SHOWN = 20;

interface Difference {
  readonly path: string;
  readonly recording: Recording;
  readonly mismatch: Mismatch;
}

/** Compares every recording below the paths. 0 when all agree, 1 when anything differs or cannot be read. */
export function conformanceCommand(args: readonly string[]): number {
  const parsed = parseArguments(args);
  if (!parsed.ok) return wrongUse(parsed);
  const { generation, json, paths } = parsed.value;
  const files = findRecordings(paths);
  if (!files.ok) return wrongUse(files);
  if (files.value.length === 0) {
    process.stderr.write('irqscope: expected at least one recording (.jsonl or .jsonl.gz), found none\n');
    return 2;
  }

  const differences: Difference[] = [];
  const unreadable: { readonly path: string; readonly problem: Problem }[] = [];
  const total = { recordings: 0, withoutCalls: 0, steps: 0, compared: 0, mismatches: 0 };
  for (const path of files.value) {
    const recording = readRecording(path);
    if (!recording.ok) {
      unreadable.push({ path, problem: recording.problems[0] });
      continue;
    }
    if (generation !== null && recording.value.header.driver !== generation.id) continue;
    const { steps, compared, mismatches } = conformGuarded(recording.value);
    total.recordings++;
    if (!recording.value.header.observed.calls) total.withoutCalls++;
    total.steps += steps;
    total.compared += compared;
    total.mismatches += mismatches.length;
    for (const mismatch of mismatches) {
      if (differences.length < SHOWN) differences.push({ path, recording: recording.value, mismatch });
    }
  }

  if (json) {
    const shown = differences.map(({ path, mismatch }) => ({ path, ...mismatch }));
    const bad = unreadable.map(({ path, problem }) => ({ path, problem: problemText(problem) }));
    process.stdout.write(`${jsonText({ ...total, unreadable: bad, differences: shown })}\n`);
  } else {
    for (const { path, problem } of unreadable) process.stdout.write(`${path}: ${problemText(problem)}\n`);
    for (const difference of differences) process.stdout.write(differenceText(difference));
    if (total.mismatches > SHOWN) process.stdout.write(`… and ${total.mismatches - SHOWN} more\n`);
    const { recordings, withoutCalls, steps, compared, mismatches } = total;
    const unseen = withoutCalls === 0 ? '' : ` (${withoutCalls} without kernel calls)`;
    process.stdout.write(
      `recordings ${recordings}${unseen}, steps ${steps}, compared ${compared}, mismatches ${mismatches}\n`,
    );
  }
  return total.mismatches > 0 || unreadable.length > 0 ? 1 : 0;
}

/** A bug of ours that throws counts as a mismatch of that recording instead of ending the run. */
function conformGuarded(recording: Recording): Conformance {
  try {
    return conform(recording);
  } catch (error) {
    const model = error instanceof Error ? error.message : 'an exception';
    const thrown = { step: -1, field: 'the model threw', kernel: 'an answer', model };
    return { steps: recording.steps.length, compared: 0, mismatches: [thrown] };
  }
}

function readRecording(path: string) {
  const text = readText(path);
  return text.ok ? parseRecording(text.value) : text;
}

/** Where, what was done, what the kernel says and what the model says. */
function differenceText({ path, recording, mismatch }: Difference): string {
  const step = recording.steps[mismatch.step];
  const place = step === undefined ? 'initial state' : `#${step.n} ${shortLine(step.op, step)}`;
  return `${path} ${place}\n    ${mismatch.field}: kernel ${mismatch.kernel}, model ${mismatch.model}\n`;
}
