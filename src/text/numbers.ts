// Formats numbers of the kernel for the screen.

import { grouped } from '../base/grouped.ts';
import type { MsiMessage } from '../machine/machine.ts';

/** Returns hexadecimal digits with leading zeros and without a prefix, for instance `0022` for 34 and width 4. */
export function hex(value: number, width: number): string {
  return (value >>> 0).toString(16).padStart(width, '0');
}

/** Returns a message as address and data, for instance `fee00218 0000`. The upper half is shown when it is not zero. */
export function messageText({ addressHigh, addressLow, data }: MsiMessage): string {
  const high = addressHigh === 0 ? '' : hex(addressHigh, 8);
  return `${high}${hex(addressLow, 8)} ${hex(data, 4)}`;
}

/** A count with its noun, for instance `1 vector`, `2 vectors` or `0 mismatches`. */
export function counted(count: number, noun: string): string {
  const plural = /(?:[sxz]|[cs]h)$/.test(noun) ? 'es' : 's';
  return `${grouped(count)} ${noun}${count === 1 ? '' : plural}`;
}

/** Returns ascending numbers as ranges, for instance `0–2, 5`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; ) {
    let end = i;
    while (end + 1 < numbers.length && numbers[end + 1] === (numbers[end] ?? 0) + 1) end++;
    parts.push(end === i ? `${numbers[i]}` : `${numbers[i]}–${numbers[end]}`);
    i = end + 1;
  }
  return parts.join(', ');
}
