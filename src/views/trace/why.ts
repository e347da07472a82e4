// The explanation beside the call trace: why the line ended as it did.

import { CHECKS, type Check, type CheckId } from '../../kernel/checks.ts';
import type { Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { ScriptLine } from '../../session/script.ts';
import { effects } from '../words/effects.ts';
import { firedSentences } from '../words/fired.ts';
import { operationWord } from '../words/operation.ts';

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

/** The kernel whose files are named. */
export const LINUX = 'Linux 6.12';

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

/** File, function and section of a check. */
export function checkSource({ file, fn, section }: Check): string {
  const where = file.includes('/') ? `${LINUX} ${file}, ${fn}` : file;
  return `${where}; specification §${section}`;
}
