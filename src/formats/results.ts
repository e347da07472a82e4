// The result of an operation in few words: what the call returned, the errno, and what was read.

import type { Op } from '../kernel/line.ts';
import type { StepResult } from './step.ts';

/** For instance `0`, `-1 EBADF`, `8, value 1` or `0, flags 0xb, count 8`. */
export function resultText(op: Op, { ret, errno, out }: StepResult): string {
  if (errno !== null) return `-1 ${errno}`;
  const { value, flags, count, regions, irqs } = out ?? {};
  const parts = [
    String(ret),
    ...(value === undefined
      ? []
      : [`value ${op.op === 'cfg_read' ? `0x${value.toString(16)}` : String(value)}`]),
    ...(flags === undefined ? [] : [`flags 0x${flags.toString(16)}`]),
    ...(count === undefined ? [] : [`count ${count}`]),
    ...(regions === undefined ? [] : [`regions ${regions}`]),
    ...(irqs === undefined ? [] : [`irqs ${irqs}`]),
  ];
  return parts.join(', ');
}
