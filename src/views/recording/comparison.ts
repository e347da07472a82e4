// The comparison of a recording with the model: differences at a step and in total.

import type { Run } from '../../kernel/frame.ts';
import type { Op } from '../../kernel/line.ts';
import type { OpenedRecording } from '../../recordings/opened.ts';
import type { ObservedStep } from '../../recordings/recording.ts';
import type { ObservedCall } from '../../session/observe.ts';
import { counted } from '../../text/numbers.ts';
import { outText } from '../../text/out.ts';

type StepResult = Pick<ObservedStep | Run, 'ret' | 'errno' | 'out'>;

/** One field in which the model and the kernel differ. */
export interface Difference {
  readonly field: string;
  readonly kernel: string;
  readonly model: string;
}

/** The recorded results of one step beside the model's. */
export interface StepComparison {
  /** Line of the script, from 1. */
  readonly line: number;
  readonly kernelResult: string;
  readonly modelResult: string;
  readonly kernelCalls: number;
  readonly differences: readonly Difference[];
}

/** Returns for instance `0 mismatches in 10 steps`, and the fields that the recorder could not observe. */
export function mismatchSentence({ mismatches, recording }: OpenedRecording): string {
  const steps = new Set(mismatches.map(({ step }) => step)).size;
  const where = steps > 0 ? ` at ${counted(steps, 'step')}` : '';
  const found = `${counted(mismatches.length, 'mismatch')}${where} in ${counted(recording.steps.length, 'step')}`;
  const { calls, log } = recording.header.observed;
  const unseen = [...(calls ? [] : ['kernel calls']), ...(log ? [] : ['warnings of the kernel'])];
  return unseen.length === 0 ? found : `${found}; not recorded, so not compared: ${unseen.join(' and ')}`;
}

/** The comparison of the `line`th step, or null before the first. */
export function compareStep(opened: OpenedRecording, line: number, model: StepResult): StepComparison | null {
  const step = opened.recording.steps[line - 1];
  if (step === undefined) return null;
  // the model lacks some registers of config space
  const unknown = step.op.op === 'cfg_read' && model.out === null;
  return {
    line,
    kernelResult: resultText(step.op, unknown ? { ...step, out: null } : step),
    modelResult: resultText(step.op, model),
    kernelCalls: step.calls.length,
    differences: opened.mismatches.filter((mismatch) => mismatch.step === line - 1),
  };
}

/** Returns a result as strace prints it, for instance `-1 EBADF`, with the values that the operation returned. */
function resultText(op: Op, { ret, errno, out }: StepResult): string {
  if (errno !== null) return `${ret} ${errno}`;
  const values = outText(op, out);
  return values === '' ? String(ret) : `${ret}, ${values}`;
}

/** Returns the recorded call tree as lines of text. */
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
