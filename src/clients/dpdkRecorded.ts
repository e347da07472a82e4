// DPDK as recorded (lib/eal/linux/eal_interrupts.c, drivers/bus/pci/linux/pci_vfio.c): 22.11, and 24.11 and 25.11, which clean
// up at their end. The recorded driver is em; it closes the eventfds of the queues when it stops, while they are attached.
// test/clients compares the operations with the recorded ones.

import { CLIENT_FD } from '../machine/fdNumbers.ts';
import { PCI_COMMAND_MASTER } from '../uapi/pciRegs.ts';
import {
  INDEX_NAMES,
  VFIO_IRQ_INFO_EVENTFD,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../uapi/vfio.ts';
import {
  type Action,
  type Client,
  changeCommand,
  eventfds,
  newEventfd,
  type Operations,
  without,
  writeCommand,
} from './client.ts';
import { DPDK_ARGSZ, disableIndex, enableControl, FD_CONTROL, FD_REMOVAL } from './dpdk.ts';
import { TRIGGER_EVENTFD, TRIGGER_NONE, UNMASK_NONE } from './qemuState.ts';

/** The state of DPDK. */
interface DpdkState {
  /** The mode found at the probe. */
  readonly index: number | null;
  /** The index is enabled; it stays so when the driver stops. */
  readonly enabled: boolean;
  /** Queues with an open eventfd. */
  readonly queues: number;
}

/** The differences between versions, and the option --vfio-intr. */
interface DpdkKind {
  /** The indexes that the probe asks, in order. */
  readonly asks: readonly number[];
  /** rte_eal_cleanup detaches REQ and closes the device. */
  readonly cleansUp: boolean;
}

type Told = Pick<Client<DpdkState>, 'id' | 'label' | 'policy' | 'source'>;

const fdQueue = (n: number): number => CLIENT_FD + n;

/** Every index, in DPDK's order. */
export const ANY_INDEX = [VFIO_PCI_MSIX_IRQ_INDEX, VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_INTX_IRQ_INDEX];

/** Returns a recorded DPDK. */
export function recordedDpdk(told: Told, kind: DpdkKind): Client<DpdkState> {
  return {
    ...told,
    evidence: 'recorded',
    actions: ['enable-queues', 'stop-queues', 'disable-msix', 'acknowledge-intx', 'command', 'end'],
    open: () => open(kind),
    act: (state, action) => act(kind, state, action),
    kept,
  };
}

function kept({ index, enabled, queues }: DpdkState) {
  // vector 0 is the control interrupt; without MSI-X it is the only one
  const vectors = index === VFIO_PCI_MSIX_IRQ_INDEX ? queues + 1 : 1;
  return {
    facts: [
      ['mode', index === null ? 'none' : (INDEX_NAMES[index] ?? String(index))],
      ['interrupts', enabled ? 'on' : 'off'],
      ['queues with an eventfd', String(queues)],
    ] as const,
    vectors: [],
    wants: enabled && index !== VFIO_PCI_INTX_IRQ_INDEX ? Array.from({ length: vectors }, (_, n) => n) : [],
  };
}

/** The probe: the first index that signals eventfds, bus master, a reset, the eventfd of REQ. */
function* open({ asks }: DpdkKind): Operations<DpdkState> {
  yield { op: 'device_info' };
  let found: number | null = null;
  for (const index of asks) {
    const { ret, flags, count } = yield { op: 'irq_info', index };
    if (ret !== 0 || count === 0 || (flags & VFIO_IRQ_INFO_EVENTFD) === 0) continue;
    found = index;
    break;
  }
  if (found !== null) yield newEventfd(FD_CONTROL);
  yield* changeCommand({ set: PCI_COMMAND_MASTER });
  yield { op: 'reset' };
  yield newEventfd(FD_REMOVAL);
  yield eventfds(VFIO_PCI_REQ_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_REMOVAL]);
  return { index: found, enabled: false, queues: 0 };
}

function* act(kind: DpdkKind, state: DpdkState, action: Action): Operations<DpdkState> {
  switch (action.kind) {
    case 'enable-queues':
      return yield* start(yield* stop(state), action.count);
    case 'stop-queues':
      return yield* stop(state);
    case 'disable-msix':
      return yield* close(yield* stop(state));
    case 'acknowledge-intx':
      if (state.enabled && state.index === VFIO_PCI_INTX_IRQ_INDEX)
        yield without(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_NONE, 0, 1);
      return state;
    case 'command':
      yield writeCommand(action.value);
      return state;
    case 'end':
      return yield* end(kind, state);
    default:
      return state;
  }
}

/** Attaches the control interrupt and the queues; a start after a stop attaches over the earlier call, without a disable. */
function* start(state: DpdkState, queues: number): Operations<DpdkState> {
  const { index } = state;
  if (index === null) return state;
  if (index !== VFIO_PCI_MSIX_IRQ_INDEX) {
    const isOn = yield* enableControl(index);
    return { ...state, enabled: state.enabled || isOn };
  }
  const fds = Array.from({ length: queues }, (_, n) => fdQueue(n));
  for (const fd of fds) yield newEventfd(fd);
  const { ret } = yield eventfds(index, TRIGGER_EVENTFD, 0, [FD_CONTROL, ...fds], DPDK_ARGSZ);
  return { ...state, enabled: state.enabled || ret === 0, queues };
}

function* stop(state: DpdkState): Operations<DpdkState> {
  for (let n = 0; n < state.queues; n++) yield { op: 'close', fd: fdQueue(n) };
  return { ...state, queues: 0 };
}

/** rte_eth_dev_close. */
function* close(state: DpdkState): Operations<DpdkState> {
  const { index, enabled } = state;
  if (index === null || !enabled) return state;
  yield* disableIndex(index);
  return { ...state, enabled: false };
}

/** rte_eal_cleanup, then the end of the process, with which the kernel closes the device. */
function* end({ cleansUp }: DpdkKind, state: DpdkState): Operations<DpdkState> {
  if (cleansUp) {
    yield without(VFIO_PCI_REQ_IRQ_INDEX, TRIGGER_NONE, 0, 0);
    yield { op: 'close', fd: FD_REMOVAL };
    if (state.index !== null) yield { op: 'close', fd: FD_CONTROL };
    yield* changeCommand({ clear: PCI_COMMAND_MASTER });
  }
  yield { op: 'release' };
  return { ...state, enabled: false, queues: 0 };
}
