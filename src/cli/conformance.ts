// `irqscope conformance`: compares the model with recordings of real kernels.

import type { Problem } from '../base/result.ts';
import { jsonText } from '../formats/recording/print.ts';
import { shortLine } from '../formats/shortLine.ts';
import { type GenerationId, isProposal } from '../kernel/generations/generation.ts';
import type { Mismatch } from '../recordings/comparison.ts';
import type { Recording } from '../recordings/recording.ts';
import { problemText } from '../text/problem.ts';
import { parseArguments, wrongUse } from './arguments.ts';
import { checkRecordings, isOf } from './checkRecordings.ts';
import { findRecordings } from './files.ts';

/** Differences that are printed in full; the count includes all of them. */
const SHOWN = 20;

interface Difference {
  readonly path: string;
  readonly recording: Recording;
  readonly mismatch: Mismatch;
}

/** Compares every recording below the paths. Returns 0 when all agree, 1 when one differs or is unreadable, 2 without any. */
export function conformanceCommand(args: readonly string[]): number {
  const parsed = parseArguments(args);
  if (!parsed.ok) return wrongUse(parsed);
  const { generation, kernel, json, paths } = parsed.value;
  const files = findRecordings(paths);
  if (!files.ok) return wrongUse(files);
  if (files.value.length === 0) {
    process.stderr.write('irqscope: expected at least one recording (.jsonl or .jsonl.gz), found none\n');
    return 2;
  }

  const differences: Difference[] = [];
  const unreadable: { readonly path: string; readonly problem: Problem }[] = [];
  const total = { recordings: 0, withoutCalls: 0, steps: 0, compared: 0, mismatches: 0 };
  const wanted = (header: Recording['header']) =>
    (generation === null || header.driver === generation.id) && (kernel === null || isOf(kernel, header));
  for (const checked of checkRecordings(files.value, wanted)) {
    if ('problem' in checked) {
      unreadable.push(checked);
      continue;
    }
    const { path, recording } = checked;
    const { steps, compared, mismatches } = checked.result;
    total.recordings++;
    if (!recording.header.observed.calls) total.withoutCalls++;
    total.steps += steps;
    total.compared += compared;
    total.mismatches += mismatches.length;
    for (const mismatch of mismatches) {
      if (differences.length < SHOWN) differences.push({ path, recording, mismatch });
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
  if (total.recordings === 0 && unreadable.length === 0) {
    process.stderr.write(`irqscope: ${nothingCompared(kernel?.generation ?? generation?.id ?? null)}\n`);
    return 2;
  }
  return total.mismatches > 0 || unreadable.length > 0 ? 1 : 0;
}

/** Returns the problem of a comparison without a recording: 0 mismatches would look like agreement. */
function nothingCompared(id: GenerationId | null): string {
  const expected = 'expected at least one recording of that kernel, found none';
  return id !== null && isProposal(id) ? `${expected}: no kernel has the proposal ${id}` : expected;
}

/** Returns place, field, and the values of the kernel and the model. */
function differenceText({ path, recording, mismatch }: Difference): string {
  const place = mismatchPlace(recording, mismatch);
  return `${path} ${place}\n    ${mismatch.field}: kernel ${mismatch.kernel}, model ${mismatch.model}\n`;
}

/** Returns the step of a mismatch with its operation, for instance `#7 SET_IRQS MSI-X disable = 0`. */
export function mismatchPlace(recording: Recording, { step: n }: Mismatch): string {
  const step = recording.steps[n];
  return step === undefined ? 'initial state' : `#${step.n} ${shortLine(step.op, step)}`;
}
