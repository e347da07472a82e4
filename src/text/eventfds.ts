// Names of eventfds: the descriptors by which the process refers to them.

import type { IntMap } from '../base/intMap.ts';
import type { File, Machine } from '../machine/machine.ts';

const byFds = new WeakMap<IntMap<File>, ReadonlyMap<number, readonly number[]>>();

/** Eventfd object → its open descriptors. */
function descriptors(fds: IntMap<File>): ReadonlyMap<number, readonly number[]> {
  const known = byFds.get(fds);
  if (known !== undefined) return known;
  const found = new Map<number, readonly number[]>();
  fds.forEach((file, fd) => {
    if (file.kind === 'eventfd') found.set(file.ev, [...(found.get(file.ev) ?? []), fd]);
  });
  byFds.set(fds, found);
  return found;
}

/** Returns an eventfd's name, for instance `fd 100`; `closed fd` if only the kernel still refers to it. */
export function eventfdName(machine: Machine, ev: number): string {
  return descriptorsName(descriptors(machine.fds).get(ev) ?? []);
}

/** Returns the name of an eventfd by its open descriptors in ascending order. */
export function descriptorsName(fds: readonly number[]): string {
  return fds.length === 0 ? 'closed fd' : `fd ${fds.join(' ')}`;
}

/** Returns whether a descriptor of an eventfd object is open. */
export function isOpen(machine: Machine, ev: number): boolean {
  return descriptors(machine.fds).has(ev);
}

/** Returns the counter of an eventfd object, or null if the object is freed. */
export function eventfdCount(machine: Machine, ev: number): bigint | null {
  return machine.eventfds.get(ev)?.count ?? null;
}

/** One descriptor as a list of eventfds shows it. */
export interface DescriptorItem {
  readonly fd: number;
  /** Counter, or null for a file that is not an eventfd. */
  readonly count: bigint | null;
  readonly bound: boolean;
}

/** Every open descriptor in ascending order. */
export function openDescriptors(machine: Machine): readonly DescriptorItem[] {
  const known = listed.get(machine);
  if (known !== undefined) return known;
  const items: DescriptorItem[] = [];
  machine.fds.forEach((file, fd) => {
    const eventfd = file.kind === 'eventfd' ? machine.eventfds.get(file.ev) : undefined;
    items.push({ fd, count: eventfd?.count ?? null, bound: (eventfd?.refs ?? 0) > 1 });
  });
  listed.set(machine, items);
  return items;
}

/** Cached: several panes and commands use the current machine. */
const listed = new WeakMap<Machine, readonly DescriptorItem[]>();
