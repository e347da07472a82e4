// QEMU (hw/vfio/pci.c) as read from its source, which grows its vectors in three ways: before 7.1 each already unmasked vector
// is set up alone; from 7.1 on they are set up in one call; from 8.2 on QEMU attaches single vectors if the kernel can allocate
// them, and first enables MSI-X without an attached vector. Source: docs/clients.md §1 to §5. Links contain the lines of these
// clients, so they never change; qemuRecorded.ts has the versions that were recorded.

import type { Op } from '../kernel/line.ts';
import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { type Action, type Client, eventfds, newEventfd, type Operations, without } from './client.ts';
import { disableIntx, enableIntx, openQemu, UNMASK_INTX } from './qemuIntx.ts';
import {
  closings,
  fdKvm,
  fdOf,
  fdUser,
  isUnmasked,
  keptQemu,
  type QemuKind,
  type QemuState,
  TRIGGER_EVENTFD,
  TRIGGER_NONE,
  UNUSED,
  withVector,
} from './qemuState.ts';

/** Disables MSI-X. */
export const OFF = without(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_NONE, 0, 0);

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
    case 'unmask': {
      const now = { ...state, guestUnmasked: new Set(state.guestUnmasked).add(action.vector) };
      return isOn && !isUnmasked(state, action.vector) && isUnmasked(now, action.vector)
        ? yield* use(kind, now, action.vector)
        : now;
    }
    case 'mask': {
      const guestUnmasked = new Set(state.guestUnmasked);
      guestUnmasked.delete(action.vector);
      if (isOn && isUnmasked(state, action.vector)) yield* release(state, action.vector);
      return { ...state, guestUnmasked };
    }
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

/** Attaches every vector up to nr_vectors in one call; vectors never used get −1. */
export function enableVectors(state: QemuState) {
  const fds = Array.from({ length: state.nr_vectors }, (_, n) => fdOf(state, n));
  return eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
}

/** Creates eventfds and the KVM route of a vector. */
function* setUp(kind: QemuKind, state: QemuState, n: number): Operations<QemuState> {
  const { use: wasUsed, virq } = state.vectors.get(n) ?? UNUSED;
  if (!wasUsed) yield newEventfd(fdUser(n));
  if (!virq && kind.kvmIrqfd) yield newEventfd(fdKvm(n));
  return withVector(state, n, { use: true, virq: virq || kind.kvmIrqfd });
}

/** vfio_msix_vector_do_use: the guest has unmasked vector n. */
export function* use(kind: QemuKind, before: QemuState, n: number): Operations<QemuState> {
  const state = yield* setUp(kind, before, n);
  if (n < state.nr_vectors || (kind.grows && !state.noresize)) {
    yield eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fdOf(state, n)]);
    return { ...state, nr_vectors: Math.max(state.nr_vectors, n + 1) };
  }
  const grown = { ...state, nr_vectors: n + 1 };
  yield OFF;
  yield enableVectors(grown);
  return grown;
}

/** vfio_msix_vector_release: the guest has masked vector n. Its interrupts go to the main loop, which updates the PBA. */
export function* release(state: QemuState, n: number): Operations<void> {
  if (state.vectors.get(n)?.virq === true)
    yield eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fdUser(n)]);
}

/** The guest sets or clears the function mask: every unmasked vector is released or used, in ascending order. */
export function* functionMask(kind: QemuKind, before: QemuState, on: boolean): Operations<QemuState> {
  let state = { ...before, guestFunctionMask: on };
  if (state.interrupt !== 'msix' || before.guestFunctionMask === on) return state;
  for (const n of [...state.guestUnmasked].sort((a, b) => a - b)) {
    if (on) yield* release(before, n);
    else state = yield* use(kind, state, n);
  }
  return state;
}

/** vfio_disable_interrupts: MSI-X or MSI off, and INTx too; QEMU enables INTx in between. */
function* disableInterrupts(kind: QemuKind, state: QemuState): Operations<QemuState> {
  let now = state;
  if (now.interrupt === 'msix') now = yield* enableIntx(kind, yield* disableMsix(kind, now));
  else if (now.interrupt === 'msi') now = yield* enableIntx(kind, yield* disableMsi(now));
  return now.interrupt === 'intx' ? yield* disableIntx(kind, now) : now;
}

/** vfio_msix_disable, without the INTx set-up that follows it. `closes` closes the eventfds of the vectors. */
export function* disableMsix(
  kind: QemuKind,
  state: QemuState,
  closes: (state: QemuState) => readonly Op[] = closings,
): Operations<QemuState> {
  for (const [n, { virq }] of [...state.vectors].sort(([a], [b]) => a - b)) {
    if (n < state.nr_vectors && virq)
      yield eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, n, [fdUser(n)]);
  }
  // "Clear MSI-X IRQ index always" (January 2024): MSI-X can be on without a vector in use
  if (kind.grows || state.nr_vectors > 0) yield OFF;
  yield* closes(state);
  return { ...state, interrupt: 'none', nr_vectors: 0, vectors: new Map() };
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
