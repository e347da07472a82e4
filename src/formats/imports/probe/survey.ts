// Looks at a whole text of a probe before it is read: its devices, its callers, and the eventfds that vfio gets.

import { VFIO_IRQ_SET_DATA_EVENTFD } from '../../../uapi/vfio.ts';
import { fdOf } from '../numbers.ts';
import { Callers } from './callers.ts';
import { type ProbeCall, ProbeCalls } from './calls.ts';

/** The facts of a whole text. */
export class ProbeSurvey {
  readonly #calls = new ProbeCalls();
  readonly callers = new Callers();
  /** Number of calls by device, in the order of appearance. */
  readonly devices = new Map<string, number>();
  /** Some array that perf or trace-cmd printed has a value other than 0. */
  arraysWork = false;
  /** The eventfds that a SET_IRQS of each device names, numbered in the order of opening. */
  readonly #named = new Map<string | null, Set<number>>();
  readonly #open = new Map<number, number>();
  #eventfds = 0;

  look(text: string): void {
    const read = this.#calls.add(text);
    for (const call of this.#calls.takeFinished()) this.#finish(call);
    switch (read.kind) {
      case 'begun':
      case 'values': {
        const { call } = read;
        if (call === null) return;
        if (read.kind === 'begun' && call.vdev !== null)
          this.devices.set(call.vdev, (this.devices.get(call.vdev) ?? 0) + 1);
        this.#name(call);
        return;
      }
      case 'descriptor': {
        const fd = fdOf(read.fields.get('fd')?.text ?? '');
        if (read.word === 'eventfd' && fd !== null) this.#open.set(fd, this.#eventfds++);
        if (read.word === 'close' && fd !== null) this.#open.delete(fd);
        return;
      }
      default:
        return;
    }
  }

  end(): void {
    this.#calls.end();
    for (const call of this.#calls.takeFinished()) this.#finish(call);
  }

  #name({ fields, values, vdev }: ProbeCall): void {
    if (fields === null || (fields.flags & VFIO_IRQ_SET_DATA_EVENTFD) === 0) return;
    const named = this.namedBy(vdev);
    for (const fd of values) {
      const eventfd = fd === undefined ? undefined : this.#open.get(fd);
      if (eventfd !== undefined) named.add(eventfd);
    }
  }

  /** Returns the eventfds that the SET_IRQS of a device name. */
  namedBy(vdev: string | null): Set<number> {
    const named = this.#named.get(vdev) ?? new Set<number>();
    this.#named.set(vdev, named);
    return named;
  }

  #finish({ fields, caller, values, libtraceArray }: ProbeCall): void {
    if (fields !== null) this.callers.note(fields, caller);
    if (libtraceArray !== null && values.some((value) => value !== undefined && value !== 0))
      this.arraysWork = true;
  }
}
