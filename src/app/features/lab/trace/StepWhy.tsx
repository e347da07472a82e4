// The explanation of the selected kernel call.

import type { Frame, Run } from '../../../../kernel/frame.ts';
import type { KernelStep } from '../../../../session/steps.ts';
import { whyStep } from '../../../../views/trace/whyStep.ts';
import { WhyBox } from './WhyBox.tsx';

/** The call, its step and run, and all calls of the line. */
interface StepWhyProps {
  readonly frame: Frame;
  readonly step: KernelStep;
  readonly run: Run | null;
  readonly frames: readonly Frame[];
}

/** The explanation of a kernel step. */
export function StepWhy({ frame, step, run, frames }: StepWhyProps) {
  return <WhyBox why={whyStep(frame, step, run, frames)} />;
}
