// The differences between lanes after one line. States are compared field by field (stateDifferences.ts); results and calls
// through keys that are equal where nothing differs, so any number of lanes can be compared at once.

import type { Frame, Happening, Run } from '../kernel/frame.ts';
import type { Machine } from '../machine/machine.ts';
import { PCI_COMMAND_MEMORY } from '../uapi/pciRegs.ts';
import type { LaneRuns } from './laneRuns.ts';
import { observeDevice, observedFrames } from './observe.ts';
import {
  BY_NUMBER,
  compareDevice,
  compareInside,
  compareVector,
  Differences,
  type EventfdNames,
  insideOf,
  type VectorState,
  vectorOf,
} from './stateDifferences.ts';

/** The terms of a comparison: which facts are comparable in all lanes. */
export interface Terms {
  /** Lanes with different scripts have different objects, so an eventfd is identified by its lowest descriptor. */
  readonly eventfds: EventfdNames;
  /** One lane is a recording: only visible state is compared. */
  readonly observed: boolean;
  /** The kernel calls of every lane are known; otherwise neither calls nor facts visible only in calls are compared. */
  readonly calls: boolean;
}

/** Returns the terms on which lanes are compared. */
export function termsOf(lanes: readonly LaneRuns[], common: number): Terms {
  const same = lanes.every(({ script }) => script.length <= common);
  return {
    eventfds: same ? 'objects' : 'descriptors',
    observed: lanes.some(({ recorded }) => recorded),
    calls: lanes.every(({ callsKnown }) => callsKnown),
  };
}

/** True when the keys are not all equal. */
export function differ<T>(keys: readonly T[]): boolean {
  return keys.some((key) => key !== keys[0]);
}

/** Calls `visit` with every pair of lanes. Two irqs are compared only where both lanes have them, so no lane stands for all. */
function eachPair<T>(states: readonly T[], visit: (left: T, right: T) => void): void {
  states.forEach((left, at) => {
    for (const right of states.slice(at + 1)) visit(left, right);
  });
}

/** Returns the kinds in which the lanes differ for one vector, as bits. */
export function vectorBits(
  lanes: readonly LaneRuns[],
  machines: readonly Machine[],
  vector: number,
  terms: Terms,
): number {
  const states = machines.map((machine, at): VectorState => {
    const state = vectorOf(machine, vector, terms.calls ? terms.eventfds : null);
    const irq =
      state.irq && ([vector, lanes[at]?.irqKey(state.irq[1]) ?? state.irq[1], state.irq[2]] as const);
    // the recorder cannot read the table then
    const unreadable = terms.observed && (machine.pci.command & PCI_COMMAND_MEMORY) === 0;
    return { ...state, irq, entry: unreadable ? null : state.entry };
  });
  const found = new Differences();
  eachPair(states, (left, right) => compareVector(found, vector, left, right, BY_NUMBER));
  return found.bits;
}

/** Returns the kinds in which the lanes differ outside of vectors, as bits. */
export function restBits(machines: readonly Machine[], terms: Terms): number {
  const found = new Differences();
  const states = machines.map((machine) => ({
    device: observeDevice(machine),
    inside: terms.observed ? {} : insideOf(machine, terms.eventfds),
  }));
  eachPair(states, (left, right) => {
    compareDevice(found, left.device, right.device, BY_NUMBER);
    compareInside(found, left.inside, right.inside);
  });
  return found.bits;
}

/**
 * True when the results of a line differ between lanes: return code, errno, and every value that the operation returned. The model
 * has no value for registers of config space that it does not model, and a recording has one; such values are not compared.
 */
export function returnsDiffer(lanes: readonly LaneRuns[], line: number): boolean {
  const runs = lanes.map((lane) => lane.runAt(line));
  const reads = lanes[0]?.script[line - 1]?.line.op.op === 'cfg_read';
  const hasValue = !reads || runs.every((run) => run?.out?.value !== undefined);
  return differ(runs.map((run) => returnKey(run, hasValue)));
}

function returnKey(run: Run | null, hasValue: boolean): string {
  if (run === null) return 'none';
  const { value, flags, count, regions, irqs } = run.out ?? {};
  const values = [hasValue ? value : null, flags, count, regions, irqs].map((one) => one ?? '');
  return `${run.ret} ${run.errno ?? ''} ${values.join(' ')}`;
}

/** Returns the allocations (`+`) and frees (`-`) of irqs in a line, by vector, in order. */
export function turnover(happenings: readonly Happening[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const one of happenings) {
    if (one.kind !== 'allocated' && one.kind !== 'freed') continue;
    found.set(one.vector, `${found.get(one.vector) ?? ''}${one.kind === 'allocated' ? '+' : '-'}`);
  }
  return found;
}

/** True when the kernel calls of a line differ between lanes. */
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
  // the place of an interrupt among the calls varies
  const cut = frames.filter(({ interrupt }) => interrupt).map((frame) => frameKey(frame, lane));
  return [...own, ...cut.sort()].join('\n');
}

/** Returns the key of a kernel call: irq numbers by identity, messages by whether they are programmed. */
export function frameKey({ fn, args, ret }: Frame, lane: LaneRuns): string {
  const returnsIrq = fn === 'pci_irq_vector' || fn === 'pci_msix_alloc_irq_at';
  const result = returnsIrq && typeof ret === 'number' ? lane.irqKey(ret) : ret;
  return `${callKey(fn, args, lane)} = ${result ?? ''}`;
}

/** Returns the key of a kernel call without its return value, which pairs equal calls of two traces. */
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
