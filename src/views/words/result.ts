// The result of a line as one sentence: for the live region, for the why box, and while an ioctl is being composed.

import { CHECKS } from '../../kernel/checks.ts';
import type { Run } from '../../kernel/frame.ts';
import type { RaiseAt } from '../../kernel/line.ts';
import type { ScriptLine } from '../../session/script.ts';
import { effects } from './effects.ts';
import { firedSentences } from './fired.ts';
import { operationSubject } from './operation.ts';

/** For instance `Line 7: SET_IRQS MSI-X vector 1, fd 999 failed with EBADF. Vector 1 is cached: irq 26 stays allocated.` */
export function resultSentence(
  line: number,
  { line: { op, raises = [] } }: ScriptLine,
  run: Run | null,
): string {
  const subject = `Line ${line}: ${operationSubject(op)}`;
  if (run === null) return `${subject} is left out.`;
  const result = run.errno === null ? `returned ${run.ret}` : `failed with ${run.errno}`;
  return [`${subject} ${result}.`, ...firedSentences(run, raises), ...effects(run)].join(' ');
}

/** What the kernel will answer to a line that has not been run. */
export interface Preview {
  readonly failed: boolean;
  /** For instance `Will fail with EBADF: the number is not an open file descriptor.` */
  readonly answer: string;
  /** What it will do, or empty. */
  readonly effect: string;
}

/** The preview from a run on a copy, with what becomes of the interrupts that the device raises meanwhile. */
export function previewOf(run: Run, raises: readonly RaiseAt[] = []): Preview {
  const effect = [...firedSentences(run, raises), ...effects(run).slice(0, 3)].join(' ');
  if (run.errno === null) {
    const partial = run.ret > 0 && run.check !== null ? `: ${lowerFirst(CHECKS[run.check].why)}` : '.';
    return { failed: false, answer: `Will return ${run.ret}${partial}`, effect };
  }
  const why = run.check === null ? '.' : `: ${lowerFirst(CHECKS[run.check].why)}`;
  return { failed: true, answer: `Will fail with ${run.errno}${why}`, effect };
}

/** Names of fields and functions keep their letters. */
function lowerFirst(text: string): string {
  return /^(The|This|No|Only|There|Exactly|One|Fewer|Before|Masking|Unmasking|Indexes|Of|An?) /.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}
