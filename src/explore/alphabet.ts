// The lines that a search tries, built from a short description: blocks of vectors, descriptors, and other operations.

import type { Fault, Line, Op } from '../kernel/line.ts';
import { line } from '../kernel/line.ts';
import { BAD_FD, FIRST_FD } from '../machine/fdNumbers.ts';
import { type IrqSetData, NO_DATA } from '../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../uapi/vfio.ts';

/** An interrupt mode, by the name of its index in notation. */
export type IrqMode = 'msix' | 'msi' | 'intx';

/** A mode that lines use, and its vectors: lines use vectors 0 to this − 1. INTx has one. */
export interface ModeLines {
  readonly mode: IrqMode;
  readonly vectors: number;
}

/** Description of the lines. */
export interface AlphabetSpec extends ModeLines {
  /** Further modes, each at most once; a search with several modes also changes between them. */
  readonly also?: readonly ModeLines[];
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
  /** The device raises each MSI-X vector, or the only interrupt that it raises with MSI and INTx; with INTx it lowers its pin too. */
  readonly raise: boolean;
  /** INTx: MASK and UNMASK with DATA_NONE. */
  readonly mask?: boolean;
  /** INTx: UNMASK with each descriptor, and MASK with the first one, which the kernel refuses before it looks at it. */
  readonly unmaskFd?: boolean;
  /** For each line of a vector with DATA_NONE, the same with DATA_BOOL 1 and 0. */
  readonly bool?: boolean;
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

/** Returns the modes of a description, the first one first. */
export function modesOf({
  mode,
  vectors,
  also = [],
}: Pick<AlphabetSpec, 'mode' | 'vectors' | 'also'>): readonly ModeLines[] {
  return [{ mode, vectors }, ...also].map((one) => (one.mode === 'intx' ? { ...one, vectors: 1 } : one));
}

/** Returns the lines of a description. */
export function alphabetOf(spec: AlphabetSpec): Alphabet {
  const good = Array.from({ length: spec.goodFds }, (_, i) => FIRST_FD + i);
  const fds = [...(spec.minusOne ? [-1] : []), ...good, ...(spec.badFd ? [BAD_FD] : [])];
  const modes = modesOf(spec);
  const assignments = modes.flatMap((one) => assignmentsOf(spec, one, fds));
  const ops: Op[] = modes.flatMap((one) => otherOps(spec, one, fds));
  for (let vector = 0; spec.raise && vector < raised(modes); vector++) ops.push({ op: 'raise', vector });
  if (spec.raise && hasPin(modes)) ops.push({ op: 'lower' });
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

function assignmentsOf(
  { maxBlock, countZero }: AlphabetSpec,
  { mode, vectors }: ModeLines,
  fds: readonly number[],
): readonly Op[] {
  const found: Op[] = [];
  for (let length = countZero ? 0 : 1; length <= Math.min(maxBlock, vectors); length++) {
    for (let start = 0; start < vectors && start + length <= vectors; start++) {
      for (const values of words(fds, length))
        found.push(setIrqs(mode, TRIGGER, start, { kind: 'i32', values }));
    }
  }
  return found;
}

/** Returns the other SET_IRQS of a mode: disable, loopback, and for INTx MASK and UNMASK. */
function otherOps(spec: AlphabetSpec, { mode, vectors }: ModeLines, fds: readonly number[]): readonly Op[] {
  const found: Op[] = spec.disable ? [setIrqs(mode, TRIGGER, 0, NO_DATA)] : [];
  const single = (action: number, vector: number) => {
    found.push(setIrqs(mode, action, vector, NO_DATA, 1));
    if (spec.bool !== true) return;
    for (const value of [1, 0]) found.push(setIrqs(mode, action, vector, { kind: 'u8', values: [value] }));
  };
  if (spec.loopback) for (let vector = 0; vector < vectors; vector++) single(TRIGGER, vector);
  if (mode !== 'intx') return found;
  if (spec.mask === true) for (const action of [MASK, UNMASK]) single(action, 0);
  if (spec.unmaskFd === true) {
    const by = (action: number, fd: number) => setIrqs(mode, action, 0, { kind: 'i32', values: [fd] });
    found.push(...fds.map((fd) => by(UNMASK, fd)), ...fds.slice(0, 1).map((fd) => by(MASK, fd)));
  }
  return found;
}

/** Number of vectors that the device raises: all of MSI-X, only vector 0 with MSI and INTx. */
function raised(modes: readonly ModeLines[]): number {
  return Math.max(...modes.map(({ mode, vectors }) => (mode === 'msix' ? vectors : 1)));
}

function hasPin(modes: readonly ModeLines[]): boolean {
  return modes.some(({ mode }) => mode === 'intx');
}

/**
 * Returns the number of lines of a description without listing them: five letters in blocks of eight are half a million lines,
 * and a form shows the number on every keystroke.
 */
export function alphabetSize(spec: AlphabetSpec): number {
  const { goodFds } = spec;
  const modes = modesOf(spec);
  const letters = goodFds + Number(spec.minusOne) + Number(spec.badFd);
  const ways = spec.bool === true ? 3 : 1;
  let assignments = 0;
  let others = 0;
  for (const { mode, vectors } of modes) {
    assignments += Number(spec.countZero) * vectors;
    for (let length = 1; length <= Math.min(spec.maxBlock, vectors); length++) {
      assignments += (vectors - length + 1) * letters ** length;
    }
    others += Number(spec.disable) + Number(spec.loopback) * vectors * ways;
    if (mode === 'intx')
      others +=
        Number(spec.mask ?? false) * 2 * ways +
        Number(spec.unmaskFd ?? false) * (letters + Math.min(letters, 1));
  }
  return (
    assignments * (1 + spec.faults.length) +
    others +
    Number(spec.raise) * (raised(modes) + Number(hasPin(modes))) +
    Number(spec.close) * goodFds +
    Number(spec.reset)
  );
}

/** Returns every sequence of `length` letters, in the order of the letters. */
function words(letters: readonly number[], length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return words(letters, length - 1).flatMap((word) => letters.map((letter) => [...word, letter]));
}

const TRIGGER = VFIO_IRQ_SET_ACTION_TRIGGER;
const MASK = VFIO_IRQ_SET_ACTION_MASK;
const UNMASK = VFIO_IRQ_SET_ACTION_UNMASK;

const INDEX_OF: Readonly<Record<IrqMode, number>> = {
  msix: VFIO_PCI_MSIX_IRQ_INDEX,
  msi: VFIO_PCI_MSI_IRQ_INDEX,
  intx: VFIO_PCI_INTX_IRQ_INDEX,
};

/** By kind of data: its flag and the size of an element. */
export const DATA_OF = {
  none: [VFIO_IRQ_SET_DATA_NONE, 0],
  u8: [VFIO_IRQ_SET_DATA_BOOL, 1],
  i32: [VFIO_IRQ_SET_DATA_EVENTFD, 4],
} as const;

/** Returns a SET_IRQS with a matching argsz; `count` is the number of values, or given for no data. */
function setIrqs(
  mode: IrqMode,
  action: number,
  start: number,
  data: IrqSetData,
  count = data.kind === 'none' ? 0 : data.values.length,
): Op {
  const [type, size] = DATA_OF[data.kind];
  const argsz = VFIO_IRQ_SET_MINSZ + size * count;
  return { op: 'set_irqs', argsz, flags: type | action, index: INDEX_OF[mode], start, count, data };
}
