// kvmtool of August 2024 (vfio/pci.c) as recorded with a Linux guest. It masks in KVM: masking a vector sends no ioctl. It
// attaches vectors when the guest clears the function mask: those with an eventfd, which each written table entry gets.
// The recorded guest wrote every entry before that; the single calls for later entries are read from the source.

import type { Device } from '../machine/device.ts';
import { CLIENT_FD } from '../machine/fdNumbers.ts';
import {
  VFIO_DEVICE_FLAGS_RESET,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../uapi/vfio.ts';
import {
  type Action,
  type Client,
  eventfds,
  newEventfd,
  type Operations,
  without,
  writeCommand,
} from './client.ts';
import { TRIGGER_EVENTFD, TRIGGER_NONE, UNMASK_EVENTFD } from './qemuState.ts';

interface KvmtoolState {
  readonly tableSize: number;
  readonly hasIntx: boolean;
  /** INTx has its eventfds. */
  readonly intx: boolean;
  readonly enabled: boolean;
  readonly functionMask: boolean;
  /** Table entries with an eventfd; it stays open when MSI-X is disabled. */
  readonly opened: ReadonlySet<number>;
  readonly unmasked: ReadonlySet<number>;
  /** Vectors that the last calls attached; null while MSI-X is off. */
  readonly attached: ReadonlySet<number> | null;
}

const FD_INTX = 10;
const FD_UNMASK = 11;
const fdOf = (n: number): number => CLIENT_FD + n;
const inOrder = (vectors: ReadonlySet<number>): readonly number[] => [...vectors].sort((a, b) => a - b);

/** kvmtool of August 2024. */
export const KVMTOOL_2024: Client<KvmtoolState> = {
  id: 'kvmtool-2024',
  label: 'kvmtool of 2024',
  policy: 'enables MSI-X with −1 for every vector, then attaches the whole table in one call',
  evidence: 'recorded',
  source: 'kvmtool of August 2024 on Linux 6.12.117, e1000e and a Linux guest',
  actions: ['enable-msix', 'unmask', 'mask', 'function-mask', 'disable-msix', 'command', 'end'],
  open,
  act,
  kept: ({ tableSize, enabled, functionMask, opened, unmasked }) => ({
    facts: [
      ['table', `${tableSize} entries`],
      ['MSI-X', enabled ? 'on' : 'off'],
      ['eventfds open', String(opened.size)],
      ...(functionMask ? [['function mask', 'set'] as const] : []),
    ],
    vectors: [],
    wants: enabled && !functionMask ? inOrder(unmasked) : [],
  }),
};

function* open(device: Device): Operations<KvmtoolState> {
  const info = yield { op: 'device_info' };
  if ((info.flags & VFIO_DEVICE_FLAGS_RESET) !== 0) yield { op: 'reset' };
  if (device.msix !== null) yield { op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX };
  if (device.msi !== null) yield { op: 'irq_info', index: VFIO_PCI_MSI_IRQ_INDEX };
  if (device.intx) yield { op: 'irq_info', index: VFIO_PCI_INTX_IRQ_INDEX };
  return yield* enableIntx({
    tableSize: device.msix?.vectors ?? 0,
    hasIntx: device.intx,
    intx: false,
    enabled: false,
    functionMask: false,
    opened: new Set(),
    unmasked: new Set(),
    attached: null,
  });
}

function* act(state: KvmtoolState, action: Action): Operations<KvmtoolState> {
  switch (action.kind) {
    case 'enable-msix':
      if (state.enabled || state.tableSize === 0) return state;
      return yield* update({ ...(yield* disableIntx(state)), enabled: true });
    case 'disable-msix':
      if (!state.enabled) return state;
      yield without(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
      return yield* enableIntx({ ...state, enabled: false, attached: null });
    case 'function-mask':
      return yield* update({ ...state, functionMask: action.on });
    case 'unmask':
    case 'mask': {
      const { vector } = action;
      if (vector >= state.tableSize) return state;
      if (!state.opened.has(vector)) yield newEventfd(fdOf(vector));
      const unmasked = new Set(state.unmasked);
      if (action.kind === 'unmask') unmasked.add(vector);
      else unmasked.delete(vector);
      return yield* update({ ...state, opened: new Set(state.opened).add(vector), unmasked });
    }
    case 'command':
      yield writeCommand(action.value);
      return state;
    case 'end':
      yield { op: 'release' };
      return { ...state, enabled: false, intx: false };
    default:
      return state;
  }
}

/**
 * vfio_pci_enable_msis: the first call has the whole table, and so has the first one after the function mask is cleared when no
 * vector was attached before; later calls attach single vectors.
 */
function* update(state: KvmtoolState): Operations<KvmtoolState> {
  const { enabled, attached, opened, functionMask, tableSize } = state;
  if (!enabled) return state;
  if (attached === null || (!functionMask && attached.size === 0)) {
    const fds = Array.from({ length: tableSize }, (_, n) => (opened.has(n) ? fdOf(n) : -1));
    const { ret } = yield eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
    return ret < 0 ? state : { ...state, attached: opened };
  }
  if (functionMask) return state;
  for (const n of inOrder(opened))
    if (!attached.has(n)) yield eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fdOf(n)]);
  return { ...state, attached: opened };
}

/** vfio_pci_enable_intx. KVM writes the second eventfd when the guest acknowledges. */
function* enableIntx(state: KvmtoolState): Operations<KvmtoolState> {
  if (!state.hasIntx || state.intx) return state;
  yield newEventfd(FD_INTX);
  yield newEventfd(FD_UNMASK);
  yield eventfds(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [FD_INTX]);
  yield eventfds(VFIO_PCI_INTX_IRQ_INDEX, UNMASK_EVENTFD, 0, [FD_UNMASK]);
  return { ...state, intx: true };
}

function* disableIntx(state: KvmtoolState): Operations<KvmtoolState> {
  if (!state.intx) return state;
  yield without(VFIO_PCI_INTX_IRQ_INDEX, TRIGGER_NONE, 0, 0);
  yield { op: 'close', fd: FD_INTX };
  yield { op: 'close', fd: FD_UNMASK };
  return { ...state, intx: false };
}
