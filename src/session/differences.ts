// In what lanes differ after one line: what can differ, and the keys by which it is compared. Two lanes are the same in
// something when its keys are equal, so any number of lanes is compared at once.

import type { Frame, Happening } from '../kernel/frame.ts';
import { BLANK_ENTRY, type Machine } from '../machine/machine.ts';
import { PCI_COMMAND_MEMORY } from '../uapi/pciRegs.ts';
import type { LaneRuns } from './laneRuns.ts';
import { observedFrames } from './observe.ts';

/** In what lanes can differ, weightiest first. `trace`: the kernel went another way to the same end. */
export const DIFFERENCE_KINDS = [
  'return',
  'allocated',
  'attached',
  'identity',
  'entry',
  'signal',
  'trace',
] as const;
/** One of them. */
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** A kind as a bit, so that a line's kinds are one small number. */
export const BIT: Readonly<Record<DifferenceKind, number>> = {
  return: 1,
  allocated: 2,
  attached: 4,
  identity: 8,
  entry: 16,
  signal: 32,
  trace: 64,
};

/** The kinds of a line's number. */
export function kindsOf(bits: number): readonly DifferenceKind[] {
  return DIFFERENCE_KINDS.filter((kind) => (bits & BIT[kind]) !== 0);
}

/** How eventfd objects are named where they are compared. */
export type EventfdNames = 'objects' | 'descriptors';

/** What lanes can have in common, so that it says something where they have not. */
export interface Terms {
  /** Lanes with other scripts have other objects: there an eventfd is known by its lowest descriptor. */
  readonly eventfds: EventfdNames;
  /** A recording is among them: only what the recorder sees is compared. */
  readonly observed: boolean;
  /** Kernel calls are known of every lane: else neither they nor what is only seen in them is compared. */
  readonly calls: boolean;
}

/** The terms on which lanes are compared. */
export function termsOf(lanes: readonly LaneRuns[], common: number): Terms {
  const same = lanes.every(({ script }) => script.length <= common);
  return {
    eventfds: same ? 'objects' : 'descriptors',
    observed: lanes.some(({ recorded }) => recorded),
    calls: lanes.every(({ callsKnown }) => callsKnown),
  };
}

/** True when not all of these are equal. */
export function differ<T>(keys: readonly T[]): boolean {
  return keys.some((key) => key !== keys[0]);
}

/** An eventfd as it is compared; −1 for none. */
function eventfdKey(machine: Machine, ev: number | null, terms: Terms): number {
  if (ev === null) return -1;
  if (terms.eventfds === 'objects') return ev;
  let lowest = -2;
  machine.fds.forEach((file, fd) => {
    if (lowest === -2 && file.kind === 'eventfd' && file.ev === ev) lowest = fd;
  });
  return lowest;
}

/** In what the lanes differ in one vector, as bits. */
export function vectorBits(
  lanes: readonly LaneRuns[],
  machines: readonly Machine[],
  vector: number,
  terms: Terms,
): number {
  let bits = 0;
  const descs = machines.map(({ domain }) => domain.descs.get(vector));
  if (differ(descs.map((desc) => desc === undefined))) bits |= BIT.allocated;
  const handlers = descs.map((desc, at) => {
    const machine = machines[at];
    // from outside only whether there is a handler is seen
    if (!terms.calls) return (desc?.handler ?? null) === null ? -1 : 0;
    return machine === undefined ? -1 : eventfdKey(machine, desc?.handler ?? null, terms);
  });
  if (differ(handlers)) bits |= BIT.attached;
  const irqs = descs.flatMap((desc, at) =>
    desc === undefined ? [] : [lanes[at]?.irqKey(desc.irq) ?? desc.irq],
  );
  if (differ(irqs)) bits |= BIT.identity;
  if (differ(machines.map((machine) => entryKey(machine, vector, terms)))) bits |= BIT.entry;
  return bits;
}

/** A table entry as it is compared: the message only by whether there is one, for it holds numbers of the machine. */
function entryKey({ pci }: Machine, vector: number, terms: Terms): number {
  // the recorder cannot read the table then
  if (terms.observed && (pci.command & PCI_COMMAND_MEMORY) === 0) return 8;
  const entry = pci.entries.get(vector) ?? BLANK_ENTRY;
  const zero = entry.addressLow === 0 && entry.addressHigh === 0 && entry.data === 0;
  return (zero ? 0 : 1) | (entry.masked ? 2 : 0) | (entry.pending ? 4 : 0);
}

/** In what the lanes differ that belongs to no vector, as bits. */
export function restBits(machines: readonly Machine[], terms: Terms): number {
  const mode = machines.map(({ domain, pci }) => `${domain.mode} ${pci.msixEnabled} ${pci.msi.enabled}`);
  const bound = machines.map((machine) => {
    const { intx, err_trigger, req_trigger } = machine.vdev;
    const requested = intx?.requested ?? false;
    if (terms.observed) return String(requested);
    const keys = [intx?.trigger ?? null, intx?.unmask ?? null, err_trigger, req_trigger].map((ev) =>
      eventfdKey(machine, ev, terms),
    );
    return `${requested} ${keys.join(' ')} ${machine.opened}`;
  });
  const registers = machines.map(({ pci, vdev }) => {
    const { msi } = pci;
    const { addressLow, addressHigh, data } = msi.message;
    const programmed = addressLow !== 0 || addressHigh !== 0 || data !== 0;
    const masked = terms.observed ? '' : `${vdev.intx?.masked ?? false}`;
    return `${pci.command} ${pci.pinAsserted} ${pci.msixFunctionMask} ${msi.vectors} ${programmed} ${msi.mask} ${msi.pending} ${masked}`;
  });
  return (
    (differ(mode) ? BIT.allocated : 0) |
    (differ(bound) ? BIT.attached : 0) |
    (differ(registers) ? BIT.entry : 0)
  );
}

/** A counter as it is compared: what the process would read from a descriptor; null where there is none to read. */
export function counterKey({ eventfds, fds }: Machine, fd: number): bigint | null {
  const file = fds.get(fd);
  return file?.kind === 'eventfd' ? (eventfds.get(file.ev)?.count ?? null) : null;
}

/** What a line answered, as it is compared. */
export function returnKey(lane: LaneRuns, line: number): string {
  const run = lane.runAt(line);
  if (run === null) return 'none';
  const { out } = run;
  const values = out === null ? '' : ` ${out.value ?? ''} ${out.flags ?? ''} ${out.count ?? ''}`;
  return `${run.ret} ${run.errno ?? ''}${values}`;
}

/** Allocations and frees of irqs in a line, by vector: `+` and `-` in their order. */
export function turnover(happenings: readonly Happening[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const one of happenings) {
    if (one.kind !== 'allocated' && one.kind !== 'freed') continue;
    found.set(one.vector, `${found.get(one.vector) ?? ''}${one.kind === 'allocated' ? '+' : '-'}`);
  }
  return found;
}

/** True when the kernel calls of a line are not the same in every lane. */
export function tracesDiffer(lanes: readonly LaneRuns[], line: number, terms: Terms): boolean {
  if (!terms.calls) return false;
  const op = lanes[0]?.script[line - 1]?.line.op.op;
  // the recorder traces the calling process only
  if (terms.observed && (op === 'raise' || op === 'lower' || op === 'clobber')) return false;
  return differ(lanes.map((lane) => traceKey(lane, line, terms)));
}

function traceKey(lane: LaneRuns, line: number, terms: Terms): string {
  const frames = terms.observed ? observedFrames(lane.framesOf(line)) : lane.framesOf(line);
  const own = frames
    .filter(({ interrupt }) => !interrupt)
    .map((frame) => `${frame.depth} ${frameKey(frame, lane)}`);
  // where an interrupt cuts in is not stable
  const cut = frames.filter(({ interrupt }) => interrupt).map((frame) => frameKey(frame, lane));
  return [...own, ...cut.sort()].join('\n');
}

/** A kernel call as it is compared: irq numbers by identity, messages by whether they are programmed. */
export function frameKey({ fn, args, ret }: Frame, lane: LaneRuns): string {
  const returnsIrq = fn === 'pci_irq_vector' || fn === 'pci_msix_alloc_irq_at';
  const result = returnsIrq && typeof ret === 'number' ? lane.irqKey(ret) : ret;
  return `${callKey(fn, args, lane)} = ${result ?? ''}`;
}

/** The same without what the call returned: which calls of two traces are one and the same call. */
export function callKey(fn: string, args: Frame['args'], lane: LaneRuns): string {
  const shown = Object.keys(args)
    .sort()
    .map((name) => {
      const value = args[name];
      if (name === 'irq' && typeof value === 'number') return `irq=${lane.irqKey(value)}`;
      if (Array.isArray(value)) return `${name}=${value.some((word) => word !== 0)}`;
      return `${name}=${value ?? ''}`;
    });
  return `${fn}(${shown.join(' ')})`;
}
