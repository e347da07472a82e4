// DPDK (lib/eal/linux/eal_interrupts.c, drivers/bus/pci/linux/pci_vfio.c): attaches every vector at once and adds none
// later. It does not read NORESIZE and treats every result other than 0 as an error. Source: docs/clients.md §6.

import {
  INDEX_NAMES,
  VFIO_IRQ_INFO_EVENTFD,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../uapi/vfio.ts';
import { type Action, type Client, eventfds, newEventfd, type Operations, without } from './client.ts';
import { MASK_NONE, TRIGGER_EVENTFD, TRIGGER_NONE, UNMASK_NONE } from './qemuState.ts';

/** The state of DPDK. */
export interface DpdkState {
  /** The mode found at the probe. */
  readonly index: number | null;
  /** Interrupts are enabled. */
  readonly enabled: boolean;
  /** Queue interrupts with an eventfd. */
  readonly queues: number;
}

/** The eventfds of the control interrupt (link state and others) and of REQ; each queue has one of its own. */
export const FD_CONTROL = 10;
export const FD_REMOVAL = 11;
const fdQueue = (n: number): number => 20 + n;

/** The buffer of the largest call: RTE_MAX_RXTX_INTR_VEC_ID (512) queues and the control interrupt. */
export const DPDK_ARGSZ = VFIO_IRQ_SET_MINSZ + 4 * 513;

/** DPDK. */
export const DPDK: Client<DpdkState> = {
  id: 'dpdk',
  label: 'DPDK',
  policy: 'attaches every vector in one call and never adds one',
  evidence: 'by source',
  source: 'DPDK lib/eal/linux/eal_interrupts.c',
  actions: ['enable-queues', 'disable-msix', 'acknowledge-intx', 'unplug'],
  open,
  act,
  kept: ({ index, enabled, queues }) => ({
    facts: [
      ['mode', index === null ? 'none' : (INDEX_NAMES[index] ?? String(index))],
      ['interrupts', enabled ? 'on' : 'off'],
      ['queues with an eventfd', String(queues)],
    ],
    vectors: [],
    // vector 0 is the control interrupt
    wants:
      !enabled || index === VFIO_PCI_INTX_IRQ_INDEX
        ? []
        : Array.from({ length: index === VFIO_PCI_MSIX_IRQ_INDEX ? queues + 1 : 1 }, (_, n) => n),
  }),
};

/** The probe: picks the first of MSI-X, MSI and INTx that signals eventfds, then resets the device and ignores a failure. */
function* open(): Operations<DpdkState> {
  let found: number | null = null;
  for (const index of [VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_INTX_IRQ_INDEX]) {
    const { ret, flags, count } = yield { op: 'irq_info', index };
    if (ret !== 0 || count === 0 || (flags & VFIO_IRQ_INFO_EVENTFD) === 0) continue;
    found = index;
    break;
  }
  if (found !== null) yield newEventfd(FD_CONTROL);
  yield { op: 'reset' };
  yield newEventfd(FD_REMOVAL);
  yield eventfds(VFIO_PCI_REQ_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_REMOVAL]);
  return { index: found, enabled: false, queues: 0 };
}

function* act(state: DpdkState, action: Action): Operations<DpdkState> {
  switch (action.kind) {
    case 'enable-queues':
      return yield* enable(state, action.count);
    case 'disable-msix':
      return yield* disable(state);
    case 'acknowledge-intx':
      if (state.enabled && state.index === VFIO_PCI_INTX_IRQ_INDEX)
        yield without(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_NONE, 0, 1);
      return state;
    case 'unplug': {
      const off = yield* disable(state);
      yield without(VFIO_PCI_REQ_IRQ_INDEX, TRIGGER_NONE, 0, 0);
      yield { op: 'close', fd: FD_REMOVAL };
      yield { op: 'release' };
      return off;
    }
    default:
      return state;
  }
}

/** rte_intr_enable. Without a disable in between, a second call attaches over the first. */
function* enable(state: DpdkState, queues: number): Operations<DpdkState> {
  const { index } = state;
  if (index === null) return state;
  if (index !== VFIO_PCI_MSIX_IRQ_INDEX) return { ...state, enabled: yield* enableControl(index) };
  for (let n = state.queues; n < queues; n++) yield newEventfd(fdQueue(n));
  const fds = [FD_CONTROL, ...Array.from({ length: queues }, (_, n) => fdQueue(n))];
  const { ret } = yield eventfds(index, TRIGGER_EVENTFD, 0, fds, DPDK_ARGSZ);
  return { ...state, enabled: state.enabled || ret === 0, queues: Math.max(state.queues, queues) };
}

function* disable(state: DpdkState): Operations<DpdkState> {
  const { index, enabled } = state;
  if (index === null || !enabled) return state;
  yield* disableIndex(index);
  return { ...state, enabled: false };
}

/** Attaches the control interrupt alone, to MSI or INTx; returns whether that succeeded. */
export function* enableControl(index: number): Operations<boolean> {
  const { ret } = yield eventfds(index, TRIGGER_EVENTFD, 0, [FD_CONTROL]);
  if (ret === 0 && index === VFIO_PCI_INTX_IRQ_INDEX) yield without(index, UNMASK_NONE, 0, 1);
  return ret === 0;
}

/** Disables an index; INTx is masked before. */
export function* disableIndex(index: number): Operations<void> {
  if (index === VFIO_PCI_INTX_IRQ_INDEX) yield without(index, MASK_NONE, 0, 1);
  yield without(index, TRIGGER_NONE, 0, 0);
}
