// Which descriptors are open while a trace is read: a trace often begins after its program has opened its eventfds, and
// some traces do not show that at all.

import type { Op } from '../../kernel/line.ts';
import { VFIO_IRQ_SET_DATA_EVENTFD } from '../../uapi/vfio.ts';

/** The descriptors that are open after what was read so far. */
export class Descriptors {
  readonly #open = new Set<number>();

  /** Takes note of an operation. */
  follow(op: Op): void {
    if (op.op === 'eventfd' || op.op === 'file') this.#open.add(op.fd);
    else if (op.op === 'close') this.#open.delete(op.fd);
  }

  /** True for one that was seen to be opened. */
  has(fd: number): boolean {
    return this.#open.has(fd);
  }

  /** Opens what a SET_IRQS must have found open that did not fail by EBADF. */
  missing(op: Op): readonly Op[] {
    if (op.op !== 'set_irqs' || (op.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0) return [];
    if (op.data.kind !== 'i32') return [];
    const looked = op.data.values.slice(0, op.count);
    const fds = new Set(looked.filter((fd) => fd >= 0 && fd < 2 ** 30 && !this.#open.has(fd)));
    return [...fds].map((fd) => ({ op: 'eventfd', fd, initval: 0n, semaphore: false }));
  }
}

/** What is said once where eventfds had to be opened that the trace does not show. */
export const OPENED_BEFORE =
  'Eventfds that were open before the trace begins are opened with counter 0, right before they are first used.';
