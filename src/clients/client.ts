// A client of VFIO turns the actions of a guest or driver into operations on the device and sees only their results. So each
// client runs on each generation.

import type { Op } from '../kernel/line.ts';
import type { Device } from '../machine/device.ts';
import { type IrqSetData, NO_DATA } from '../uapi/irqSet.ts';
import { PCI_COMMAND } from '../uapi/pciRegs.ts';
import { VFIO_IRQ_SET_MINSZ } from '../uapi/vfio.ts';

/** An action of a guest, or of the driver in a program that owns the device. */
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
  | { readonly kind: 'stop-queues' }
  | { readonly kind: 'trigger'; readonly vector: number }
  /** Firmware or the guest's kernel connects the pin to another input of its interrupt controller. */
  | { readonly kind: 'move-route' }
  /** `value` is written to COMMAND, 16 bits. */
  | { readonly kind: 'command'; readonly value: number }
  | { readonly kind: 'reset' }
  | { readonly kind: 'unplug' }
  | { readonly kind: 'end' };

/** The name of an action. */
export type ActionKind = Action['kind'];

/** The part of a result that a client sees. */
export interface Answer {
  /** 0, a positive number, or −1. */
  readonly ret: number;
  /** `flags` of GET_IRQ_INFO or VFIO_DEVICE_GET_INFO; 0 after a failure. */
  readonly flags: number;
  /** `count` of GET_IRQ_INFO; 0 after a failure. */
  readonly count: number;
  /** The value of a read from config space; absent for every other operation. */
  readonly value?: number;
}

/** Operations one after the other; each result decides the next one. Returns the client's new state. */
export type Operations<State> = Generator<Op, State, Answer>;

/** The stored facts of a client, for display. */
export interface Kept {
  /** Fields under the client's own names, for instance `nr_vectors` and `2`. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Vectors with stored facts, in ascending order. */
  readonly vectors: readonly { readonly vector: number; readonly words: string }[];
  /** Vectors from which the guest or driver expects interrupts, in ascending order. */
  readonly wants: readonly number[];
}

/**
 * The evidence for a client: `recorded` means that a test compares its operations with those of the real program on a real
 * kernel (test/clients/fixtures/); `by source` means that they follow from reading the program, which never ran.
 */
export type Evidence = 'recorded' | 'by source';

/** A client. `State` is its memory between two actions; it is never changed in place. */
export interface Client<State> {
  readonly id: string;
  /** For instance `QEMU 8.2 and later`. */
  readonly label: string;
  /** Its use of vectors, in one sentence. */
  readonly policy: string;
  readonly evidence: Evidence;
  /** The recorded versions of program and kernel, or the source files. */
  readonly source: string;
  /** Its actions, in the order in which they are offered. */
  readonly actions: readonly ActionKind[];
  /** Opens the device: the queries and set-up before any action. A client reads the device's capabilities from config space. */
  readonly open: (device: Device) => Operations<State>;
  readonly act: (state: State, action: Action) => Operations<State>;
  readonly kept: (state: State) => Kept;
}

/** SET_IRQS with eventfds. `argsz` is the exact size, unless given. */
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

/** Creates an eventfd at descriptor `fd`. */
export function newEventfd(fd: number): Op {
  return { op: 'eventfd', fd, initval: 0n, semaphore: false };
}

/** Writes COMMAND. */
export function writeCommand(value: number): Op {
  return { op: 'cfg_write', off: PCI_COMMAND, size: 2, value };
}

/** Reads COMMAND, then writes it with other bits; returns the written value. */
export function* changeCommand({ clear = 0, set = 0 }: { clear?: number; set?: number }): Operations<number> {
  const { value = 0 } = yield { op: 'cfg_read', off: PCI_COMMAND, size: 2 };
  const written = (value & ~clear) | set;
  yield writeCommand(written);
  return written;
}
