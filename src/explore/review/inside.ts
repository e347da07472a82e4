// The device fires once inside an ioctl. Two kernels have no common clock inside an ioctl, so one moment of the one is no moment of
// the other. Each pair of states and each ioctl is therefore asked: is there an outcome of an interrupt at some moment of one kernel
// that the other kernel has at no moment? A moment is right before or right after one of the kernel's calls; moments between which
// the machine does not change are one. An outcome is the result of the ioctl, its signals, and what became of the interrupt. An ioctl
// whose result differs anyway is left to the other searches, and so is one about which the kernels differ already when the device
// fires right before or right after it.

import type { Frame, Run } from '../../kernel/frame.ts';
import type { Line, RaiseAt } from '../../kernel/line.ts';
import { run } from '../../kernel/run.ts';
import type { Machine } from '../../machine/machine.ts';
import { VFIO_PCI_MSI_IRQ_INDEX } from '../../uapi/vfio.ts';
import type { Progress, Side } from '../problem.ts';
import { canonicalKey, keyParts } from '../state.ts';
import { vectorsOf } from '../vectors.ts';
import { type Fate, fdOf, signalledFds } from './differences.ts';

/** An outcome that only one kernel has. */
export interface InsideFind {
  readonly side: 0 | 1;
  /** The lines, without those of set-up; the last one has the interrupt inside. */
  readonly script: readonly Line[];
  readonly vector: number;
  readonly fate: Fate;
}

/** The end of the search. */
export interface InsideAnswer {
  readonly find: InsideFind | null;
  /** Pairs of states whose ioctls were all examined. */
  readonly states: number;
  readonly depth: number;
  /** The limit of states left further ones unexamined. */
  readonly cut: boolean;
}

interface Pair {
  readonly machines: readonly [Machine, Machine];
  readonly script: readonly Line[];
}

/** Pairs of states between two reports. */
const REPORT_EVERY = 2;

/** Searches breadth first, so that its find has a shortest script. The interrupts inside lead to no further states. */
export function* exploreInside(
  sides: readonly [Side, Side],
  alphabet: readonly Line[],
  mostPairs: number,
): Generator<Progress, InsideAnswer, void> {
  const parts = sides.map(({ start }) => keyParts(start, alphabet, null));
  const keyOf = (machines: Pair['machines']) =>
    machines
      .map((machine, at) => canonicalKey(machine, parts[at] ?? keyParts(machine, alphabet, null)))
      .join('\n');
  const first: Pair = { machines: [sides[0].start, sides[1].start], script: [] };
  const known = new Set([keyOf(first.machines)]);
  const queue = [first];
  let cut = false;
  let transitions = 0;
  let depth = 0;
  for (let at = 0; at < queue.length; at++) {
    const pair = queue[at];
    if (pair === undefined) break;
    depth = pair.script.length + 1;
    for (const line of alphabet) {
      transitions++;
      const find = line.op.op === 'set_irqs' ? findIn(sides, pair, line) : null;
      if (find !== null) return { find, states: at, depth, cut: false };
      const machines = [
        run(sides[0].generation, pair.machines[0], line).after,
        run(sides[1].generation, pair.machines[1], line).after,
      ] as const;
      const key = keyOf(machines);
      if (known.has(key)) continue;
      if (known.size >= mostPairs) {
        cut = true;
        continue;
      }
      known.add(key);
      queue.push({ machines, script: [...pair.script, line] });
    }
    if (at % REPORT_EVERY === 0) {
      yield { states: known.size, transitions, depth, frontier: queue.length - at - 1 };
    }
  }
  return { find: null, states: queue.length, depth: depth - 1, cut };
}

/** One outcome, with the moment that leads to it. */
interface Outcome {
  readonly raise: RaiseAt;
  readonly fate: Fate;
}

function findIn(sides: readonly [Side, Side], { machines, script }: Pair, line: Line): InsideFind | null {
  const runs = [
    run(sides[0].generation, machines[0], line, { frames: true }),
    run(sides[1].generation, machines[1], line, { frames: true }),
  ] as const;
  // another result is no effect of the interrupt, and the other searches ask for it
  if (seenOf(runs[0]) !== seenOf(runs[1])) return null;
  // a device fires MSI through vector 0 (kernel/services/delivery.ts)
  const vectors = isMsi(line) ? 1 : vectorsOf(machines[0]);
  for (let vector = 0; vector < vectors; vector++) {
    const inA = outcomes(sides[0], machines[0], line, vector, runs[0].frames);
    const inB = outcomes(sides[1], machines[1], line, vector, runs[1].frames);
    if (inA.first !== inB.first || inA.last !== inB.last) continue;
    for (const [side, mine, others] of [
      [0, inA.all, inB.all],
      [1, inB.all, inA.all],
    ] as const) {
      for (const [key, { raise, fate }] of mine) {
        if (!others.has(key))
          return { side, vector, fate, script: [...script, { ...line, raises: [raise] }] };
      }
    }
  }
  return null;
}

function seenOf(made: Run): string {
  return [made.ret, made.errno, signalledFds(made).join(',')].join('|');
}

function isMsi({ op }: Line): boolean {
  return op.op === 'set_irqs' && op.index === VFIO_PCI_MSI_IRQ_INDEX;
}

/** The different outcomes of an interrupt, by their text, and those right before and right after the line. */
interface Outcomes {
  readonly all: ReadonlyMap<string, Outcome>;
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** Returns the outcomes of an interrupt of `vector` at each moment of a line, whose calls are `frames`. */
function outcomes(
  { generation }: Side,
  machine: Machine,
  line: Line,
  vector: number,
  frames: readonly Frame[],
): Outcomes {
  const all = new Map<string, Outcome>();
  const keys = momentsOf(frames).map(({ fn, nth, when }) => {
    const raise: RaiseAt = { vector, when, fn, nth };
    const made = run(generation, machine, { ...line, raises: [raise] });
    const fate = fateOf(made, vector);
    const key = `${seenOf(made)}|${JSON.stringify(fate)}`;
    if (!all.has(key)) all.set(key, { raise, fate });
    return key;
  });
  return { all, first: keys[0], last: keys.at(-1) };
}

type Moment = Pick<RaiseAt, 'fn' | 'nth' | 'when'>;

/** Returns the moments of a run between which the machine changes. */
function momentsOf(frames: readonly Frame[]): readonly Moment[] {
  const nths = new Map<string, number>();
  const ends: { readonly depth: number; readonly moment: Moment; readonly machine: Machine }[] = [];
  const moments: Moment[] = [];
  let last: Machine | null = null;
  const add = (moment: Moment, machine: Machine) => {
    if (machine === last) return;
    last = machine;
    moments.push(moment);
  };
  const leave = (depth: number) => {
    for (let end = ends.at(-1); end !== undefined && end.depth >= depth; end = ends.at(-1)) {
      ends.pop();
      add(end.moment, end.machine);
    }
  };
  for (const { fn, depth, before, after } of frames) {
    leave(depth);
    const nth = (nths.get(fn) ?? 0) + 1;
    nths.set(fn, nth);
    add({ fn, nth, when: 'before' }, before);
    ends.push({ depth, machine: after, moment: { fn, nth, when: 'after' } });
  }
  leave(0);
  return moments;
}

/** Returns what became of the interrupt inside the line when the line ended. */
export function fateOf({ happenings, fired, after }: Run, vector: number): Fate {
  const [one] = fired ?? [];
  if (one === undefined || one.refused !== null || one.mode === null) return { kind: 'refused' };
  const later = happenings.slice(one.from);
  const own = later.filter((event) => 'vector' in event && event.vector === vector);
  const delivered = own.find((event) => event.kind === 'delivered');
  if (delivered?.kind === 'delivered') return { kind: 'signalled', fd: fdOf(delivered.ev) };
  if (own.some(({ kind }) => kind === 'lost')) return { kind: 'lost' };
  const msi = after.pci.msi.pending !== 0;
  const kept =
    after.pci.entries.get(vector)?.pending === true || after.domain.descs.get(vector)?.resend === true;
  return kept || msi ? { kind: 'pending' } : { kind: 'lost' };
}
