// A recording beside the model: what differs at a step, and how much in all.

import type { OpenedRecording } from '../../session/opened.ts';
import type { ObservedCall, ObservedStep } from '../../session/recording.ts';
import { counted } from '../words/numbers.ts';

/** One field in which the model and the kernel differ. */
export interface Difference {
  readonly field: string;
  readonly kernel: string;
  readonly model: string;
}

/** What the kernel did in one step beside the model's prediction. */
export interface StepComparison {
  /** Line of the script, from 1. */
  readonly line: number;
  readonly kernelResult: string;
  readonly modelResult: string;
  readonly kernelCalls: number;
  readonly differences: readonly Difference[];
}

/** For instance `0 disagreements in 10 steps`, and what the recorder could not see. */
export function disagreementSentence({ mismatches, recording }: OpenedRecording): string {
  const steps = new Set(mismatches.map(({ step }) => step)).size;
  const where = steps > 0 ? ` at ${counted(steps, 'step')}` : '';
  const found = `${counted(mismatches.length, 'disagreement')}${where} in ${counted(recording.steps.length, 'step')}`;
  const { calls, log } = recording.header.observed;
  const unseen = [...(calls ? [] : ['kernel calls']), ...(log ? [] : ['warnings of the kernel'])];
  return unseen.length === 0 ? found : `${found}; not recorded, so not compared: ${unseen.join(' and ')}`;
}

/** The comparison of the `line`th step, or null before the first. */
export function compareStep(
  opened: OpenedRecording,
  line: number,
  model: { readonly ret: number; readonly errno: string | null },
): StepComparison | null {
  const step = opened.recording.steps[line - 1];
  if (step === undefined) return null;
  return {
    line,
    kernelResult: resultText(step),
    modelResult: resultText(model),
    kernelCalls: step.calls.length,
    differences: opened.mismatches.filter((mismatch) => mismatch.step === line - 1),
  };
}

/** A result as strace prints it, for instance `-1 EBADF`. */
function resultText({ ret, errno }: { readonly ret: number; readonly errno: string | null }): string {
  return errno === null ? String(ret) : `${ret} ${errno}`;
}

/** The recorded call tree as lines of text. */
export function recordedCalls(step: ObservedStep): readonly string[] {
  return step.calls.map((call) => `${'  '.repeat(call.depth)}${callText(call)}`);
}

function callText({ fn, args, ret }: ObservedCall): string {
  const shown = Object.entries(args)
    .filter(([name]) => name !== 'name' && name !== 'msix')
    .map(
      ([name, value]) =>
        `${name}=${Array.isArray(value) ? value.map((word) => word.toString(16)).join(':') : value}`,
    );
  const result = ret === undefined || ret === 0 ? '' : ` = ${typeof ret === 'string' ? '-' : ''}${ret}`;
  return `${fn}(${shown.join(', ')})${result}`;
}
