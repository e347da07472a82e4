// The result of an operation in few words: return code, errno, and the values that it returned.

import type { Op } from '../kernel/line.ts';
import { outText } from './out.ts';
import type { StepResult } from './step.ts';

/** Returns for instance `0`, `-1 EBADF`, `8, value 1` or `0, EVENTFD|NORESIZE, count 8`. */
export function resultText(op: Op, { ret, errno, out }: StepResult): string {
  if (errno !== null) return `-1 ${errno}`;
  const values = outText(op, out);
  return values === '' ? String(ret) : `${ret}, ${out?.value === undefined ? '' : 'value '}${values}`;
}
