// The explanation of the selected call: its purpose, and the reason for its result.

import { REASONS } from '../../kernel/checkReasons.ts';
import type { Fired, Frame, Run } from '../../kernel/frame.ts';
import type { KernelStep } from '../../session/steps.ts';
import { fateText, whenText } from '../../text/fired.ts';
import { FUNCTION_WORDS } from './functions.ts';
import { callers } from './source.ts';
import type { DriverPath, Why } from './why.ts';

/** Returns the purpose of the call at a kernel step, and why it failed if it did. `frames` are all calls of its line. */
export function whyStep(
  frame: Frame,
  step: KernelStep,
  run: Run | null = null,
  frames: readonly Frame[] = [],
): Why {
  if (frame.fired !== undefined) return whyFired(frame.fired, run);
  const returned = step.at !== 'entry';
  const id = returned ? frame.check : undefined;
  const failed = returned && typeof frame.ret === 'string';
  const ret = frame.ret === undefined ? '' : failed ? ` = -${frame.ret}` : ` = ${frame.ret}`;
  const about = FUNCTION_WORDS[frame.fn];
  return {
    title: `${frame.fn}${returned ? ret : ': entry'}`,
    sentences: [...(about === undefined ? [] : [about.why]), ...(id === undefined ? [] : [REASONS[id]])],
    source:
      id !== undefined
        ? { check: id, path: pathOf(callers(frames, step.frame)) }
        : about === undefined
          ? null
          : { fn: frame.fn, docs: about.source },
    failed,
    policy: false,
  };
}

function pathOf(chain: readonly Frame[]): DriverPath {
  if (chain.some(({ fn }) => fn.includes('_intx_') || fn.includes('virqfd'))) return 'intx';
  return chain.some(({ fn }) => fn === 'vfio_pci_set_ctx_trigger_single') ? 'single' : 'msi';
}

/** Returns the fate of the interrupt that the device raises here. */
function whyFired(fired: Fired, run: Run | null): Why {
  const { raise } = fired;
  return {
    title: `the device raises vector ${raise.vector}`,
    sentences: [
      `The script raises it right ${whenText(raise)}.`,
      ...(run === null ? [] : [`The interrupt: ${fateText(run, fired)}.`]),
    ],
    source: null,
    failed: false,
    policy: false,
  };
}
