// Scripts of any length as a client under load would send them: every vector is attached, then blocks of vectors are
// attached anew and detached, some with a descriptor that is closed, interrupts are raised, counters read, and now and then
// everything is disabled and enabled again. The same numbers give the same script.

import { line, type Op } from '../kernel/line.ts';
import { VFIO_IRQ_SET_MINSZ, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import { type Script, type ScriptLine, unchangedDevice } from './script.ts';
import { scriptLine } from './session.ts';

/** What is asked for. */
export interface Workload {
  readonly lines: number;
  /** MSI-X vectors, 1 to 2,048. */
  readonly vectors: number;
  readonly seed: number;
  /** Eventfds that the vectors share; by default 64, or as many as there are vectors. */
  readonly eventfds?: number;
}

const FIRST_FD = 100;
/** A descriptor that is never open. */
const CLOSED_FD = 99_999;
const TRIGGER_EVENTFD = 0x24;
const TRIGGER_NONE = 0x21;
const TRIGGER_BOOL = 0x22;

/** Numbers that look random and are not: a linear congruential generator (Numerical Recipes). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number below `count`. */
  below(count: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    // the low bits repeat soon
    return Math.floor((this.#state / 2 ** 32) * count);
  }
}

/** Makes the script. It has exactly that many lines, and its device as many vectors and CPU vectors as it needs. */
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
    const kind = dice.below(1000);
    if (kind < 330)
      add(
        attach(
          vector,
          block.map((one) => fdOf(one + dice.below(eventfds))),
        ),
      );
    else if (kind < 480)
      add(
        attach(
          vector,
          block.map(() => -1),
        ),
      );
    else if (kind < 560)
      add(
        attach(
          vector,
          block.map((one, at) => (at === count - 1 ? CLOSED_FD : fdOf(one))),
        ),
      );
    else if (kind < 830) add({ op: 'raise', vector });
    else if (kind < 900) add({ op: 'read', fd: FIRST_FD + dice.below(eventfds) });
    else if (kind < 960) add(loopback(TRIGGER_NONE, vector, count));
    else if (kind < 996)
      add(
        loopbackBool(
          vector,
          block.map(() => dice.below(2)),
        ),
      );
    else {
      // on the largest table this is the slowest pair of lines that there is, and rare
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
