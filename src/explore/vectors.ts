// The vectors of a device, by which a search counts.

import type { Machine } from '../machine/machine.ts';

/** Number of vectors of a machine's device: those of MSI-X or of MSI, whichever has more. */
export function vectorsOf({ device }: Machine): number {
  return Math.max(device.msix?.vectors ?? 0, device.msi?.vectors ?? 0);
}
