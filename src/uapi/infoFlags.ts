// The flags of VFIO_DEVICE_GET_INFO and VFIO_DEVICE_GET_IRQ_INFO by their names in include/uapi/linux/vfio.h.

import {
  VFIO_DEVICE_FLAGS_PCI,
  VFIO_DEVICE_FLAGS_RESET,
  VFIO_IRQ_INFO_AUTOMASKED,
  VFIO_IRQ_INFO_EVENTFD,
  VFIO_IRQ_INFO_MASKABLE,
  VFIO_IRQ_INFO_NORESIZE,
} from './vfio.ts';

/** Bits with their names, lowest bit first. */
export type FlagNames = readonly (readonly [bit: number, name: string])[];

/** The flags of struct vfio_irq_info, without the prefix `VFIO_IRQ_INFO_`. */
export const IRQ_INFO_FLAGS: FlagNames = [
  [VFIO_IRQ_INFO_EVENTFD, 'EVENTFD'],
  [VFIO_IRQ_INFO_MASKABLE, 'MASKABLE'],
  [VFIO_IRQ_INFO_AUTOMASKED, 'AUTOMASKED'],
  [VFIO_IRQ_INFO_NORESIZE, 'NORESIZE'],
];

/** The flags of struct vfio_device_info, without the prefix `VFIO_DEVICE_FLAGS_`. */
export const DEVICE_FLAGS: FlagNames = [
  [VFIO_DEVICE_FLAGS_RESET, 'RESET'],
  [VFIO_DEVICE_FLAGS_PCI, 'PCI'],
];

/** Returns the names of the set bits joined by `|`, each after `prefix`; unnamed bits as one hexadecimal number, 0 as `0`. */
export function flagsText(flags: number, names: FlagNames, prefix = ''): string {
  const set = names.filter(([bit]) => (flags & bit) !== 0);
  // `>>> 0`: bit 31 can be set too
  const rest = set.reduce((left, [bit]) => left & ~bit, flags) >>> 0;
  const texts = set.map(([, name]) => `${prefix}${name}`);
  if (rest !== 0 || texts.length === 0) texts.push(rest === 0 ? '0' : `0x${rest.toString(16)}`);
  return texts.join('|');
}
