// QEMU (hw/vfio/pci.c) as read from its source, which grows its vectors in three ways: before 7.1 each already unmasked vector
// is set up alone; from 7.1 on they are set up in one call; from 8.2 on QEMU attaches single vectors if the kernel can allocate
// them, and first enables MSI-X without an attached vector. Source: docs/clients.md §1 to §5. Links contain the lines of these
// clients, so they never change; qemuRecorded.ts has the versions that were recorded.

import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { type Action, type Client, eventfds, newEventfd, type Operations, without } from './client.ts';
import { disableIntx, enableIntx, openQemu, UNMASK_INTX } from './qemuIntx.ts';
import {
  closings,
  fdKvm,
  fdUser,
  isUnmasked,
  keptQemu,
  type QemuKind,
  type QemuState,
  TRIGGER_EVENTFD,
  TRIGGER_NONE,
  withVector,
} from './qemuState.ts';
import {
  disableMsix,
  enableVectors,
  functionMask,
  maskVector,
  OFF,
  setUp,
  unmaskVector,
  use,
} from './qemuVectors.ts';

/** A QEMU that reads nothing from config space when it opens a device. */
type QemuBySource = Omit<Client<QemuState>, 'open'> & { readonly open: () => Operations<QemuState> };

/** Returns a QEMU of that kind. */
export function qemu(id: string, label: string, policy: string, kind: QemuKind): QemuBySource {
  return {
    id,
    label,
    policy,
    evidence: 'by source',
    source: 'QEMU hw/vfio/pci.c',
    actions: [
      'enable-msix',
      'unmask',
      'mask',
      'function-mask',
      'disable-msix',
      'enable-msi',
      'disable-msi',
      'acknowledge-intx',
      'reset',
      'unplug',
    ],
    open: () => openQemu(kind),
    act: (state, action) => act(kind, state, action),
    kept: (state) => keptQemu(kind, state),
  };
}

function* act(kind: QemuKind, state: QemuState, action: Action): Operations<QemuState> {
  const isOn = state.interrupt === 'msix';
  switch (action.kind) {
    case 'enable-msix':
      return isOn ? state : yield* enableMsix(kind, yield* disableInterrupts(kind, state));
    case 'disable-msix':
      return isOn ? yield* enableIntx(kind, yield* disableMsix(kind, state)) : state;
    case 'unmask':
      return yield* unmaskVector(kind, state, action.vector);
    case 'mask':
      return yield* maskVector(state, action.vector);
    case 'function-mask':
      return yield* functionMask(kind, state, action.on);
    case 'enable-msi':
      return yield* enableMsi(kind, yield* disableInterrupts(kind, state), action.count);
    case 'disable-msi':
      return state.interrupt === 'msi' ? yield* enableIntx(kind, yield* disableMsi(state)) : state;
    case 'acknowledge-intx':
      // with irqfd KVM writes the resample eventfd, and QEMU sends no ioctl
      if (state.interrupt === 'intx' && !kind.kvmIrqfd) yield UNMASK_INTX;
      return state;
    case 'reset': {
      const stopped = yield* disableInterrupts(kind, state);
      yield { op: 'reset' };
      // after a reset every entry of the guest's table is masked
      return yield* enableIntx(kind, { ...stopped, guestUnmasked: new Set(), guestFunctionMask: false });
    }
    case 'unplug': {
      const stopped = yield* disableInterrupts(kind, state);
      yield { op: 'release' };
      return stopped;
    }
    default:
      return state;
  }
}

/** vfio_msix_enable. The mode before it is off. */
function* enableMsix(kind: QemuKind, off: QemuState): Operations<QemuState> {
  let state: QemuState = { ...off, interrupt: 'msix', nr_vectors: 0 };
  const unmasked = [...state.guestUnmasked].filter((n) => isUnmasked(state, n)).sort((a, b) => a - b);
  if (kind.grows && (unmasked.length === 0 || !state.noresize)) {
    // vfio_enable_msix_no_vec
    yield eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [-1]);
  }
  if (!kind.batches || (!kind.grows && unmasked.length === 0)) {
    // MSI-X must be on although no vector is used: vector 0 is set up for the main loop and released again
    yield newEventfd(fdUser(0));
    state = { ...withVector(state, 0, { use: true, virq: false }), nr_vectors: 1 };
    yield OFF;
    yield enableVectors(state);
  }
  if (!kind.batches) {
    for (const n of unmasked) state = yield* use(kind, state, n);
    return state;
  }
  if (unmasked.length === 0) return state;
  for (const n of unmasked) state = yield* setUp(kind, state, n);
  state = { ...state, nr_vectors: (unmasked.at(-1) ?? 0) + 1 };
  yield enableVectors(state);
  return state;
}

/** vfio_disable_interrupts: MSI-X or MSI off, and INTx too; QEMU enables INTx in between. */
function* disableInterrupts(kind: QemuKind, state: QemuState): Operations<QemuState> {
  let now = state;
  if (now.interrupt === 'msix') now = yield* enableIntx(kind, yield* disableMsix(kind, now));
  else if (now.interrupt === 'msi') now = yield* enableIntx(kind, yield* disableMsi(now));
  return now.interrupt === 'intx' ? yield* disableIntx(kind, now) : now;
}

/** vfio_msi_enable: retries with the available number when fewer vectors are available. */
function* enableMsi(kind: QemuKind, off: QemuState, count: number): Operations<QemuState> {
  let state: QemuState = { ...off, interrupt: 'msi', vectors: new Map() };
  for (let n = 0; n < count; n++) state = yield* setUp(kind, state, n);
  const fds = Array.from({ length: count }, (_, n) => (kind.kvmIrqfd ? fdKvm(n) : fdUser(n)));
  const { ret } = yield eventfds(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
  if (ret === 0) return { ...state, nr_vectors: count };
  yield* closings(state);
  const none: QemuState = { ...off, interrupt: 'none', nr_vectors: 0, vectors: new Map() };
  return ret > 0 && ret < count ? yield* enableMsi(kind, none, ret) : none;
}

function* disableMsi(state: QemuState): Operations<QemuState> {
  yield without(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_NONE, 0, 0);
  yield* closings(state);
  return { ...state, interrupt: 'none', nr_vectors: 0, vectors: new Map() };
}
