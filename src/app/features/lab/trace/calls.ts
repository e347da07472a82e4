// The calls that the call pane lists.

import type { Frame, Run } from '../../../../kernel/frame.ts';
import type { KernelStep } from '../../../../session/steps.ts';
import { type TraceLine, traceLines } from '../../../../views/trace/lines.ts';
import { slice } from '../../../store/app.ts';

/** Whether the pane hides the minor calls. */
export const foldedSlice = slice<{ readonly folded: boolean }>(() => ({ folded: true }));

/** Returns the listed calls; the selected one is always among them. */
export function listedCalls(
  frames: readonly Frame[],
  run: Run | null,
  folded: boolean,
  step: KernelStep | null,
): readonly TraceLine[] {
  const all = traceLines(frames, run);
  return folded ? all.filter(({ minor, frame }) => !minor || frame === step?.frame) : all;
}
