// The result of a line in few characters, and as a number that differs when two results differ.

import type { Run } from '../kernel/frame.ts';
import type { Op } from '../kernel/line.ts';
import { outText } from './out.ts';
import type { StepResult } from './step.ts';

/** Returns a result in few characters, for instance `0`, `-EBADF`, or the values that the operation read. */
export function answerText(op: Op, { ret, errno, out }: StepResult): string {
  if (errno !== null) return `-${errno}`;
  return outText(op, out) || String(ret);
}

/** Returns the result as 32 bits (FNV-1a of its text), never 0; 0 for a line that is left out. */
export function answerNumber(op: Op, run: Run | null): number {
  if (run === null) return 0;
  // most lines by far
  if (run.errno === null && run.out === null && run.ret === 0) return 1;
  const text = answerText(op, run);
  if (text === '0') return 1;
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value === 0 || value === 1 ? 2 : value;
}
