// The recorder on which a kernel runs: the parts of the machine opened for writing, the call tree, the faults.
// Everything is changed through `this.*`; a snapshot freezes the parts by taking a new owner for later edits.

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

/** What calls in from outside the kernel's own functions. */
export interface World {
  /** Who waits on an eventfd: called after its counter grew, as the wait queue of fs/eventfd.c does. */
  readonly wakeWaiters: (k: Kernel, ev: number) => void;
  /** The device raises a vector. */
  readonly raise: (k: Kernel, vector: number) => number;
}

/** What a run tells about its course: `at` and `ret` are all that the rest of `fn` and its callers still hold. */
export type Settled = (machine: Machine, fn: string, at: number, ret: number) => void;

const NO_RAISES: readonly RaiseAt[] = [];

/** One run of one line: reads and writes machine parts, records calls, injects faults. */
export class Kernel {
  readonly host: Host;
  readonly device: Device;
  fds: IntMap<File>;
  eventfds: IntMap<Eventfd>;
  nextEventfd: number;
  opened: boolean;
  pci: PciState;
  domain: IrqDomain;
  vdev: Vdev;
  producers: IntMap<number>;

  /** What happened, in order. */
  readonly happenings: Happening[] = [];
  /** Where the device fired inside the line, in order. */
  readonly fired: Fired[] = [];
  /** The owner of edits since the last snapshot. */
  owner = new Owner();
  /** The check that failed last; the one that stands at the end decided the result. */
  check: CheckId | null = null;

  readonly #tree: CallTree | null;
  readonly #faults: readonly Fault[];
  readonly #raises: readonly RaiseAt[];
  readonly #world: World;
  readonly #settled: Settled | null;
  /** Made when a line counts calls, which few do. */
  #fnCalls: Map<string, number> | null = null;
  #siteCalls: Map<FaultSite, number> | null = null;
  #ownPci: Owner | null = null;
  #ownDomain: Owner | null = null;
  #ownVdev: Owner | null = null;
  #snapshot: Machine;

  /** Opens `machine` for one line. With `trace` every call becomes a frame with the machine before and after it. */
  constructor(
    machine: Machine,
    { faults, raises = NO_RAISES }: Line,
    trace: boolean,
    world: World,
    settled: Settled | null = null,
  ) {
    this.#world = world;
    // calls that are counted decide what happens later, so such a line never settles
    this.#settled = faults.length === 0 && raises.length === 0 ? settled : null;
    this.#raises = raises;
    this.host = machine.host;
    this.device = machine.device;
    this.fds = machine.fds;
    this.eventfds = machine.eventfds;
    this.nextEventfd = machine.nextEventfd;
    this.opened = machine.opened;
    this.pci = machine.pci;
    this.domain = machine.domain;
    this.vdev = machine.vdev;
    this.producers = machine.producers;
    this.#snapshot = machine;
    this.#faults = faults;
    this.#tree = trace ? new CallTree() : null;
  }

  /** The machine as it is now. It never changes afterwards. */
  machine(): Machine {
    const last = this.#snapshot;
    if (
      last.fds !== this.fds ||
      last.eventfds !== this.eventfds ||
      last.opened !== this.opened ||
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
        opened: this.opened,
        pci: this.pci,
        domain: this.domain,
        vdev: this.vdev,
        producers: this.producers,
      };
      this.owner = new Owner();
    }
    return this.#snapshot;
  }

  /** The calls of this run in order of entry; empty when the run is not traced. */
  frames(): readonly Frame[] {
    return this.#tree?.frames ?? [];
  }

  /** A kernel function that returns a number: 0, a positive count or irq, or a negative errno. */
  call(fn: string, args: Args, body: () => number): number {
    const nth = this.#arrive(fn);
    const frame = this.#enter(fn, args);
    const checkBefore = this.check;
    const ret = body();
    // what was refused inside a call that went well decided nothing; too few vectors is a refusal with a positive number
    if (ret === 0 || (ret > 0 && this.check !== 'msi.too-few')) this.check = checkBefore;
    if (frame !== null) {
      frame.ret = ret < 0 ? errnoName(-ret) : ret;
      if (ret < 0 && this.check !== null && this.check !== checkBefore && this.#tree?.isLast(frame) === true)
        frame.check = this.check;
      this.#leave(frame);
    }
    if (nth > 0) this.#deviceRaises(fn, nth, 'after');
    return ret;
  }

  /** A kernel function that returns nothing. */
  callVoid(fn: string, args: Args, body: () => void): void {
    const nth = this.#arrive(fn);
    const frame = this.#enter(fn, args);
    const checkBefore = this.check;
    body();
    this.check = checkBefore;
    if (frame !== null) this.#leave(frame);
    if (nth > 0) this.#deviceRaises(fn, nth, 'after');
  }

  /** Runs `body` as an interrupt handler that cuts into whatever is running. */
  interrupt(body: () => void): void {
    if (this.#tree === null) body();
    else this.#tree.interrupt(body);
  }

  /** Runs `body` outside the calling process, as a work queue does. */
  deferred(body: () => void): void {
    if (this.#tree === null) body();
    else this.#tree.deferred(body);
  }

  /** Notes which check failed and returns its negative errno: `return k.refuse('msi.other-mode', EINVAL)`. */
  refuse(check: CheckId, errno: number): number {
    this.check = check;
    return -errno;
  }

  /** The fault injected into this call of `site`, or null. Each call counts. */
  fault(site: FaultSite): Fault | null {
    if (this.#faults.length === 0) return null;
    this.#siteCalls ??= new Map();
    const nth = (this.#siteCalls.get(site) ?? 0) + 1;
    this.#siteCalls.set(site, nth);
    return this.#faults.find((fault) => fault.site === site && fault.nth === nth) ?? null;
  }

  /** As `fault`, as the negative errno to return, or 0 for no fault. */
  faultErrno(site: FaultSite): number {
    const fault = this.fault(site);
    if (fault === null || typeof fault.result === 'number') return 0;
    return this.refuse('fault.injected', errnoNumber(fault.result));
  }

  /**
   * Says that what the rest of this line does, and what it returns, is decided by the machine as it is now, by the mode in
   * which the line found it, and by `at` and `ret`: nothing else that was read is held in a variable of `fn` or its callers.
   */
  settled(fn: string, at: number, ret: number): void {
    if (this.#settled !== null && this.check === null) this.#settled(this.machine(), fn, at, ret);
  }

  /** The counter of an eventfd grew. */
  wakeWaiters(ev: number): void {
    this.#world.wakeWaiters(this, ev);
  }

  /** Notes something that happened to a vector, an irq or an eventfd. */
  happened(happening: Happening): void {
    this.happenings.push(happening);
  }

  /** Changes registers of the device. Between two snapshots the same object is changed in place. */
  setPci(change: Partial<PciState>): void {
    if (this.#ownPci !== this.owner) {
      this.pci = { ...this.pci };
      this.#ownPci = this.owner;
    }
    Object.assign(this.pci, change);
  }

  /** Changes the irq domain; as setPci. */
  setDomain(change: Partial<IrqDomain>): void {
    if (this.#ownDomain !== this.owner) {
      this.domain = { ...this.domain };
      this.#ownDomain = this.owner;
    }
    Object.assign(this.domain, change);
  }

  /** Changes the driver's state; as setPci. */
  setVdev(change: Partial<Vdev>): void {
    if (this.#ownVdev !== this.owner) {
      this.vdev = { ...this.vdev };
      this.#ownVdev = this.owner;
    }
    Object.assign(this.vdev, change);
  }

  /** The MSI-X table entry of `vector`. */
  entry(vector: number): TableEntry {
    return this.pci.entries.get(vector) ?? BLANK_ENTRY;
  }

  /** Writes an MSI-X table entry. Entries that are blank take no room. */
  setEntry(vector: number, entry: TableEntry): void {
    const blank =
      entry.masked && !entry.pending && entry.addressLow === 0 && entry.addressHigh === 0 && entry.data === 0;
    const entries = blank
      ? this.pci.entries.delete(vector, this.owner)
      : this.pci.entries.set(vector, entry, this.owner);
    if (entries !== this.pci.entries) this.setPci({ entries });
  }

  /** Which call of `fn` this is, from 1, after what the device does before it; 0 where the device does nothing in this line. */
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

  /** What the device does is no call, and counts as none; in the trace it stands among them. */
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
    // what fires inside its handler comes after it
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
