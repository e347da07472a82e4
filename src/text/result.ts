// The result of a line in sentences: for the status line, and as a preview while an ioctl is composed.

import type { Run } from '../kernel/frame.ts';
import type { RaiseAt } from '../kernel/line.ts';
import type { ScriptLine } from '../session/script.ts';
import { effects } from './effects.ts';
import { firedSentences } from './fired.ts';
import { operationSubject } from './operation.ts';
import { outText } from './out.ts';
import { reasonClause } from './reason.ts';

/** Returns, for instance, `Line 7: SET_IRQS MSI-X vector 1, fd 999 failed with EBADF. Vector 1 is cached: irq 26 stays allocated.` */
export function resultSentence(
  line: number,
  { line: { op, raises = [] } }: ScriptLine,
  run: Run | null,
): string {
  const subject = `Line ${line}: ${operationSubject(op)}`;
  if (run === null) return `${subject} is skipped.`;
  const values = outText(op, run.out);
  const returned = `returned ${run.ret}${values === '' ? '' : `: ${values}`}`;
  const result = run.errno === null ? returned : `failed with ${run.errno}`;
  return [`${subject} ${result}.`, ...firedSentences(run, raises), ...effects(run)].join(' ');
}

/** The result that a line will have. */
export interface Preview {
  readonly failed: boolean;
  /** For instance `Will fail with EBADF: the number is not an open file descriptor.` */
  readonly answer: string;
  /** Its effects, or empty. */
  readonly effect: string;
}

/** Returns the preview from a run on a copy, with the interrupts that the device raises inside the line. */
export function previewOf(run: Run, raises: readonly RaiseAt[] = []): Preview {
  const effect = [...firedSentences(run, raises), ...effects(run, true).slice(0, 3)].join(' ');
  if (run.errno === null) {
    const partial = run.ret > 0 && run.check !== null ? `: ${reasonClause(run.check)}.` : '.';
    return { failed: false, answer: `Will return ${run.ret}${partial}`, effect };
  }
  const why = run.check === null ? '.' : `: ${reasonClause(run.check)}.`;
  return { failed: true, answer: `Will fail with ${run.errno}${why}`, effect };
}
