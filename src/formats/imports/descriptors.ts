// Tracks the open descriptors of a trace. Many traces begin after their program has opened its eventfds, and some traces
// never show it.

import type { Op } from '../../kernel/line.ts';
import { VFIO_IRQ_SET_DATA_EVENTFD } from '../../uapi/vfio.ts';

/** The descriptors that are open after the lines read so far. */
export class Descriptors {
  readonly #open = new Set<number>();

  /** Applies an operation. */
  follow(op: Op): void {
    if (op.op === 'eventfd' || op.op === 'file') this.#open.add(op.fd);
    else if (op.op === 'close') this.#open.delete(op.fd);
  }

  /** Returns true if the trace has opened the descriptor. */
  has(fd: number): boolean {
    return this.#open.has(fd);
  }

  /** Returns the operations that open the missing descriptors of a SET_IRQS that did not fail with EBADF. */
  missing(op: Op): readonly Op[] {
    if (op.op !== 'set_irqs' || (op.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0) return [];
    if (op.data.kind !== 'i32') return [];
    const looked = op.data.values.slice(0, op.count);
    const fds = new Set(looked.filter((fd) => fd >= 0 && fd < 2 ** 30 && !this.#open.has(fd)));
    return [...fds].map((fd) => ({ op: 'eventfd', fd, initval: 0n, semaphore: false }));
  }
}

/** The assumption about eventfds that the trace does not open. */
export const OPENED_BEFORE =
  'Eventfds opened before the trace begins have counter 0. The script opens them right before their first use.';
