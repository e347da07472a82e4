// The explanation beside the call trace of the call that is looked at: what it is for, and why it ended as it did.

import { CHECKS } from '../../kernel/checks.ts';
import type { Fired, Frame, Run } from '../../kernel/frame.ts';
import type { KernelStep } from '../../session/steps.ts';
import { fateText, whenText } from '../words/fired.ts';
import { FUNCTION_WORDS } from './functions.ts';
import { checkSource, type Why } from './why.ts';

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
