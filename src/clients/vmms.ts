// Other programs that own a device: Cloud Hypervisor, crosvm, kvmtool and the kernel's selftest. Source: docs/clients.md §7,
// scenarios S1, S3, S11, S12. They mask through KVM and send no ioctl for it, so masking is no action here.

import { CLIENT_FD } from '../machine/fdNumbers.ts';
import { VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import {
  type Action,
  type ActionKind,
  type Client,
  eventfds,
  type Kept,
  newEventfd,
  type Operations,
  without,
} from './client.ts';
import { TRIGGER_EVENTFD, TRIGGER_NONE } from './qemuState.ts';

/** The state of these programs: the size of the table, and whether MSI-X is on. */
export interface TableState {
  readonly tableSize: number;
  readonly enabled: boolean;
  /** Vectors with an open eventfd. */
  readonly opened: ReadonlySet<number>;
  /** Vectors that the guest has unmasked since MSI-X was enabled. */
  readonly unmasked: readonly number[];
}

/** Returns the state for display. */
function keptTable({ tableSize, enabled, opened }: TableState, wants: readonly number[]): Kept {
  return {
    facts: [
      ['table', `${tableSize} entries`],
      ['MSI-X', enabled ? 'on' : 'off'],
      ['eventfds open', String(opened.size)],
    ],
    vectors: [],
    wants: enabled ? wants : [],
  };
}

const usedOf = ({ opened }: TableState): readonly number[] => [...opened].sort((a, b) => a - b);

const fdOf = (n: number): number => CLIENT_FD + n;
/** The eventfd with which crosvm enables a table before any vector is used. */
const FD_FIRST = 9;

function* open(): Operations<TableState> {
  const { count } = yield { op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX };
  return { tableSize: count, enabled: false, opened: new Set(), unmasked: [] };
}

const bind = (start: number, fds: readonly number[]) =>
  eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, start, fds);
const none = (count: number): number[] => Array.from({ length: count }, () => -1);

/** Opens the missing eventfds of vectors. */
function* openEventfds(state: TableState, vectors: readonly number[]): Operations<TableState> {
  const opened = new Set(state.opened);
  for (const n of vectors) {
    if (!opened.has(n)) yield newEventfd(fdOf(n));
    opened.add(n);
  }
  return { ...state, opened };
}

function* disable(state: TableState): Operations<TableState> {
  yield without(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
  return { ...state, enabled: false, unmasked: [] };
}

interface Way {
  readonly id: string;
  readonly label: string;
  readonly policy: string;
  readonly source: string;
  readonly actions: readonly ActionKind[];
  readonly enable: (state: TableState) => Operations<TableState>;
}

/** Returns a client with its own way to enable, which attaches a vector when the guest unmasks it. */
function client({ enable, ...facts }: Way): Client<TableState> {
  return {
    ...facts,
    evidence: 'by source',
    open,
    // a client that attaches the whole table does not know which vectors the guest uses
    kept: (state) => keptTable(state, state.unmasked),
    *act(state: TableState, action: Action): Operations<TableState> {
      if (action.kind === 'enable-msix') return state.enabled ? state : yield* enable(state);
      if (action.kind === 'disable-msix') return state.enabled ? yield* disable(state) : state;
      if (action.kind === 'unplug') {
        const off = state.enabled ? yield* disable(state) : state;
        yield { op: 'release' };
        return off;
      }
      if (action.kind === 'unmask' && facts.actions.includes('unmask') && state.enabled) {
        const now = yield* openEventfds(state, [action.vector]);
        yield bind(action.vector, [fdOf(action.vector)]);
        const unmasked = [...new Set([...now.unmasked, action.vector])].sort((a, b) => a - b);
        return { ...now, unmasked };
      }
      return state;
    },
  };
}

/** Cloud Hypervisor attaches its whole table when the guest enables MSI-X. */
export const CLOUD_HYPERVISOR = client({
  id: 'cloud-hypervisor',
  label: 'Cloud Hypervisor',
  policy: 'attaches every vector of the table at once, used or unused',
  source: 'cloud-hypervisor pci/src/vfio.rs @ae44c297',
  actions: ['enable-msix', 'disable-msix', 'unplug'],
  *enable(state) {
    const all = Array.from({ length: state.tableSize }, (_, n) => n);
    const now = yield* openEventfds(state, all);
    const { ret } = yield bind(0, all.map(fdOf));
    return { ...now, enabled: ret === 0 };
  },
});

/** crosvm allocates the table with one eventfd, detaches it again, and attaches single vectors. */
export const CROSVM = client({
  id: 'crosvm',
  label: 'crosvm',
  policy: 'allocates the whole table once, then attaches vectors one by one',
  source: 'crosvm devices/src/pci/vfio_pci.rs',
  actions: ['enable-msix', 'unmask', 'disable-msix', 'unplug'],
  *enable(state) {
    yield newEventfd(FD_FIRST);
    const { ret } = yield bind(0, [FD_FIRST, ...none(state.tableSize - 1)]);
    if (ret !== 0) return state;
    yield bind(0, none(state.tableSize));
    return { ...state, enabled: true };
  },
});

/** kvmtool does the same with the eventfd of vector 0; it masks by removing the irqfd from KVM. */
export const KVMTOOL = client({
  id: 'kvmtool',
  label: 'kvmtool',
  policy: 'allocates the whole table once, then attaches vectors one by one',
  source: 'kvmtool vfio/pci.c @09533d3c, of May 2019',
  actions: ['enable-msix', 'unmask', 'disable-msix', 'unplug'],
  *enable(state) {
    const now = yield* openEventfds(state, [0]);
    const { ret } = yield bind(0, [fdOf(0), ...none(state.tableSize - 1)]);
    if (ret !== 0) return now;
    yield bind(0, none(state.tableSize));
    return { ...now, enabled: true };
  },
});

/** The kernel's selftest: enable, loopback trigger, disable. */
export const SELFTEST: Client<TableState> = {
  id: 'selftest',
  label: 'kernel selftest',
  policy: 'attaches some vectors, sends each a loopback trigger, then disables the index',
  evidence: 'by source',
  source: 'tools/testing/selftests/vfio/vfio_pci_device_test.c',
  actions: ['enable-queues', 'trigger', 'disable-msix', 'unplug'],
  open,
  kept: (state) => keptTable(state, usedOf(state)),
  *act(state, action): Operations<TableState> {
    switch (action.kind) {
      case 'enable-queues': {
        const vectors = Array.from({ length: action.count }, (_, n) => n);
        const now = yield* openEventfds(state, vectors);
        const { ret } = yield bind(0, vectors.map(fdOf));
        return { ...now, enabled: state.enabled || ret === 0 };
      }
      case 'trigger':
        yield without(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_NONE, action.vector, 1);
        return state;
      case 'disable-msix':
        return yield* disable(state);
      case 'unplug':
        yield { op: 'release' };
        return { ...state, enabled: false };
      default:
        return state;
    }
  },
};
