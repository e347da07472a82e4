// The differences between two states, field by field. A recording's comparison, the lanes of Compare, the marks of an edit and
// the claim of a mail are built on this list. The compared fields are those of `observe`, and for two machines of the
// model also what no recording shows (`insideOf`).

import type { Machine } from '../machine/machine.ts';
import { BIT, type DifferenceKind } from './differenceKinds.ts';
import {
  type Message,
  type ObservedEntry,
  type ObservedIrq,
  type ObservedState,
  observeDevice,
  observeEntry,
} from './observe.ts';

/** Values that are compared as a whole. */
export type Comparable = string | number | bigint | boolean | null | undefined;

/** The compared fields, each with the kind of its difference. */
const KINDS = {
  // of a descriptor
  counter: 'signal',
  file: 'signal',
  // of a vector
  allocated: 'allocated',
  irq: 'identity',
  requested: 'attached',
  handler: 'attached',
  entry: 'entry',
  // of the device
  irqMode: 'allocated',
  irqType: 'allocated',
  'intx.requested': 'attached',
  'intx.disabled': 'entry',
  'intx.pending': 'entry',
  'intx.trigger': 'attached',
  'intx.unmask': 'attached',
  'intx.masked': 'entry',
  'intx.looping': 'entry',
  err: 'attached',
  req: 'attached',
  openCount: 'attached',
  command: 'entry',
  'msi.enabled': 'allocated',
  'msi.vectors': 'entry',
  'msi.message': 'entry',
  'msi.mask': 'entry',
  'msi.pending': 'entry',
  'msix.enabled': 'allocated',
  'msix.functionMask': 'entry',
  'table readable': 'entry',
  d3hot: 'entry',
  pmSave: 'entry',
} as const satisfies Readonly<Record<string, DifferenceKind>>;

/** The name of a compared field. */
export type Field = keyof typeof KINDS;

/** One field in which two states differ. */
export interface Difference {
  readonly field: Field;
  /** The descriptor or the vector; null for a field of the device. */
  readonly at: number | null;
  readonly left: Comparable;
  readonly right: Comparable;
}

/** Returns the path of a difference, for instance `irqs[3] requested` or `msi.mask`. */
export function pathOf({ field, at }: Pick<Difference, 'field' | 'at'>): string {
  if (at === null) return field;
  switch (field) {
    case 'counter':
      return `eventfds[${at}]`;
    case 'file':
      return `files[${at}]`;
    case 'entry':
      return `table[${at}]`;
    default:
      return `irqs[${at}] ${field}`;
  }
}

/** Collects differences and counts the compared fields. */
export class Differences {
  readonly list: Difference[] = [];
  compared = 0;

  /** Compares one field. */
  field(field: Field, at: number | null, left: Comparable, right: Comparable): void {
    this.compared++;
    if (left !== right) this.list.push({ field, at, left, right });
  }

  /** The kinds of the differences, as bits. */
  get bits(): number {
    return this.list.reduce((bits, { field }) => bits | BIT[KINDS[field]], 0);
  }
}

/** How values that depend on the machine are compared. */
export interface Reading {
  /** Returns the number under which an irq of the left state is compared with the right one. */
  readonly irq: (left: number, right: number) => number;
  /** Returns the comparable part of a message. */
  readonly message: (message: Message) => Comparable;
}

/** Irqs by their numbers, messages by whether they are programmed. */
export const BY_NUMBER: Reading = {
  irq: (left) => left,
  message: (message) => message.some((word) => word !== 0),
};

/** The part of a vector's state that is compared. */
export interface VectorState {
  readonly irq: ObservedIrq | undefined;
  /** The eventfd of the handler, −1 without one; absent where no call shows it. */
  readonly handler?: number;
  /** Undefined for a blank entry, null for a table that cannot be read. */
  readonly entry: ObservedEntry | null | undefined;
}

/** The state of the device without its descriptors and vectors. */
export type DeviceState = Pick<ObservedState, 'irqMode' | 'intx' | 'command' | 'msi' | 'msix'>;

/** The state that no recording shows, by field. */
export type Inside = Partial<Readonly<Record<Field, Comparable>>>;

/** Compares two observed states. */
export function compareStates(
  found: Differences,
  left: ObservedState,
  right: ObservedState,
  reading: Reading,
): void {
  for (const fd of union(left.eventfds.keys(), right.eventfds.keys()))
    found.field('counter', fd, left.eventfds.get(fd), right.eventfds.get(fd));
  found.field('irqMode', null, left.irqMode, right.irqMode);
  const irqs = [left, right].map((state) => new Map(state.irqs.map((irq) => [irq[0], irq])));
  for (const vector of union(...irqs.map((own) => own.keys())))
    compareIrq(found, vector, irqs[0]?.get(vector), irqs[1]?.get(vector), reading);
  compareRegisters(found, left, right, reading);
  // a recorder that could not reach the table of a device with MSI-X does not know its contents
  if (left.msix !== undefined && left.table === undefined) return;
  found.field('table readable', null, left.table !== null, right.table !== null);
  const tables = [left, right].map(({ table }) => new Map((table ?? []).map((entry) => [entry[0], entry])));
  for (const vector of union(...tables.map((own) => own.keys())))
    compareEntry(found, vector, tables[0]?.get(vector), tables[1]?.get(vector), reading);
}

/** Compares the states of one vector. */
export function compareVector(
  found: Differences,
  vector: number,
  left: VectorState,
  right: VectorState,
  reading: Reading,
): void {
  compareIrq(found, vector, left.irq, right.irq, reading);
  if (left.handler !== undefined && right.handler !== undefined)
    found.field('handler', vector, left.handler, right.handler);
  compareEntry(found, vector, left.entry, right.entry, reading);
}

/** Compares the states of the device without descriptors and vectors. */
export function compareDevice(
  found: Differences,
  left: DeviceState,
  right: DeviceState,
  reading: Reading,
): void {
  found.field('irqMode', null, left.irqMode, right.irqMode);
  compareRegisters(found, left, right, reading);
}

/** Compares the states that no recording shows. */
export function compareInside(found: Differences, left: Inside, right: Inside): void {
  for (const field of Object.keys(left))
    if (isField(field)) found.field(field, null, left[field], right[field]);
}

function isField(name: string): name is Field {
  return Object.hasOwn(KINDS, name);
}

function compareIrq(
  found: Differences,
  vector: number,
  left: ObservedIrq | undefined,
  right: ObservedIrq | undefined,
  reading: Reading,
): void {
  found.field('allocated', vector, left !== undefined, right !== undefined);
  if (left === undefined || right === undefined) return;
  found.field('irq', vector, reading.irq(left[1], right[1]), right[1]);
  found.field('requested', vector, left[2], right[2]);
}

function compareRegisters(
  found: Differences,
  left: DeviceState,
  right: DeviceState,
  { message }: Reading,
): void {
  found.field('intx.requested', null, left.intx.requested, right.intx.requested);
  found.field('intx.disabled', null, left.intx.disabled, right.intx.disabled);
  found.field('intx.pending', null, left.intx.pending, right.intx.pending);
  found.field('command', null, left.command, right.command);
  if (left.msi !== undefined || right.msi !== undefined) {
    const [one, other] = [left, right].map(({ msi }) => msi && message(msi.message));
    found.field('msi.enabled', null, left.msi?.enabled, right.msi?.enabled);
    found.field('msi.vectors', null, left.msi?.vectors, right.msi?.vectors);
    found.field('msi.message', null, one, other);
    found.field('msi.mask', null, left.msi?.mask, right.msi?.mask);
    found.field('msi.pending', null, left.msi?.pending, right.msi?.pending);
  }
  if (left.msix !== undefined || right.msix !== undefined) {
    found.field('msix.enabled', null, left.msix?.enabled, right.msix?.enabled);
    found.field('msix.functionMask', null, left.msix?.functionMask, right.msix?.functionMask);
  }
}

function compareEntry(
  found: Differences,
  vector: number,
  left: VectorState['entry'],
  right: VectorState['entry'],
  { message }: Reading,
): void {
  // most entries are equal, so their words are made only for a possible difference
  if (left === right || (left && right && left.every((word, at) => word === right[at]))) found.compared++;
  else found.field('entry', vector, entryText(left, message), entryText(right, message));
}

/** Returns the comparable part of an entry: its message, masked, pending. */
function entryText(entry: VectorState['entry'], message: Reading['message']): string {
  if (entry === null) return 'unreadable';
  const [, low, high, data, masked, pending] = entry ?? [0, 0, 0, 0, 1, 0];
  const value = message([low, high, data]);
  const programmed = typeof value === 'boolean' ? (value ? 'programmed' : 'zero') : String(value);
  return `${programmed} ${masked === 1 ? 'masked' : 'unmasked'}${pending === 1 ? ' pending' : ''}`;
}

function union(...keys: readonly Iterable<number>[]): readonly number[] {
  return [...new Set(keys.flatMap((own) => [...own]))].sort((x, y) => x - y);
}

/** The identity of eventfds in a comparison. */
export type EventfdNames = 'objects' | 'descriptors';

/** Returns the key of an eventfd; −1 without one, −2 for one that no descriptor names. */
function eventfdKey(machine: Machine, ev: number | null, names: EventfdNames): number {
  if (ev === null) return -1;
  if (names === 'objects') return ev;
  let lowest = -2;
  machine.fds.forEach((file, fd) => {
    if (lowest === -2 && file.kind === 'eventfd' && file.ev === ev) lowest = fd;
  });
  return lowest;
}

/** Returns the state of the driver and of power that no recording shows. */
export function insideOf(machine: Machine, names: EventfdNames): Inside {
  const { intx, err_trigger, req_trigger, pm_save } = machine.vdev;
  return {
    'intx.trigger': eventfdKey(machine, intx?.trigger ?? null, names),
    'intx.unmask': eventfdKey(machine, intx?.unmask ?? null, names),
    'intx.masked': intx?.masked ?? false,
    err: eventfdKey(machine, err_trigger, names),
    req: eventfdKey(machine, req_trigger, names),
    openCount: machine.openCount,
    d3hot: machine.pci.d3hot,
    pmSave: pm_save,
  };
}

/** Returns the state of one vector of a machine. `names` is null where no call shows the eventfd of a handler. */
export function vectorOf(machine: Machine, vector: number, names: EventfdNames | null): VectorState {
  const desc = machine.domain.descs.get(vector);
  const entry = machine.pci.entries.get(vector);
  const handler = desc?.handler ?? null;
  return {
    irq: desc && [vector, desc.irq, handler === null ? 0 : 1],
    handler: names === null ? (handler === null ? -1 : 0) : eventfdKey(machine, handler, names),
    entry: entry && observeEntry(vector, entry),
  };
}

/** Returns the differences between two machines of one device, with eventfds by their descriptors. */
export function machineDifferences(left: Machine, right: Machine): readonly Difference[] {
  const found = new Differences();
  if (left === right) return found.list;
  const vectors = new Set<number>();
  right.domain.descs.changesSince(left.domain.descs, (vector) => vectors.add(vector));
  right.pci.entries.changesSince(left.pci.entries, (vector) => vectors.add(vector));
  // the same object can have another descriptor
  if (left.fds !== right.fds) for (const vector of right.domain.descs.keys()) vectors.add(vector);
  for (const vector of union(vectors)) {
    const [one, other] = [left, right].map((machine) => vectorOf(machine, vector, 'descriptors'));
    if (one !== undefined && other !== undefined) compareVector(found, vector, one, other, BY_NUMBER);
  }
  for (const fd of union(left.fds.keys(), right.fds.keys())) {
    found.field('file', fd, left.fds.get(fd)?.kind, right.fds.get(fd)?.kind);
    found.field('counter', fd, counterKey(left, fd), counterKey(right, fd));
  }
  compareDevice(found, observeDevice(left), observeDevice(right), BY_NUMBER);
  compareInside(
    found,
    { ...insideOf(left, 'descriptors'), ...driverOf(left) },
    { ...insideOf(right, 'descriptors'), ...driverOf(right) },
  );
  return found.list;
}

/** Returns the state of the driver that follows from the rest while one script runs, so lanes do not compare it. */
function driverOf({ vdev }: Machine): Inside {
  return { irqType: vdev.irq_type, 'intx.looping': vdev.intx?.looping ?? false };
}

/** Returns the value that a process would read from a descriptor; null for a descriptor that is not an open eventfd. */
export function counterKey({ eventfds, fds }: Machine, fd: number): bigint | null {
  const file = fds.get(fd);
  return file?.kind === 'eventfd' ? (eventfds.get(file.ev)?.count ?? null) : null;
}
