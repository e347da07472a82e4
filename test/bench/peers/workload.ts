// Deterministic timelines of any size for the bench: attaching and detaching eventfds in blocks, interrupts, some failures and
// rare teardowns. They are generated without the model, because replaying a million events would take minutes.

import {
  LANE_STATES,
  type LaneState,
  laneId,
  MARK_KINDS,
  type MarkKind,
  TEARDOWN_CAUSES,
  TimelineData,
} from '../../../src/views/timeline/data.ts';
import { LOSSES, OPERATION_KINDS } from '../../../src/views/timeline/extract.ts';

const SET_IRQS = OPERATION_KINDS.indexOf('set_irqs');
const RAISE = OPERATION_KINDS.indexOf('raise');
const EBADF = 9;
const DISABLE = TEARDOWN_CAUSES.indexOf('disable');
/** Number of lines per append. */
const BLOCK = 4096;

/** Pseudo-random numbers: Knuth's and Lewis' linear congruential generator. `below(n)` returns 0 … n − 1. */
function lcg(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // the low bits of this generator have a short period
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Vector {
  state: LaneState;
  irq: number;
  ev: number;
  pending: boolean;
}

class Guest {
  readonly data = new TimelineData();
  readonly #vectors: Vector[];
  readonly #random = lcg(1);
  readonly #events: number;
  #left: number;
  #line = 0;
  #irq = 32;
  #lines: number[] = [];
  #turns: number[] = [];
  #marks: number[] = [];

  constructor(events: number, lanes: number) {
    this.#events = events;
    this.#left = events;
    this.#vectors = Array.from({ length: lanes }, () => ({ state: 'none', irq: 0, ev: -1, pending: false }));
  }

  /** Appends lines until the timeline has the requested number of events. */
  live(): TimelineData {
    // enabling every vector must not use up a small workload
    this.#attach(0, Math.min(this.#vectors.length, Math.max(1, Math.floor(this.#events / 10))));
    while (this.#left > 0) this.#act();
    this.#flush();
    return this.data;
  }

  #act(): void {
    const count = this.#vectors.length;
    const first = this.#random(count);
    const block = 1 + this.#random(Math.min(4, count - first));
    const dice = this.#random(100);
    if (this.#random(50 * count) === 0) this.#tearDown();
    else if (dice < 55) this.#raise(first);
    else if (dice < 61) this.#raiseMasked(first);
    else if (dice < 83) this.#attach(first, block);
    else if (dice < 95) this.#detach(first, block);
    else this.#fail(first, block);
  }

  #raise(at: number): void {
    this.#begin(RAISE);
    const vector = this.#vector(at);
    this.#mark(at, 'raised', -1);
    if (vector.state === 'attached') this.#mark(at, 'delivered', vector.ev);
    else this.#mark(at, 'lost', LOSSES.indexOf(vector.state === 'none' ? 'disabled' : 'no-handler'));
  }

  #raiseMasked(at: number): void {
    this.#begin(RAISE);
    const vector = this.#vector(at);
    this.#mark(at, 'raised', -1);
    this.#mark(at, vector.pending ? 'coalesced' : 'pended', -1);
    vector.pending = !vector.pending;
    this.#turn(at);
  }

  #attach(first: number, count: number): void {
    this.#begin(SET_IRQS);
    for (let at = first; at < first + count; at++) {
      const vector = this.#vector(at);
      if (vector.state === 'none') {
        vector.irq = this.#irq++;
        this.#mark(at, 'allocated', vector.irq);
      } else if (vector.state === 'attached') {
        this.#mark(at, 'detached', vector.ev);
      }
      vector.state = 'attached';
      vector.ev = this.#random(64);
      this.#mark(at, 'attached', vector.ev);
      this.#turn(at);
    }
  }

  #detach(first: number, count: number): void {
    this.#begin(SET_IRQS);
    for (let at = first; at < first + count; at++) {
      const vector = this.#vector(at);
      if (vector.state !== 'attached') continue;
      this.#mark(at, 'detached', vector.ev);
      vector.state = 'cached';
      vector.ev = -1;
      this.#turn(at);
    }
  }

  #fail(first: number, count: number): void {
    this.#begin(SET_IRQS, EBADF);
    for (let at = first; at < first + count; at++) this.#mark(at, 'failed', -1);
  }

  #tearDown(): void {
    const live = this.#vectors.filter(({ state }) => state !== 'none').length;
    this.#begin(SET_IRQS, 0, DISABLE, live);
    this.#vectors.forEach((vector, at) => {
      if (vector.state === 'none') return;
      this.#mark(at, 'freed', vector.irq);
      Object.assign(vector, { state: 'none', irq: 0, ev: -1, pending: false } satisfies Vector);
      this.#turn(at);
    });
    this.#attach(0, this.#vectors.length);
  }

  #begin(op: number, errno = 0, teardown = 0, ended = 0): void {
    if (this.#left === 0) return;
    if (this.#line % BLOCK === 0) this.#flush();
    this.#line++;
    this.#lines.push(op, errno, errno === 0 ? 0 : -1, 0, 0, 0, teardown, ended);
  }

  #vector(at: number): Vector {
    const vector = this.#vectors[at];
    if (vector === undefined) throw new RangeError(`vector ${at} of ${this.#vectors.length}`);
    return vector;
  }

  #mark(at: number, kind: MarkKind, detail: number): void {
    if (this.#left === 0) return;
    this.#left--;
    this.#marks.push(laneId('msix', at), this.#line, MARK_KINDS.indexOf(kind), detail);
  }

  #turn(at: number): void {
    if (this.#left === 0) return;
    this.#left--;
    const { state, irq, ev, pending } = this.#vector(at);
    this.#turns.push(laneId('msix', at), this.#line, LANE_STATES.indexOf(state), irq, ev, pending ? 1 : 0);
  }

  #flush(): void {
    this.data.append({
      from: this.data.length + 1,
      lines: Int32Array.from(this.#lines),
      turns: Int32Array.from(this.#turns),
      marks: Int32Array.from(this.#marks),
      names: new Int32Array(),
    });
    this.#lines = [];
    this.#turns = [];
    this.#marks = [];
  }
}

/** Returns a timeline of exactly `events` turns and marks on the first `lanes` MSI-X vectors (1 to 2,048). */
export function workload(events: number, lanes: number): TimelineData {
  return new Guest(events, lanes).live();
}
