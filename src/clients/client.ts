// What a client of VFIO is here: something that turns what a guest or driver does into operations on the device, and sees
// nothing but their results. So each client runs on each generation.

import type { Op } from '../kernel/line.ts';
import { type IrqSetData, NO_DATA } from '../uapi/irqSet.ts';
import { VFIO_IRQ_SET_MINSZ } from '../uapi/vfio.ts';

/** What a guest, or the driver of a program that owns the device, does. */
export type Action =
  | { readonly kind: 'enable-msix' }
  | { readonly kind: 'disable-msix' }
  | { readonly kind: 'unmask'; readonly vector: number }
  | { readonly kind: 'mask'; readonly vector: number }
  | { readonly kind: 'function-mask'; readonly on: boolean }
  | { readonly kind: 'enable-msi'; readonly count: number }
  | { readonly kind: 'disable-msi' }
  | { readonly kind: 'acknowledge-intx' }
  | { readonly kind: 'enable-queues'; readonly count: number }
  | { readonly kind: 'trigger'; readonly vector: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'unplug' };

/** The name of an action. */
export type ActionKind = Action['kind'];

/** What a client learns of an operation. */
export interface Answer {
  /** 0, a positive number, or −1. */
  readonly ret: number;
  /** `flags` of GET_IRQ_INFO; 0 where it failed. */
  readonly flags: number;
  /** `count` of GET_IRQ_INFO; 0 where it failed. */
  readonly count: number;
}

/** Operations one after the other; each answer decides what comes next. What is returned is the client's new state. */
export type Operations<State> = Generator<Op, State, Answer>;

/** What a client keeps, for whoever looks on. */
export interface Kept {
  /** Fields under the client's own names, for instance `nr_vectors` and `2`. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Vectors of which it keeps something, in ascending order, with what that is. */
  readonly vectors: readonly { readonly vector: number; readonly words: string }[];
  /** Vectors by which the guest or driver now waits for interrupts, in ascending order. */
  readonly wants: readonly number[];
}

/** A client. `State` is what it keeps between two actions; it is never changed in place. */
export interface Client<State> {
  readonly id: string;
  /** For instance `QEMU 8.2 and later`. */
  readonly label: string;
  /** What it does with vectors, in one sentence. */
  readonly policy: string;
  /** Where this is known from. */
  readonly source: string;
  /** The actions that it knows, in the order in which they are offered. */
  readonly actions: readonly ActionKind[];
  /** Opens the device: what is asked and set up before any action. */
  readonly open: () => Operations<State>;
  readonly act: (state: State, action: Action) => Operations<State>;
  readonly kept: (state: State) => Kept;
}

/** SET_IRQS with eventfds. `argsz` is what they need, unless given. */
export function eventfds(
  index: number,
  flags: number,
  start: number,
  fds: readonly number[],
  argsz = VFIO_IRQ_SET_MINSZ + 4 * fds.length,
): Op {
  const data: IrqSetData = fds.length === 0 ? NO_DATA : { kind: 'i32', values: fds };
  return { op: 'set_irqs', argsz, flags, index, start, count: fds.length, data };
}

/** SET_IRQS without data. */
export function without(index: number, flags: number, start: number, count: number): Op {
  return { op: 'set_irqs', argsz: VFIO_IRQ_SET_MINSZ, flags, index, start, count, data: NO_DATA };
}

/** A new eventfd at descriptor `fd`. */
export function newEventfd(fd: number): Op {
  return { op: 'eventfd', fd, initval: 0n, semaphore: false };
}
