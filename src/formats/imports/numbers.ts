// Reads numbers as tracers print them, and builds SET_IRQS operations from them.

import type { Op } from '../../kernel/line.ts';
import { elementSize, NO_DATA } from '../../uapi/irqSet.ts';
import { VFIO_IRQ_SET_DATA_BOOL, VFIO_IRQ_SET_MINSZ } from '../../uapi/vfio.ts';
import { isDigit } from '../characters.ts';
import { integerOf, NEW_FD, shortDecimal, TRIGGER_FD, u32 } from '../notation/numbers.ts';

const U32 = u32('a number');

/** Returns the value of at most nine decimal digits, or of 0x and at most seven digits; null for any other text. Below 2^30. */
function shortNumber(text: string): number | null {
  if (text.charCodeAt(1) !== 120) return shortDecimal(text);
  if (text.length < 3 || text.length > 9 || text.charCodeAt(0) !== 48) return null;
  let value = 0;
  for (let at = 2; at < text.length; at++) {
    const digit = hexDigit(text.charCodeAt(at));
    if (digit === null) return null;
    value = value * 16 + digit;
  }
  return value;
}

function hexDigit(code: number): number | null {
  if (isDigit(code)) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : null;
}

/** Returns a decimal or hexadecimal u32, or null. */
export function u32Of(text: string): number | null {
  const short = shortNumber(text);
  if (short !== null) return short;
  const value = integerOf(text, U32);
  return value === null ? null : Number(value);
}

/** Returns a valid descriptor, or null. */
export function fdOf(text: string): number | null {
  const short = shortNumber(text);
  if (short !== null) return short;
  const value = integerOf(text, NEW_FD);
  return value === null ? null : Number(value);
}

/** Returns an s32 in decimal, or in hexadecimal as the u32 with the same bits; otherwise null. */
export function s32Of(text: string): number | null {
  const short = shortNumber(text);
  if (short !== null) return short;
  const value = integerOf(text, TRIGGER_FD);
  if (value !== null) return Number(value);
  const bits = u32Of(text);
  return bits === null ? null : bits | 0;
}

/** The arguments of vfio_pci_set_irqs_ioctl. */
export interface SetIrqsFields {
  readonly flags: number;
  readonly index: number;
  readonly start: number;
  readonly count: number;
}

/** Returns the number of values that a SET_IRQS with these flags needs after its header. */
export function valuesNeeded({ flags, count }: SetIrqsFields): number {
  return (elementSize(flags) ?? 0) === 0 ? 0 : count;
}

/** Returns the operation. `argsz` defaults to the size of header and values. */
export function setIrqsOp(fields: SetIrqsFields, values: readonly number[], argsz?: number): Op {
  const bytes = (fields.flags & VFIO_IRQ_SET_DATA_BOOL) !== 0;
  const length = values.length * (bytes ? 1 : 4);
  const data =
    values.length === 0
      ? NO_DATA
      : bytes
        ? { kind: 'u8' as const, values: values.map((value) => value & 0xff) }
        : { kind: 'i32' as const, values };
  return { op: 'set_irqs', argsz: argsz ?? VFIO_IRQ_SET_MINSZ + length, ...fields, data };
}
