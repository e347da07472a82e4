// QEMU's vectors while MSI-X is on, in every version: the guest masks and unmasks them, singly and by the function mask, and
// MSI-X is disabled. Source: docs/clients.md §2 and §3.

import type { Op } from '../kernel/line.ts';
import { VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { eventfds, newEventfd, type Operations, without } from './client.ts';
import {
  closings,
  fdKvm,
  fdOf,
  fdUser,
  isUnmasked,
  type QemuKind,
  type QemuState,
  TRIGGER_EVENTFD,
  TRIGGER_NONE,
  UNUSED,
  withVector,
} from './qemuState.ts';

/** Disables MSI-X. */
export const OFF = without(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_NONE, 0, 0);

/** The guest unmasks vector n in its table. */
export function* unmaskVector(kind: QemuKind, state: QemuState, n: number): Operations<QemuState> {
  const now = { ...state, guestUnmasked: new Set(state.guestUnmasked).add(n) };
  const isNew = state.interrupt === 'msix' && !isUnmasked(state, n) && isUnmasked(now, n);
  return isNew ? yield* use(kind, now, n) : now;
}

/** The guest masks vector n in its table. */
export function* maskVector(state: QemuState, n: number): Operations<QemuState> {
  const guestUnmasked = new Set(state.guestUnmasked);
  guestUnmasked.delete(n);
  if (state.interrupt === 'msix' && isUnmasked(state, n)) yield* release(state, n);
  return { ...state, guestUnmasked };
}

/** Attaches every vector up to nr_vectors in one call; vectors never used get −1. */
export function enableVectors(state: QemuState) {
  const fds = Array.from({ length: state.nr_vectors }, (_, n) => fdOf(state, n));
  return eventfds(VFIO_PCI_MSIX_IRQ_INDEX, TRIGGER_EVENTFD, 0, fds);
}

/** Creates eventfds and the KVM route of a vector. */
export function* setUp(kind: QemuKind, state: QemuState, n: number): Operations<QemuState> {
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
