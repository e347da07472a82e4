// QEMU's state of a device's interrupts (hw/vfio/pci.c, struct VFIOPCIDevice), and the guest's writes.

import type { Op } from '../kernel/line.ts';
import { CLIENT_FD, QEMU_LOOP_FD } from '../machine/fdNumbers.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
} from '../uapi/vfio.ts';
import type { Kept } from './client.ts';

export const TRIGGER_EVENTFD = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
export const UNMASK_EVENTFD = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_UNMASK;
export const TRIGGER_NONE = VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER;
export const MASK_NONE = VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_MASK;
export const UNMASK_NONE = VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_UNMASK;

/** The differences between versions, and the options of QEMU. */
export interface QemuKind {
  /** 7.1: vectors unmasked while MSI-X is being enabled are attached in one call. */
  readonly batches: boolean;
  /** 8.2: attaches single vectors if the kernel allows it, and enables without a vector. */
  readonly grows: boolean;
  /** KVM injects through irqfd. Without it every interrupt goes through QEMU's main loop. */
  readonly kvmIrqfd: boolean;
}

/** One vector in QEMU (VFIOMSIVector). */
export interface QemuVector {
  /** QEMU has set it up; true until the mode ends. */
  readonly use: boolean;
  /** It has a KVM route, so that KVM can inject through irqfd. */
  readonly virq: boolean;
}

/** The state of QEMU. */
export interface QemuState {
  readonly interrupt: 'none' | 'intx' | 'msi' | 'msix';
  readonly nr_vectors: number;
  /** VFIO_IRQ_INFO_NORESIZE of MSI-X, read once; versions before 8.2 do not read it. */
  readonly noresize: boolean;
  readonly vectors: ReadonlyMap<number, QemuVector>;
  /** Vectors that the guest has unmasked in its table. Initially every entry is masked. */
  readonly guestUnmasked: ReadonlySet<number>;
  readonly guestFunctionMask: boolean;
  /** Table entries of the device. */
  readonly tableSize: number;
  readonly hasIntx: boolean;
}

/** The eventfd of vector n that QEMU's main loop reads, and the one that KVM injects from. */
export const fdUser = (n: number): number => QEMU_LOOP_FD + n;
export const fdKvm = (n: number): number => CLIENT_FD + n;

/** Descriptors that belong to no vector. */
export const FD_INTX = 10;
export const FD_RESAMPLE = 11;
export const FD_REQ = 12;
export const FD_ERR = 13;

/** A vector that is not set up. */
export const UNUSED: QemuVector = { use: false, virq: false };

/** Returns the descriptor attached to vector n, −1 for a vector that was never used (vfio_enable_vectors). */
export function fdOf(state: QemuState, n: number): number {
  const { use, virq } = state.vectors.get(n) ?? UNUSED;
  if (!use) return -1;
  return virq && (state.interrupt !== 'msix' || isUnmasked(state, n)) ? fdKvm(n) : fdUser(n);
}

/** True when the guest can receive interrupts of this vector: unmasked in the table, and no function mask. */
export function isUnmasked({ guestUnmasked, guestFunctionMask }: QemuState, n: number): boolean {
  return !guestFunctionMask && guestUnmasked.has(n);
}

/** Returns the state with vector n changed. */
export function withVector(state: QemuState, n: number, vector: QemuVector): QemuState {
  return { ...state, vectors: new Map(state.vectors).set(n, vector) };
}

/** Closes the eventfds of every vector, in the order of their first use (vfio_msi_disable_common by its source). */
export function closings({ vectors }: QemuState): readonly Op[] {
  return closingsOf([...vectors]);
}

/** Closes the eventfds of every vector in ascending order, as every recorded version does. */
export function closingsByVector({ vectors }: QemuState): readonly Op[] {
  return closingsOf([...vectors].sort(([a], [b]) => a - b));
}

function closingsOf(vectors: readonly (readonly [number, QemuVector])[]): readonly Op[] {
  return vectors.flatMap(([n, { virq }]): Op[] => [
    ...(virq ? [{ op: 'close', fd: fdKvm(n) } as const] : []),
    { op: 'close', fd: fdUser(n) },
  ]);
}

/** Returns QEMU's state for display. */
export function keptQemu({ grows }: QemuKind, state: QemuState): Kept {
  const { interrupt, nr_vectors, noresize, vectors, guestUnmasked, guestFunctionMask } = state;
  const ascending = (all: Iterable<number>) => [...all].sort((a, b) => a - b);
  const wants =
    interrupt === 'msix'
      ? ascending(guestUnmasked).filter((n) => isUnmasked(state, n))
      : interrupt === 'msi'
        ? Array.from({ length: nr_vectors }, (_, n) => n)
        : [];
  return {
    facts: [
      ['interrupt', interrupt === 'none' ? 'none' : { intx: 'INTx', msi: 'MSI', msix: 'MSI-X' }[interrupt]],
      ['nr_vectors', String(nr_vectors)],
      // versions before 8.2 do not read it
      ...(grows ? [['noresize', noresize ? 'true' : 'false'] as const] : []),
      ...(guestFunctionMask ? [['function mask', 'set'] as const] : []),
    ],
    vectors: ascending(new Set([...vectors.keys(), ...guestUnmasked])).map((vector) => {
      const { use, virq } = vectors.get(vector) ?? UNUSED;
      const words = [
        use ? 'use' : 'not set up',
        ...(virq ? ['virq'] : []),
        guestUnmasked.has(vector) ? 'unmasked' : 'masked',
      ];
      return { vector, words: words.join(', ') };
    }),
    wants,
  };
}
