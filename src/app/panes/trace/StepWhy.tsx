// What the kernel call that is looked at is for, and why it ended as it did.

import type { Frame, Run } from '../../../kernel/frame.ts';
import type { KernelStep } from '../../../session/steps.ts';
import { whyStep } from '../../../views/trace/whyStep.ts';
import { WhyBox } from './WhyBox.tsx';

/** What the box needs. */
interface StepWhyProps {
  readonly frame: Frame;
  readonly step: KernelStep;
  readonly run: Run | null;
}

/** The explanation of a kernel step. */
export function StepWhy({ frame, step, run }: StepWhyProps) {
  return <WhyBox why={whyStep(frame, step, run)} />;
}
