// The explanation beside the call trace: why the line, or the call that is looked at, ended as it did.

import { CHECKS, type Check, type CheckId } from '../../kernel/checks.ts';
import type { Fired, Frame, Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { KernelStep } from '../../session/steps.ts';
import { effects } from '../words/effects.ts';
import { fateText, firedSentences, whenText } from '../words/fired.ts';
import { operationWord } from '../words/operation.ts';
import { FUNCTION_WORDS, LINUX } from './functions.ts';

/** A short text with its source. */
export interface Why {
  readonly title: string;
  readonly sentences: readonly string[];
  /** For instance `fs/eventfd.c, eventfd_ctx_fdget`, or null where no check decided. */
  readonly source: string | null;
  readonly failed: boolean;
  /** Another generation would have answered or kept otherwise: worth comparing. */
  readonly policy: boolean;
}

/** Checks that only some generations make. */
const POLICIES: ReadonlySet<CheckId> = new Set<CheckId>([
  'msi.trigger-range',
  'msi.block-range',
  'msi.vector-range',
  'msi.no-ctx',
  'single.negative',
]);

/** Why the whole line ended as it did. */
export function whyLine({ line }: ScriptLine, run: Run, generation: Generation): Why {
  const done = effects(run);
  const check = run.check === null ? null : CHECKS[run.check];
  const failed = run.errno !== null;
  const keeps = done.some((text) => text.includes('is freed') || text.includes('stay'));
  return {
    title: failed ? `${operationWord(line.op)} = -${run.errno}` : `${operationWord(line.op)} = ${run.ret}`,
    sentences: [
      ...(check === null ? [] : [check.why]),
      ...firedSentences(run, line.raises ?? []),
      ...done,
      ...(keeps ? [`${generation.label}: ${generation.policy}`] : []),
    ],
    source: check === null ? null : checkSource(check),
    failed,
    policy: keeps || (run.check !== null && POLICIES.has(run.check)),
  };
}

/** What the call at a kernel step is for, and why it failed if it did. */
export function whyStep(frame: Frame, step: KernelStep, run: Run | null = null): Why {
  if (frame.fired !== undefined) return whyFired(frame.fired, run);
  const returned = step.at !== 'entry';
  const check = returned && frame.check !== undefined ? CHECKS[frame.check] : null;
  const failed = returned && typeof frame.ret === 'string';
  const ret = frame.ret === undefined ? '' : failed ? ` = -${frame.ret}` : ` = ${frame.ret}`;
  const about = FUNCTION_WORDS[frame.fn];
  return {
    title: `${frame.fn}${returned ? ret : ': entry'}`,
    sentences: [...(about === undefined ? [] : [about.why]), ...(check === null ? [] : [check.why])],
    source: check === null ? (about?.source ?? null) : checkSource(check),
    failed,
    policy: false,
  };
}

/** What became of the interrupt that the device raised here. */
function whyFired(fired: Fired, run: Run | null): Why {
  const { raise } = fired;
  return {
    title: `the device raises vector ${raise.vector}`,
    sentences: [
      `The script lets it fire right ${whenText(raise)}.`,
      ...(run === null ? [] : [`What becomes of the interrupt: ${fateText(run, fired)}.`]),
    ],
    source: null,
    failed: false,
    policy: false,
  };
}

/** File, function and section of a check. */
function checkSource({ file, fn, section }: Check): string {
  const where = file.includes('/') ? `${LINUX} ${file}, ${fn}` : file;
  return `${where}; specification §${section}`;
}
