// The explanation beside the call trace: the reason for the result of the line.

import { CHECKS, type Check, type CheckId } from '../../kernel/checks.ts';
import type { Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { Op } from '../../kernel/line.ts';
import type { ScriptLine } from '../../session/script.ts';
import { effects, keepsOrFrees } from '../../text/effects.ts';
import { firedSentences } from '../../text/fired.ts';
import { operationWord } from '../../text/operation.ts';
import { outText } from '../../text/out.ts';
import { VFIO_PCI_ERR_IRQ_INDEX, VFIO_PCI_INTX_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX } from '../../uapi/vfio.ts';

/** The kernel function that an explanation is about, the check in it that refused, and the section of docs/. */
export interface WhySource {
  readonly fn: string;
  readonly check: CheckId | null;
  /** For instance `docs/driver.md §6.4 step 7`. */
  readonly docs: string;
}

/** A short text with its source. */
export interface Why {
  readonly title: string;
  readonly sentences: readonly string[];
  /** Null where no check decided. */
  readonly source: WhySource | null;
  readonly failed: boolean;
  /** Another kernel returns or keeps something else, so that comparing is worthwhile. */
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

/** Returns why the whole line ended as it did. */
export function whyLine({ line }: ScriptLine, run: Run, generation: Generation): Why {
  const done = effects(run);
  const check = run.check === null ? null : CHECKS[run.check];
  const failed = run.errno !== null;
  const values = outText(line.op, run.out);
  const keeps = keepsOrFrees(run);
  return {
    title: `${operationWord(line.op)} = ${failed ? `-${run.errno}` : run.ret}${values === '' ? '' : `: ${values}`}`,
    sentences: [
      ...(check === null ? [] : [check.why]),
      ...firedSentences(run, line.raises ?? []),
      ...done,
      ...(keeps ? [`${generation.label}: ${generation.policy}`] : []),
    ],
    source: run.check === null ? null : checkSource(run.check, pathOf(line.op)),
    failed,
    policy: keeps || (run.check !== null && POLICIES.has(run.check)),
  };
}

/** The part of the driver in which a shared function was called. */
export type DriverPath = 'msi' | 'intx' | 'single';

/** The section of docs/driver.md on each part that has functions in common with another one. */
const PATH_SECTIONS: Readonly<Partial<Record<DriverPath, string>>> = { intx: '9', single: '10' };

/** Checks of functions that MSI, INTx, ERR and REQ have in common; the field `section` is the one for MSI. */
const SHARED: ReadonlySet<CheckId> = new Set<CheckId>([
  'eventfd.closed',
  'eventfd.not-eventfd',
  'irq.request',
  'fault.injected',
]);

function pathOf(op: Op): DriverPath {
  if (op.op !== 'set_irqs') return 'msi';
  switch (op.index) {
    case VFIO_PCI_INTX_IRQ_INDEX:
      return 'intx';
    case VFIO_PCI_ERR_IRQ_INDEX:
    case VFIO_PCI_REQ_IRQ_INDEX:
      return 'single';
    default:
      return 'msi';
  }
}

/** Returns the source of a check, with the section on the part of the driver that made the call. */
export function checkSource(id: CheckId, path: DriverPath): WhySource {
  const { fn, section }: Check = CHECKS[id];
  const shared = SHARED.has(id) ? PATH_SECTIONS[path] : undefined;
  // an injected fault keeps the table of faults as its second citation
  const own = shared === undefined ? section : id === 'fault.injected' ? `${shared}, §${section}` : shared;
  return { fn, check: id, docs: `docs/driver.md §${own}` };
}
