// Follows the device and its eventfds through the calls of a probe, and adds the operations that a probe does not see: opening
// eventfds and the device, and the close of an eventfd that another one replaces.

import type { Op } from '../../../kernel/line.ts';
import type { TracedResult } from '../../../session/script.ts';
import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_PCI_INTX_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import { Descriptors, OPENED_BEFORE } from '../descriptors.ts';

/** An operation with its result. */
export interface Done {
  readonly op: Op;
  readonly traced: TracedResult | null;
}

type SetIrqs = Extract<Op, { readonly op: 'set_irqs' }>;

const REPLACED =
  'The trace does not show the close of the eventfd that unmasks INTx. Where the kernel accepts another one, the script closes the old one right before.';

const untold = (op: Op): Done => ({ op, traced: null });

/** The device and its eventfds after the lines read so far. */
export class DeviceState {
  readonly #descriptors = new Descriptors();
  readonly #assumed = new Set<string>();
  #isOpen = true;
  /** The eventfd that unmasks INTx; null without one. */
  #unmasks: number | null = null;

  get assumed(): readonly string[] {
    return [...this.#assumed];
  }

  eventfd(op: Op): readonly Done[] {
    this.#descriptors.follow(op);
    // the probe reports only eventfds that were made
    return [{ op, traced: { ret: 0, errno: null, out: null } }];
  }

  close(fd: number): readonly Done[] {
    return [untold(this.#close(fd))];
  }

  #close(fd: number): Op {
    const op: Op = { op: 'close', fd };
    this.#descriptors.follow(op);
    if (this.#unmasks === fd) this.#unmasks = null;
    return op;
  }

  release(): readonly Done[] {
    const before = this.#opened();
    this.#isOpen = false;
    this.#unmasks = null;
    return [...before, untold({ op: 'release' })];
  }

  /** The kernel calls the probed function only for an open device. */
  #opened(): readonly Done[] {
    if (this.#isOpen) return [];
    this.#isOpen = true;
    return [untold({ op: 'reopen' })];
  }

  /** `isFound`: the kernel found the descriptors, so missing ones are opened before. */
  setIrqs(op: Op, traced: TracedResult | null, isFound: boolean): readonly Done[] {
    const before = this.#opened();
    if (op.op !== 'set_irqs') return [...before, { op, traced }];
    const worked = traced === null || traced.ret >= 0;
    const replaced = worked ? this.#replaced(op) : [];
    const missing = isFound ? this.#descriptors.missing(op) : [];
    if (missing.length > 0) this.#assumed.add(OPENED_BEFORE);
    for (const opened of missing) this.#descriptors.follow(opened);
    if (worked) this.#follow(op);
    return [...before, ...[...replaced, ...missing].map(untold), { op, traced }];
  }

  /** Closes the eventfd that unmasks INTx if the kernel accepts another one: it refuses two with EBUSY. */
  #replaced(op: SetIrqs): readonly Op[] {
    if (unmaskingFd(op) === null || this.#unmasks === null) return [];
    this.#assumed.add(REPLACED);
    return [this.#close(this.#unmasks)];
  }

  #follow(op: SetIrqs): void {
    const { index, flags, count } = op;
    const fd = unmaskingFd(op);
    if (fd !== null) this.#unmasks = fd;
    const isOff = flags === (VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER) && count === 0;
    const isRemoved = flags === UNMASK_BY_EVENTFD && fd === null;
    if (index === VFIO_PCI_INTX_IRQ_INDEX && (isOff || isRemoved)) this.#unmasks = null;
  }
}

const UNMASK_BY_EVENTFD = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_UNMASK;

/** Returns the eventfd that the call binds to unmask INTx, or null. */
function unmaskingFd({ index, flags, count, data }: SetIrqs): number | null {
  if (index !== VFIO_PCI_INTX_IRQ_INDEX || flags !== UNMASK_BY_EVENTFD || count !== 1 || data.kind !== 'i32')
    return null;
  const fd = data.values[0] ?? -1;
  return fd < 0 ? null : fd;
}
