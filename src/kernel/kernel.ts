// The state of one run: the writable parts of the machine, the call tree, the injected faults. Generations change the
// machine only through its fields and methods; a snapshot freezes the parts by taking a new owner for later edits.

import { type IntMap, Owner } from '../base/intMap.ts';
import type { Device } from '../machine/device.ts';
import type { Host } from '../machine/host.ts';
import type { Eventfd, File, IrqDomain, Machine, PciState, TableEntry, Vdev } from '../machine/machine.ts';
import { BLANK_ENTRY } from '../machine/machine.ts';
import { errnoName, errnoNumber } from '../uapi/errno.ts';
import { CallTree, type OpenFrame } from './callTree.ts';
import type { CheckId } from './checks.ts';
import type { Args, Fired, Frame, Happening } from './frame.ts';
import type { Fault, FaultSite, Line, RaiseAt } from './line.ts';

/** Functions of other modules that a run calls. */
export interface World {
  /** Runs the waiters of an eventfd after a write or signal, like the wait queue of fs/eventfd.c. */
  readonly wakeWaiters: (k: Kernel, ev: number) => void;
  /** Makes the device raise a vector. */
  readonly raise: (k: Kernel, vector: number) => number;
}

/** Receives the settled points of a run, each after a call of `ONE_VECTOR` for `vector`, with the happenings before it. */
export type Settled = (machine: Machine, vector: number, before: readonly Happening[]) => void;

/**
 * The function that the loops of a generation call once per vector. After a call that returns 0 in a line without a failed
 * check, effects and result of the rest of the line depend only on the machine, on the mode at the start of the line, and on
 * the vector: no variable of a caller keeps another value that was read (generations/generation.ts).
 */
const ONE_VECTOR = 'vfio_msi_set_vector_signal';

const NO_RAISES: readonly RaiseAt[] = [];

/** The run of one line: reads and writes machine parts, records calls, injects faults. */
export class Kernel {
  readonly host: Host;
  readonly device: Device;
  fds: IntMap<File>;
  eventfds: IntMap<Eventfd>;
  nextEventfd: number;
  openCount: number;
  pci: PciState;
  domain: IrqDomain;
  vdev: Vdev;
  producers: IntMap<number>;

  /** The happenings in order. */
  readonly happenings: Happening[] = [];
  /** The interrupts that the device raised inside the line, in order. */
  readonly fired: Fired[] = [];
  /** The owner of edits since the last snapshot. */
  owner = new Owner();
  /** The check that failed last; at the end of the run it is the one that decided the result. */
  check: CheckId | null = null;

  /** Whether the line wrote registers of config space that the model does not have. */
  unmodelled = false;

  readonly #tree: CallTree | null;
  readonly #faults: readonly Fault[];
  readonly #raises: readonly RaiseAt[];
  readonly #world: World;
  readonly #settled: Settled | null;
  /** Created only for lines that count calls. */
  #fnCalls: Map<string, number> | null = null;
  #siteCalls: Map<FaultSite, number> | null = null;
  #ownPci: Owner | null = null;
  #ownDomain: Owner | null = null;
  #ownVdev: Owner | null = null;
  #snapshot: Machine;

  /** Opens `machine` for one line. With `trace`, every call becomes a frame with the machine before and after it. */
  constructor(
    machine: Machine,
    { faults, raises = NO_RAISES }: Line,
    trace: boolean,
    world: World,
    settled: Settled | null = null,
  ) {
    this.#world = world;
    // counted calls decide later effects, so such a line never settles
    this.#settled = faults.length === 0 && raises.length === 0 ? settled : null;
    this.#raises = raises;
    this.host = machine.host;
    this.device = machine.device;
    this.fds = machine.fds;
    this.eventfds = machine.eventfds;
    this.nextEventfd = machine.nextEventfd;
    this.openCount = machine.openCount;
    this.pci = machine.pci;
    this.domain = machine.domain;
    this.vdev = machine.vdev;
    this.producers = machine.producers;
    this.#snapshot = machine;
    this.#faults = faults;
    this.#tree = trace ? new CallTree() : null;
  }

  /** Returns the current machine as a snapshot that never changes. */
  machine(): Machine {
    const last = this.#snapshot;
    if (
      last.fds !== this.fds ||
      last.eventfds !== this.eventfds ||
      last.openCount !== this.openCount ||
      last.pci !== this.pci ||
      last.domain !== this.domain ||
      last.vdev !== this.vdev ||
      last.producers !== this.producers
    ) {
      this.#snapshot = {
        host: this.host,
        device: this.device,
        fds: this.fds,
        eventfds: this.eventfds,
        nextEventfd: this.nextEventfd,
        openCount: this.openCount,
        pci: this.pci,
        domain: this.domain,
        vdev: this.vdev,
        producers: this.producers,
      };
      this.owner = new Owner();
    }
    return this.#snapshot;
  }

  /** Returns the calls of this run in order of entry; empty without tracing. */
  frames(): readonly Frame[] {
    return this.#tree?.frames ?? [];
  }

  /** Runs a kernel function that returns a number: 0, a positive count or irq, or a negative errno. */
  call(fn: string, args: Args, body: () => number): number {
    const nth = this.#arrive(fn);
    const frame = this.#enter(fn, args);
    const checkBefore = this.check;
    const ret = body();
    // a failed check inside a successful call does not decide the result; too few vectors fails with a positive number
    if (ret === 0 || (ret > 0 && this.check !== 'msi.too-few')) this.check = checkBefore;
    if (frame !== null) {
      frame.ret = ret < 0 ? errnoName(-ret) : ret;
      if (ret < 0 && this.check !== null && this.check !== checkBefore && this.#tree?.isLast(frame) === true)
        frame.check = this.check;
      this.#leave(frame);
    }
    if (nth > 0) this.#deviceRaises(fn, nth, 'after');
    if (this.#settled !== null && fn === ONE_VECTOR && ret === 0 && this.check === null)
      this.#settled(this.machine(), Number(args['vector']), this.happenings);
    return ret;
  }

  /** Runs a kernel function without a return value. */
  callVoid(fn: string, args: Args, body: () => void): void {
    const nth = this.#arrive(fn);
    const frame = this.#enter(fn, args);
    const checkBefore = this.check;
    body();
    this.check = checkBefore;
    if (frame !== null) this.#leave(frame);
    if (nth > 0) this.#deviceRaises(fn, nth, 'after');
  }

  /** Runs `body` as an interrupt handler. */
  interrupt(body: () => void): void {
    if (this.#tree === null) body();
    else this.#tree.interrupt(body);
  }

  /** Runs `body` outside the calling process, like a work queue. */
  deferred(body: () => void): void {
    if (this.#tree === null) body();
    else this.#tree.deferred(body);
  }

  /** Records the failed check and returns its negative errno: `return k.refuse('msi.other-mode', EINVAL)`. */
  refuse(check: CheckId, errno: number): number {
    this.check = check;
    return -errno;
  }

  /** Returns the fault injected into this call of `site`, or null. Each call of this method counts. */
  fault(site: FaultSite): Fault | null {
    if (this.#faults.length === 0) return null;
    this.#siteCalls ??= new Map();
    const nth = (this.#siteCalls.get(site) ?? 0) + 1;
    this.#siteCalls.set(site, nth);
    return this.#faults.find((fault) => fault.site === site && fault.nth === nth) ?? null;
  }

  /** Returns the negative errno of the fault injected into this call of `site`, or 0. */
  faultErrno(site: FaultSite): number {
    const fault = this.fault(site);
    if (fault === null || typeof fault.result === 'number') return 0;
    return this.refuse('fault.injected', errnoNumber(fault.result));
  }

  /** Runs the waiters of an eventfd. */
  wakeWaiters(ev: number): void {
    this.#world.wakeWaiters(this, ev);
  }

  /** Records a happening of a vector, an irq or an eventfd. */
  happened(happening: Happening): void {
    this.happenings.push(happening);
  }

  /** Changes registers of the device; between two snapshots in place. */
  setPci(change: Partial<PciState>): void {
    if (this.#ownPci !== this.owner) {
      this.pci = { ...this.pci };
      this.#ownPci = this.owner;
    }
    Object.assign(this.pci, change);
  }

  /** Changes the irq domain, like setPci. */
  setDomain(change: Partial<IrqDomain>): void {
    if (this.#ownDomain !== this.owner) {
      this.domain = { ...this.domain };
      this.#ownDomain = this.owner;
    }
    Object.assign(this.domain, change);
  }

  /** Changes the driver's state, like setPci. */
  setVdev(change: Partial<Vdev>): void {
    if (this.#ownVdev !== this.owner) {
      this.vdev = { ...this.vdev };
      this.#ownVdev = this.owner;
    }
    Object.assign(this.vdev, change);
  }

  /** Returns whether the device is in D3hot and neither raises interrupts nor answers there. */
  isSilent(): boolean {
    return this.pci.d3hot && this.device.power?.silent === true;
  }

  /** Returns the MSI-X table entry of `vector`. */
  entry(vector: number): TableEntry {
    return this.pci.entries.get(vector) ?? BLANK_ENTRY;
  }

  /** Writes an MSI-X table entry; blank entries are not stored. */
  setEntry(vector: number, entry: TableEntry): void {
    const blank =
      entry.masked && !entry.pending && entry.addressLow === 0 && entry.addressHigh === 0 && entry.data === 0;
    const entries = blank
      ? this.pci.entries.delete(vector, this.owner)
      : this.pci.entries.set(vector, entry, this.owner);
    if (entries !== this.pci.entries) this.setPci({ entries });
  }

  /** Runs the interrupts raised before this call of `fn`. Returns the number of the call from 1, or 0 in a line without raises. */
  #arrive(fn: string): number {
    if (this.#raises.length === 0) return 0;
    this.#fnCalls ??= new Map();
    const nth = (this.#fnCalls.get(fn) ?? 0) + 1;
    this.#fnCalls.set(fn, nth);
    this.#deviceRaises(fn, nth, 'before');
    return nth;
  }

  #deviceRaises(fn: string, nth: number, when: RaiseAt['when']): void {
    for (const one of this.#raises) {
      if (one.fn !== fn || one.nth !== nth || one.when !== when) continue;
      this.#fire(one);
    }
  }

  /** Raises an interrupt. It is a frame of the trace, but does not count as a call. */
  #fire(raise: RaiseAt): void {
    const { check, pci } = this;
    const mode = pci.msixEnabled ? 'msix' : pci.msi.enabled ? 'msi' : null;
    const from = this.happenings.length;
    const place = this.fired.length;
    const frame = this.#enter('device', { vector: raise.vector });
    this.check = null;
    const ret = this.#world.raise(this, raise.vector);
    const refused = ret < 0 ? this.check : null;
    this.check = check;
    const fired = { raise, from, end: this.happenings.length, mode, refused } as const;
    // interrupts raised inside its handler come after it
    this.fired.splice(place, 0, fired);
    if (frame === null) return;
    frame.fired = fired;
    if (ret < 0) frame.ret = errnoName(-ret);
    if (refused !== null) frame.check = refused;
    this.#leave(frame);
  }

  #enter(fn: string, args: Args): OpenFrame | null {
    return this.#tree === null ? null : this.#tree.enter(fn, args, this.machine());
  }

  #leave(frame: OpenFrame): void {
    this.#tree?.leave(frame, this.machine());
  }
}
