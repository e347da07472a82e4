// Looks at a whole text of strace before it is read: its devices, and the eventfds that belong to them.

import { fdOf } from '../numbers.ts';
import { begin, eventfdsOf, follow } from './follow.ts';
import { CallJoiner } from './joiner.ts';
import { Program, type Thing } from './program.ts';
import { isDeviceOnly, requestOf } from './requests.ts';

/** A device of the trace. */
export interface DeviceUse {
  readonly name: string;
  /** Calls on it. */
  calls: number;
  setIrqs: number;
}

/** Calls that open, close and change nothing. */
const UNSURVEYED: ReadonlySet<string> = new Set(['read', 'write']);

/** The facts of a whole text. */
export class StraceSurvey {
  readonly #joiner = new CallJoiner(UNSURVEYED);
  readonly #program = new Program();
  readonly #devices = new Map<string, DeviceUse>();
  /** The descriptors that are devices in some line. */
  readonly deviceFds = new Set<number>();
  /** The eventfds and files that a SET_IRQS of each device names, with the descriptor there. */
  readonly #named = new Map<string, Map<number, number>>();
  /** The eventfds that are opened while a device is open and before one of its SET_IRQS. */
  readonly during = new Set<number>();
  readonly #waiting = new Set<number>();
  #open = new Set<Thing>();
  eventfds = 0;
  /** The SET_IRQS whose arguments the text shows, and those where it does not. */
  decoded = 0;
  pointers = 0;

  look(text: string): void {
    const line = this.#joiner.add(text);
    if (line.kind === 'ignored') this.#program.meet(line.pid);
    if (line.kind === 'begun') begin(this.#program, line.pid, line.text);
    if (line.kind === 'exit') {
      for (const { thing } of this.#program.exit(line.pid)) this.#open.delete(thing);
      return;
    }
    if (line.kind !== 'call') return;
    const { call, pid } = line;
    const fd = fdOf(call.args[0]?.text ?? '');
    const request = call.name === 'ioctl' ? requestOf(call.args[1]?.text ?? '') : null;
    if (fd !== null && request !== null && isDeviceOnly(request)) this.deviceFds.add(fd);
    const happened = follow(this.#program, pid, call, this.deviceFds);
    switch (happened.kind) {
      case 'opened': {
        const { thing, ended } = happened;
        if (ended !== null) this.#open.delete(ended.thing);
        if (thing.kind === 'device') this.#use(thing);
        if (thing.kind !== 'eventfd') return;
        this.eventfds++;
        if (this.#open.size > 0) this.#waiting.add(thing.id);
        return;
      }
      case 'left':
        for (const { thing } of happened.ended) this.#open.delete(thing);
        return;
      case 'closed':
        if (!happened.isLast) return;
        this.#open.delete(happened.thing);
        this.#waiting.delete(happened.thing.id);
        return;
      case 'config':
      case 'device':
        this.#use(happened.thing);
        return;
      case 'set': {
        this.#use(happened.thing).setIrqs++;
        const { printed } = happened;
        if (printed === null) this.pointers++;
        for (const id of this.#waiting) this.during.add(id);
        this.#waiting.clear();
        if (printed === null || !('op' in printed)) return;
        this.decoded++;
        const named = this.#named.get(happened.thing.name) ?? new Map<number, number>();
        this.#named.set(happened.thing.name, named);
        for (const one of eventfdsOf(printed.op)) {
          const thing = this.#program.at(pid, one);
          if (thing !== undefined && thing.id >= 0 && !named.has(thing.id)) named.set(thing.id, one);
        }
        return;
      }
      default:
        return;
    }
  }

  /** Returns the eventfds and files that the SET_IRQS of a device name, with the descriptor there. */
  namedBy(device: string | null): ReadonlyMap<number, number> {
    return this.#named.get(device ?? '') ?? new Map<number, number>();
  }

  #use(thing: Thing): DeviceUse {
    const use = this.#devices.get(thing.name) ?? { name: thing.name, calls: 0, setIrqs: 0 };
    this.#devices.set(thing.name, use);
    use.calls++;
    if (thing.refs > 0) this.#open.add(thing);
    return use;
  }

  /** The devices, those with SET_IRQS first. */
  get devices(): readonly DeviceUse[] {
    const all = [...this.#devices.values()];
    return [...all.filter(({ setIrqs }) => setIrqs > 0), ...all.filter(({ setIrqs }) => setIrqs === 0)];
  }
}
