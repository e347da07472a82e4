// The values that an operation returns besides its return code, as one text. Every view and format prints them through it.

import type { Out } from '../kernel/frame.ts';
import type { Op } from '../kernel/line.ts';
import { DEVICE_FLAGS, flagsText, IRQ_INFO_FLAGS } from '../uapi/infoFlags.ts';

/**
 * Returns for instance `EVENTFD|NORESIZE, count 8` (GET_IRQ_INFO), `RESET|PCI, 9 regions, 5 irqs` (GET_INFO), `6` (read)
 * or `0x406` (cfg_read); empty for operations that only have a return code. The number of an eventfd object is internal
 * to the model and is not printed.
 */
export function outText({ op }: Op, out: Out | null): string {
  if (out === null) return '';
  const { value, flags, count, regions, irqs } = out;
  const parts = [
    ...(value === undefined ? [] : [op === 'cfg_read' ? `0x${value.toString(16)}` : String(value)]),
    ...(flags === undefined ? [] : [flagsText(flags, op === 'device_info' ? DEVICE_FLAGS : IRQ_INFO_FLAGS)]),
    ...(count === undefined ? [] : [`count ${count}`]),
    ...(regions === undefined ? [] : [`${regions} regions`]),
    ...(irqs === undefined ? [] : [`${irqs} irqs`]),
  ];
  return parts.join(', ');
}
