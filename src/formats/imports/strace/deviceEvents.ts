// Reads device events, which irqscope prints between the system calls (formats/strace.ts).

import type { Op } from '../../../kernel/line.ts';
import { fdOf } from '../numbers.ts';

const RAISES = /^\[device raises vector (\d+)\](?: = -1 .*)?$/;
const ZEROES = /^\[device zeroes MSI-X entry (\d+)\](?: = -1 .*)?$/;

/** Returns the operations of a device event; null for any other line. */
export function eventOps(text: string): readonly Op[] | null {
  if (/^\[device lowers its pin\](?: = -1 .*)?$/.test(text)) return [{ op: 'lower' }];
  // vectors have the same range as descriptors
  const vector = fdOf(RAISES.exec(text)?.[1] ?? '');
  if (vector !== null) return [{ op: 'raise', vector }];
  const entry = fdOf(ZEROES.exec(text)?.[1] ?? '');
  return entry === null ? null : [{ op: 'clobber', entry }];
}
