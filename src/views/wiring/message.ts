// What an MSI message says on x86: who gets the write, and as which interrupt (Intel SDM 3A, 11.11; VT-d 5.1.2.2).

import type { MsiMessage } from '../../machine/machine.ts';
import { hex } from '../words/numbers.ts';

const REMAPPABLE_FORMAT = 0x10;
const HANDLE_BIT_15 = 0x4;
/** MANAGED_IRQ_SHUTDOWN_VECTOR: written while a CPU vector is only reserved. */
const PLACEHOLDER_VECTOR = 0xef;

/** A message in words, for instance `remapping table entry 16`. */
export function messageMeaning({ addressHigh, addressLow, data }: MsiMessage): string {
  if (addressHigh === 0 && addressLow === 0 && data === 0) return 'zero: a write would reach nobody';
  if (addressHigh !== 0 || addressLow >>> 20 !== 0xfee) return 'no interrupt address of x86';
  if ((addressLow & REMAPPABLE_FORMAT) !== 0) {
    const handle = ((addressLow >>> 5) & 0x7fff) | ((addressLow & HANDLE_BIT_15) << 13);
    return `remappable: entry ${handle} of the IOMMU’s table names CPU and vector`;
  }
  const vector = data & 0xff;
  if (vector === PLACEHOLDER_VECTOR && (addressLow & 0xff000) === 0) {
    return 'placeholder vector 0xef: reserved, no CPU vector assigned';
  }
  return `APIC ${(addressLow >>> 12) & 0xff}, CPU vector 0x${hex(vector, 2)}, fixed delivery`;
}
