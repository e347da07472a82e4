// The meaning of an MSI message: on x86 destination and vector (Intel SDM 3A, 11.11; VT-d 5.1.2.2), with a GIC an event.

import { GIC_DOORBELL } from '../../kernel/services/message.ts';
import type { MsiMessage } from '../../machine/machine.ts';
import { hex } from '../../text/numbers.ts';

const REMAPPABLE_FORMAT = 0x10;
const HANDLE_BIT_15 = 0x4;
/** MANAGED_IRQ_SHUTDOWN_VECTOR: written while a CPU vector is only reserved. */
const PLACEHOLDER_VECTOR = 0xef;

/** Returns a message in words, for instance `remapping table entry 16`. */
export function messageMeaning({ addressHigh, addressLow, data }: MsiMessage): string {
  if (addressHigh === 0 && addressLow === 0 && data === 0) return 'zero: no destination';
  if (addressHigh === 0 && addressLow === GIC_DOORBELL) return `doorbell of a GIC, event ${data}`;
  if (addressHigh !== 0 || addressLow >>> 20 !== 0xfee) return 'not an x86 interrupt address';
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
