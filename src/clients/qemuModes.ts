// How the recorded versions of QEMU enable and disable MSI-X and MSI. They create the eventfds of several vectors in two rounds
// and close them in ascending order of the vectors.

import { VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { eventfds, newEventfd, type Operations, without } from './client.ts';
import { disableIntx, enableIntx } from './qemuIntx.ts';
import {
  closingsByVector,
  fdKvm,
  fdOf,
  fdUser,
  isUnmasked,
  type QemuKind,
  type QemuState,
  TRIGGER_EVENTFD,
  TRIGGER_NONE,
  withVector,
} from './qemuState.ts';
import { disableMsix, enableVectors, OFF, release } from './qemuVectors.ts';

/** vfio_enable_msix_no_vec: MSI-X is on, and no vector is attached. */
const NO_VECTOR = eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, [-1]);

/** Returns the vectors that the guest can receive, in ascending order. */
function unmaskedOf(state: QemuState): readonly number[] {
  return [...state.guestUnmasked].filter((n) => isUnmasked(state, n)).sort((a, b) => a - b);
}

/** vfio_msix_enable. The mode before it is off. */
export function* enableMsix(kind: QemuKind, off: QemuState): Operations<QemuState> {
  const state: QemuState = { ...off, interrupt: 'msix', nr_vectors: 0 };
  const unmasked = unmaskedOf(state);
  if (unmasked.length === 0) {
    if (kind.grows) {
      yield NO_VECTOR;
      return state;
    }
    // MSI-X must be on although no vector is used: vector 0 is set up for the main loop and released again
    yield newEventfd(fdUser(0));
    const primed = { ...withVector(state, 0, { use: true, virq: false }), nr_vectors: 1 };
    yield OFF;
    yield enableVectors(primed);
    return primed;
  }
  const ready = yield* openEventfds(kind, state, unmasked);
  if (kind.grows && !state.noresize) yield NO_VECTOR;
  const now = { ...ready, nr_vectors: (unmasked.at(-1) ?? 0) + 1 };
  yield enableVectors(now);
  return now;
}

/** Creates the eventfds of several vectors: first all of the main loop, then all of KVM. */
function* openEventfds(
  { kvmIrqfd }: QemuKind,
  state: QemuState,
  vectors: readonly number[],
): Operations<QemuState> {
  for (const n of vectors) yield newEventfd(fdUser(n));
  if (kvmIrqfd) for (const n of vectors) yield newEventfd(fdKvm(n));
  return vectors.reduce((now, n) => withVector(now, n, { use: true, virq: kvmIrqfd }), state);
}

/** vfio_msi_enable: retries with the available number when fewer vectors are available. */
export function* enableMsi(kind: QemuKind, off: QemuState, count: number): Operations<QemuState> {
  const vectors = Array.from({ length: count }, (_, n) => n);
  const state = yield* openEventfds(kind, { ...off, interrupt: 'msi', vectors: new Map() }, vectors);
  const fds = vectors.map((n) => fdOf(state, n));
  const { ret } = yield eventfds(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
  if (ret === 0) return { ...state, nr_vectors: count };
  yield* closingsByVector(state);
  const none: QemuState = { ...off, interrupt: 'none', nr_vectors: 0, vectors: new Map() };
  return ret > 0 && ret < count ? yield* enableMsi(kind, none, ret) : none;
}

/** vfio_msi_disable, without the INTx set-up that follows it. */
export function* disableMsi(state: QemuState): Operations<QemuState> {
  yield without(VFIO_PCI_MSI_IRQ_INDEX, TRIGGER_NONE, 0, 0);
  yield* closingsByVector(state);
  return { ...state, interrupt: 'none', nr_vectors: 0, vectors: new Map() };
}

/** The guest clears the enable bit of MSI-X: each used vector is attached to the main loop once, then MSI-X is off. */
export function* clearMsix(kind: QemuKind, state: QemuState): Operations<QemuState> {
  return yield* disableMsix(kind, state, closingsByVector);
}

/**
 * QEMU ends MSI-X or MSI by itself, without INTx after it. The guest's enable bit of MSI-X is still set then, so QEMU attaches
 * the unmasked vectors to its main loop when it removes their notifiers, and all used ones again.
 */
export function* endMode(kind: QemuKind, state: QemuState): Operations<QemuState> {
  if (state.interrupt === 'msi') return yield* disableMsi(state);
  if (state.interrupt !== 'msix') return state;
  for (const n of unmaskedOf(state)) yield* release(state, n);
  return yield* clearMsix(kind, state);
}

/** vfio_disable_interrupts: QEMU enables INTx after MSI-X or MSI, and disables it too. */
export function* disableAll(kind: QemuKind, state: QemuState): Operations<QemuState> {
  const off = yield* endMode(kind, state);
  const now = off === state ? state : yield* enableIntx(kind, off);
  return now.interrupt === 'intx' ? yield* disableIntx(kind, now) : now;
}
