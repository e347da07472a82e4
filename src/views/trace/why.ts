// The explanation beside the call trace: the reason for the result of the line.

import { REASONS } from '../../kernel/checkReasons.ts';
import type { CheckId } from '../../kernel/checks.ts';
import type { Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { Op } from '../../kernel/line.ts';
import type { ScriptLine } from '../../session/script.ts';
import { effects, keepsOrFrees } from '../../text/effects.ts';
import { firedSentences } from '../../text/fired.ts';
import { operationWord } from '../../text/operation.ts';
import { outText } from '../../text/out.ts';

/** The part of the driver in which a shared function was called. */
export type DriverPath = 'msi' | 'intx' | 'single';

/**
 * The check that refused in a call or in a whole line, or a kernel function with its section of docs/. `whySource.ts` finds the
 * places.
 */
export type WhySource =
  | { readonly check: CheckId; readonly path: DriverPath }
  | { readonly check: CheckId; readonly op: Op }
  | { readonly fn: string; readonly docs: string };

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
  const failed = run.errno !== null;
  const values = outText(line.op, run.out);
  const keeps = keepsOrFrees(run);
  return {
    title: `${operationWord(line.op)} = ${failed ? `-${run.errno}` : run.ret}${values === '' ? '' : `: ${values}`}`,
    sentences: [
      ...(run.check === null ? [] : [REASONS[run.check]]),
      ...firedSentences(run, line.raises ?? []),
      ...done,
      ...(keeps ? [`${generation.label}: ${generation.policy}`] : []),
    ],
    source: run.check === null ? null : { check: run.check, op: line.op },
    failed,
    policy: keeps || (run.check !== null && POLICIES.has(run.check)),
  };
}
