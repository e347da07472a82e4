// The things named by fields of struct vfio_irq_set: start and count name vectors, a value its descriptor and vector.

import type { IrqSet } from '../../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import type { ByteField } from '../composer/draft.ts';
import type { Thing } from './things.ts';

/** Most vectors of a range. */
const MOST = 64;

/** Returns the things that a field names; `at` is the place of a value in the data. */
export function fieldThings(set: IrqSet, field: ByteField, at = 0): readonly Thing[] {
  const { index, start, count, flags, data } = set;
  if (index !== VFIO_PCI_MSI_IRQ_INDEX && index !== VFIO_PCI_MSIX_IRQ_INDEX) {
    return field === 'index' ? [{ kind: 'index', id: index }] : [];
  }
  if (field === 'start') return [{ kind: 'vector', id: start }];
  if (field === 'count') return vectors(start, count);
  if (field !== 'data' || data.kind === 'none') return [];
  const value = data.values[at] ?? -1;
  const isFd = (flags & VFIO_IRQ_SET_DATA_EVENTFD) !== 0 && data.kind === 'i32' && value >= 0;
  return [{ kind: 'vector', id: start + at }, ...(isFd ? [{ kind: 'fd', id: value } as const] : [])];
}

function vectors(start: number, count: number): readonly Thing[] {
  return Array.from(
    { length: Math.min(count, MOST) },
    (_, at) => ({ kind: 'vector', id: start + at }) as const,
  );
}
