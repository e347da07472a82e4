// The lines that a search may use, from a short description: blocks of vectors, descriptors, and what else can happen.

import type { Fault, Line, Op } from '../kernel/line.ts';
import { line } from '../kernel/line.ts';
import { type IrqSetData, NO_DATA } from '../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../uapi/vfio.ts';

/** Which lines there are. Vectors are those of the index `mode`. */
export interface AlphabetSpec {
  readonly mode: 'msix' | 'msi';
  /** Vectors 0 … this − 1 are used. */
  readonly vectors: number;
  /** Longest block of vectors in one ioctl. */
  readonly maxBlock: number;
  /** Number of open eventfds that can be attached. */
  readonly goodFds: number;
  /** −1 is among the descriptors. */
  readonly minusOne: boolean;
  /** A number that is not open is among the descriptors. */
  readonly badFd: boolean;
  /** Assignments with count 0, from every start. */
  readonly countZero: boolean;
  /** The disable ioctl. */
  readonly disable: boolean;
  /** DATA_NONE triggers of every single vector. */
  readonly loopback: boolean;
  /** The device raises each vector. */
  readonly raise: boolean;
  /** close(2) of each eventfd's descriptor. */
  readonly close: boolean;
  /** VFIO_DEVICE_RESET. */
  readonly reset: boolean;
  /** Each assignment also with each of these faults. */
  readonly faults: readonly Fault[];
}

/** Lines of set-up, which open the eventfds, and the lines of the alphabet in a stable order. */
export interface Alphabet {
  readonly setUp: readonly Line[];
  readonly lines: readonly Line[];
}

/** The descriptor of the first eventfd; the others follow. */
export const FIRST_FD = 100;
/** The descriptor that is never open. */
export const BAD_FD = 999;

/** What a small search asks without being told otherwise: blocks of 1 and 2, descriptors −1, one good and one bad. */
export const USUAL_ALPHABET: AlphabetSpec = {
  mode: 'msix',
  vectors: 3,
  maxBlock: 2,
  goodFds: 1,
  minusOne: true,
  badFd: true,
  countZero: false,
  disable: false,
  loopback: false,
  raise: false,
  close: false,
  reset: false,
  faults: [],
};

/** The lines that a description stands for. */
export function alphabetOf(spec: AlphabetSpec): Alphabet {
  const good = Array.from({ length: spec.goodFds }, (_, i) => FIRST_FD + i);
  const fds = [...(spec.minusOne ? [-1] : []), ...good, ...(spec.badFd ? [BAD_FD] : [])];
  const assignments: Op[] = [];
  for (let length = spec.countZero ? 0 : 1; length <= Math.min(spec.maxBlock, spec.vectors); length++) {
    for (let start = 0; start < spec.vectors && start + length <= spec.vectors; start++) {
      for (const values of words(fds, length)) assignments.push(assign(spec.mode, start, values));
    }
  }
  const ops: Op[] = [];
  if (spec.disable) ops.push(trigger(spec.mode, 0, 0));
  for (let vector = 0; vector < spec.vectors; vector++) {
    if (spec.loopback) ops.push(trigger(spec.mode, vector, 1));
    if (spec.raise) ops.push({ op: 'raise', vector });
  }
  if (spec.close) for (const fd of good) ops.push({ op: 'close', fd });
  if (spec.reset) ops.push({ op: 'reset' });
  return {
    setUp: good.map((fd) => line({ op: 'eventfd', fd, initval: 0n, semaphore: false })),
    lines: [
      ...assignments.map(line),
      ...ops.map(line),
      ...spec.faults.flatMap((fault) => assignments.map((op) => ({ op, faults: [fault] }))),
    ],
  };
}

/** Every sequence of `length` letters, in the order of the letters. */
function words(letters: readonly number[], length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return words(letters, length - 1).flatMap((word) => letters.map((letter) => [...word, letter]));
}

function assign(mode: AlphabetSpec['mode'], start: number, values: readonly number[]): Op {
  const flags = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
  return setIrqs(mode, flags, start, values.length, { kind: 'i32', values });
}

function trigger(mode: AlphabetSpec['mode'], start: number, count: number): Op {
  return setIrqs(mode, VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER, start, count, NO_DATA);
}

function setIrqs(
  mode: AlphabetSpec['mode'],
  flags: number,
  start: number,
  count: number,
  data: IrqSetData,
): Op {
  const index = mode === 'msix' ? VFIO_PCI_MSIX_IRQ_INDEX : VFIO_PCI_MSI_IRQ_INDEX;
  const argsz = VFIO_IRQ_SET_MINSZ + (data.kind === 'i32' ? data.values.length * 4 : 0);
  return { op: 'set_irqs', argsz, flags, index, start, count, data };
}
