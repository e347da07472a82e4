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
import { canonicalKey, type KeyParts, keyParts } from '../state.ts';
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
  /** The numbers of the states of both kernels. */
  readonly states: readonly [number, number];
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
  const halves = [new InsideHalf(sides[0], alphabet), new InsideHalf(sides[1], alphabet)] as const;
  const first: Pair = { states: [0, 0], script: [] };
  const known = new Set([first.states.join()]);
  const queue = [first];
  let cut = false;
  let transitions = 0;
  let depth = 0;
  for (let at = 0; at < queue.length; at++) {
    const pair = queue[at];
    if (pair === undefined) break;
    depth = pair.script.length + 1;
    for (const [index, line] of alphabet.entries()) {
      transitions++;
      const steps = [halves[0].step(pair.states[0], index), halves[1].step(pair.states[1], index)] as const;
      const find = line.op.op === 'set_irqs' ? findIn(halves, pair, index, line) : null;
      if (find !== null) return { find, states: at, depth, cut: false };
      const states = [steps[0].to, steps[1].to] as const;
      const key = states.join();
      if (known.has(key)) continue;
      if (known.size >= mostPairs) {
        cut = true;
        continue;
      }
      known.add(key);
      queue.push({ states, script: [...pair.script, line] });
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

/** The different outcomes of an interrupt, by their text, and those right before and right after the line. */
interface Outcomes {
  readonly all: ReadonlyMap<string, Outcome>;
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** A line in a state of one kernel. */
interface InsideStep {
  /** The number of the state after the line. */
  readonly to: number;
  /** The result and the signals, as text. */
  readonly seen: string;
  /** The moments of the line; null until they are needed. */
  moments: readonly Moment[] | null;
  /** By vector. */
  readonly outcomes: Outcomes[];
}

/** One kernel: its states by number, from 0, and its steps, each computed once for all pairs that have the state. */
class InsideHalf {
  readonly #side: Side;
  readonly #alphabet: readonly Line[];
  readonly #parts: KeyParts;
  readonly #numbers = new Map<string, number>();
  readonly #states: { readonly machine: Machine; readonly steps: InsideStep[] }[] = [];
  readonly vectors: number;

  constructor(side: Side, alphabet: readonly Line[]) {
    this.#side = side;
    this.#alphabet = alphabet;
    this.#parts = keyParts(side.start, alphabet, null);
    this.vectors = vectorsOf(side.start);
    this.#numberOf(side.start);
  }

  #numberOf(machine: Machine): number {
    const key = canonicalKey(machine, this.#parts);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#states.length);
    return this.#states.push({ machine, steps: [] }) - 1;
  }

  /** Returns the line with that index in the state with that number. */
  step(state: number, index: number): InsideStep {
    const { machine, steps } = this.#stateAt(state);
    const known = steps[index];
    if (known !== undefined) return known;
    const made = run(this.#side.generation, machine, this.#lineAt(index));
    const step = { to: this.#numberOf(made.after), seen: seenOf(made), moments: null, outcomes: [] };
    steps[index] = step;
    return step;
  }

  /** Returns the outcomes of an interrupt of `vector` at each moment of the line. */
  outcomes(state: number, index: number, vector: number): Outcomes {
    const step = this.step(state, index);
    const known = step.outcomes[vector];
    if (known !== undefined) return known;
    const { generation } = this.#side;
    const { machine } = this.#stateAt(state);
    const line = this.#lineAt(index);
    step.moments ??= momentsOf(run(generation, machine, line, { frames: true }).frames);
    const all = new Map<string, Outcome>();
    const keys = step.moments.map(({ fn, nth, when }) => {
      const raise: RaiseAt = { vector, when, fn, nth };
      const made = run(generation, machine, { ...line, raises: [raise] });
      const fate = fateOf(made, vector);
      const key = `${seenOf(made)}|${JSON.stringify(fate)}`;
      if (!all.has(key)) all.set(key, { raise, fate });
      return key;
    });
    const outcomes = { all, first: keys[0], last: keys.at(-1) };
    step.outcomes[vector] = outcomes;
    return outcomes;
  }

  #stateAt(state: number) {
    const found = this.#states[state];
    if (found === undefined) throw new Error(`unknown state ${state}`);
    return found;
  }

  #lineAt(index: number): Line {
    const line = this.#alphabet[index];
    if (line === undefined) throw new Error(`unknown line ${index}`);
    return line;
  }
}

function findIn(
  halves: readonly [InsideHalf, InsideHalf],
  { states, script }: Pair,
  index: number,
  line: Line,
): InsideFind | null {
  const [a, b] = halves;
  // another result is no effect of the interrupt, and the other searches ask for it
  if (a.step(states[0], index).seen !== b.step(states[1], index).seen) return null;
  // a device fires MSI through vector 0 (kernel/services/delivery.ts)
  const vectors = isMsi(line) ? 1 : a.vectors;
  for (let vector = 0; vector < vectors; vector++) {
    const inA = a.outcomes(states[0], index, vector);
    const inB = b.outcomes(states[1], index, vector);
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
