// The things that the cells of a wiring row name.

import type { Machine } from '../../machine/machine.ts';
import { VFIO_PCI_ERR_IRQ_INDEX, VFIO_PCI_INTX_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX } from '../../uapi/vfio.ts';
import type { WiringRow } from '../wiring/row.ts';
import { eventfdOf, type Thing } from './things.ts';

/** The things of a row as a whole and of two of its cells. */
export interface RowThings {
  readonly row: readonly Thing[];
  readonly eventfd: readonly Thing[];
  readonly irq: readonly Thing[];
}

const INDEXES: Readonly<Record<string, number>> = {
  INTx: VFIO_PCI_INTX_IRQ_INDEX,
  ERR: VFIO_PCI_ERR_IRQ_INDEX,
  REQ: VFIO_PCI_REQ_IRQ_INDEX,
};

/** Returns the things that a row names. */
export function rowThings(machine: Machine, row: WiringRow): RowThings {
  const { vector, label, eventfd, irq } = row;
  const ev = vector === null ? specialEventfd(machine, label) : eventfdOf(machine, vector);
  const index = INDEXES[label];
  return {
    row:
      vector !== null
        ? [{ kind: 'vector', id: vector }]
        : index === undefined
          ? []
          : [{ kind: 'index', id: index }],
    // a failed assignment has no eventfd, but a requested descriptor
    eventfd: ev === null ? numbered('fd', eventfd?.text) : [{ kind: 'eventfd', id: ev }],
    irq: numbered('irq', irq?.text),
  };
}

/** The eventfd of the pin, of ERR or of REQ. */
export function specialEventfd({ vdev }: Machine, label: string): number | null {
  if (label === 'INTx') return vdev.intx?.trigger ?? null;
  return label === 'ERR' ? vdev.err_trigger : vdev.req_trigger;
}

function numbered(kind: Thing['kind'], text: string | undefined): readonly Thing[] {
  const digits = /\d+/.exec(text ?? '');
  return digits === null ? [] : [{ kind, id: Number(digits[0]) }];
}
