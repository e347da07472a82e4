// The first suggestion of the form: a call that succeeds on the current machine.

import { type Line, line } from '../../kernel/line.ts';
import type { Machine } from '../../machine/machine.ts';
import { openDescriptors } from '../../text/eventfds.ts';
import { VFIO_PCI_INTX_IRQ_INDEX, VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../../uapi/vfio.ts';
import { type Draft, FIRST_DRAFT, readDraft } from './draft.ts';

/** Returns the index of the mode that is on, else the best one that the device has. */
function indexOf({ vdev, device }: Machine): number {
  if (vdev.irq_type <= VFIO_PCI_MSIX_IRQ_INDEX) return vdev.irq_type;
  if (device.msix !== null) return VFIO_PCI_MSIX_IRQ_INDEX;
  return device.msi === null ? VFIO_PCI_INTX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX;
}

/** Returns the first vector without an eventfd, or 0 when all have one. */
function firstFree({ vdev, device }: Machine, index: number): number {
  const vectors = index === VFIO_PCI_MSIX_IRQ_INDEX ? device.msix?.vectors : device.msi?.vectors;
  if (index === VFIO_PCI_INTX_IRQ_INDEX) return 0;
  for (let vector = 0; vector < (vectors ?? 0); vector++)
    if ((vdev.ctx.get(vector)?.trigger ?? null) === null) return vector;
  return 0;
}

/**
 * Returns a form that attaches an open eventfd, best an unused one, to the first free vector. Without an open eventfd it uses
 * −1. `fails` runs a line on a copy of the machine; a kernel that refuses the first free vector gets vector 0.
 */
export function suggestDraft(machine: Machine, fails: (line: Line) => boolean): Draft {
  const eventfds = openDescriptors(machine).filter(({ count }) => count !== null);
  const fd = (eventfds.find(({ bound }) => !bound) ?? eventfds[0])?.fd ?? -1;
  const index = indexOf(machine);
  const draftAt = (vector: number): Draft => ({
    ...FIRST_DRAFT,
    index,
    start: String(vector),
    values: String(fd),
  });
  const first = draftAt(firstFree(machine, index));
  const read = readDraft(first);
  return !('wrong' in read) && fails(line(read.line.op)) ? draftAt(0) : first;
}
