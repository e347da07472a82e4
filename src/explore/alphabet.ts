// The lines that a search tries, built from a short description: blocks of vectors, descriptors, and other operations.

import type { Fault, Line, Op } from '../kernel/line.ts';
import { line } from '../kernel/line.ts';
import { BAD_FD, FIRST_FD } from '../machine/fdNumbers.ts';
import { type IrqSetData, NO_DATA } from '../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../uapi/vfio.ts';

/** Description of the lines. Vectors belong to the index `mode`. */
export interface AlphabetSpec {
  readonly mode: 'msix' | 'msi';
  /** Lines use vectors 0 to this − 1. */
  readonly vectors: number;
  /** Longest block of vectors in one ioctl. */
  readonly maxBlock: number;
  /** Number of open eventfds that can be attached. */
  readonly goodFds: number;
  /** The descriptors include −1. */
  readonly minusOne: boolean;
  /** The descriptors include a number that is not open. */
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
  /** Faults; the lines include each assignment with each of them. */
  readonly faults: readonly Fault[];
}

/** The usual failures of a host, each in the first call of its kind in the line: no irq, no handler, no memory. */
export const USUAL_FAULTS: readonly Fault[] = [
  { site: 'pci_msix_alloc_irq_at', nth: 1, result: 'ENOSPC' },
  { site: 'request_irq', nth: 1, result: 'ENOSPC' },
  { site: 'kasprintf', nth: 1, result: 'ENOMEM' },
];

/** The lines of set-up, which open the eventfds, and the lines of the alphabet in a stable order. */
export interface Alphabet {
  readonly setUp: readonly Line[];
  readonly lines: readonly Line[];
}

/** The default of a small search: blocks of 1 and 2 vectors; descriptors −1, one good and one bad. */
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

/** Returns the lines of a description. */
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

/**
 * Returns the number of lines of a description without listing them: five letters in blocks of eight are half a million lines,
 * and a form shows the number on every keystroke.
 */
export function alphabetSize(spec: AlphabetSpec): number {
  const { vectors, goodFds } = spec;
  const letters = goodFds + Number(spec.minusOne) + Number(spec.badFd);
  let assignments = Number(spec.countZero) * vectors;
  for (let length = 1; length <= Math.min(spec.maxBlock, vectors); length++) {
    assignments += (vectors - length + 1) * letters ** length;
  }
  return (
    assignments * (1 + spec.faults.length) +
    Number(spec.disable) +
    (Number(spec.loopback) + Number(spec.raise)) * vectors +
    Number(spec.close) * goodFds +
    Number(spec.reset)
  );
}

/** Returns every sequence of `length` letters, in the order of the letters. */
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
