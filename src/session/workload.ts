// Scripts of any length like those of a client under load: attach every vector, then attach and detach blocks of vectors,
// some with a closed descriptor, raise interrupts, read counters, and now and then disable and re-enable everything. The
// same numbers give the same script.

import { line, type Op } from '../kernel/line.ts';
import { FIRST_FD, WORKLOAD_BAD_FD } from '../machine/fdNumbers.ts';
import { VFIO_IRQ_SET_MINSZ, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { type Script, type ScriptLine, unchangedDevice } from './script.ts';
import { scriptLine } from './session.ts';

/** The parameters of a workload. */
export interface Workload {
  readonly lines: number;
  /** MSI-X vectors, 1 to 2,048. */
  readonly vectors: number;
  readonly seed: number;
  /** Eventfds shared by the vectors; by default 64, or one per vector if there are fewer vectors. */
  readonly eventfds?: number;
}

const TRIGGER_EVENTFD = 0x24;
const TRIGGER_NONE = 0x21;
const TRIGGER_BOOL = 0x22;

/** Reproducible pseudo-random numbers: a linear congruential generator (Numerical Recipes). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** Returns a whole number below `count`. */
  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    // the low bits have a short period
    return Math.floor((this.#state / 2 ** 32) * count);
  }
}

/** Returns a script with exactly that many lines, on a device with as many vectors and CPU vectors as it needs. */
export function workload({ lines, vectors, seed, eventfds = Math.min(64, vectors) }: Workload): Script {
  const dice = new Dice(seed);
  const made: ScriptLine[] = [];
  const add = (op: Op) => made.push(scriptLine(line(op)));
  const fdOf = (vector: number) => FIRST_FD + (vector % eventfds);
  const enableAll = () =>
    add(
      attach(
        0,
        Array.from({ length: vectors }, (_, vector) => fdOf(vector)),
      ),
    );
  for (let fd = 0; fd < eventfds && made.length < lines; fd++)
    add({ op: 'eventfd', fd: FIRST_FD + fd, initval: 0n, semaphore: fd % 16 === 15 });
  enableAll();
  while (made.length < lines) {
    const vector = dice.below(vectors);
    const count = Math.min(1 + dice.below(8), vectors - vector);
    const block = Array.from({ length: count }, (_, at) => vector + at);
    const kind = dice.below(2000);
    if (kind < 660)
      add(
        attach(
          vector,
          block.map((one) => fdOf(one + dice.below(eventfds))),
        ),
      );
    else if (kind < 960)
      add(
        attach(
          vector,
          block.map(() => -1),
        ),
      );
    else if (kind < 1120)
      add(
        attach(
          vector,
          block.map((one, at) => (at === count - 1 ? WORKLOAD_BAD_FD : fdOf(one))),
        ),
      );
    else if (kind < 1660) add({ op: 'raise', vector });
    else if (kind < 1800) add({ op: 'read', fd: FIRST_FD + dice.below(eventfds) });
    else if (kind < 1920) add(loopback(TRIGGER_NONE, vector, count));
    else if (kind < 1999)
      add(
        loopbackBool(
          vector,
          block.map(() => dice.below(2)),
        ),
      );
    else {
      // rare, because on the largest table no other pair of lines is slower
      add(loopback(TRIGGER_NONE, 0, 0));
      enableAll();
    }
  }
  made.length = lines;
  const device = {
    ...unchangedDevice('nvme2048'),
    msix: vectors,
    cpuVectors: 2 * vectors,
    generation: 'dynamic',
  } as const;
  return { device, lines: made };
}

function attach(start: number, fds: readonly number[]): Op {
  return {
    op: 'set_irqs',
    argsz: VFIO_IRQ_SET_MINSZ + 4 * fds.length,
    flags: TRIGGER_EVENTFD,
    index: VFIO_PCI_MSIX_IRQ_INDEX,
    start,
    count: fds.length,
    data: { kind: 'i32', values: fds },
  };
}

function loopback(flags: number, start: number, count: number): Op {
  const data = { kind: 'none' } as const;
  return {
    op: 'set_irqs',
    argsz: VFIO_IRQ_SET_MINSZ,
    flags,
    index: VFIO_PCI_MSIX_IRQ_INDEX,
    start,
    count,
    data,
  };
}

function loopbackBool(start: number, values: readonly number[]): Op {
  return {
    op: 'set_irqs',
    argsz: VFIO_IRQ_SET_MINSZ + values.length,
    flags: TRIGGER_BOOL,
    index: VFIO_PCI_MSIX_IRQ_INDEX,
    start,
    count: values.length,
    data: { kind: 'u8', values },
  };
}
