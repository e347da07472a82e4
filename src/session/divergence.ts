// Compares lanes in lock-step, line by line. The cost of a line depends on what it changed: a vector is compared again only
// when a lane has touched it. Long scripts are compared in slices (`advance`).

import type { Machine } from '../machine/machine.ts';
import { BIT } from './differenceKinds.ts';
import {
  differ,
  restBits,
  returnsDiffer,
  type Terms,
  termsOf,
  tracesDiffer,
  turnover,
  vectorBits,
} from './differences.ts';
import { commonLines, type LaneRuns, longest } from './laneRuns.ts';
import { counterKey } from './stateDifferences.ts';

/** The differences of lanes, as far as they have been compared. */
export class Divergence {
  readonly lanes: readonly LaneRuns[];
  /** The number of lines of the longest script. */
  readonly length: number;
  /** The number of lines at the beginning that are equal in every script; later lines differ by lane. */
  readonly common: number;
  readonly terms: Terms;
  readonly #bits: Uint8Array;
  readonly #lines: number[] = [];
  #done = 0;
  readonly #vectors = new Map<number, number>();
  readonly #counters = new Set<number>();
  /** The number of differing vectors, by bit. */
  readonly #counts = new Map<number, number>();
  #rest = 0;

  constructor(lanes: readonly LaneRuns[]) {
    this.lanes = lanes;
    this.length = longest(lanes);
    this.common = commonLines(lanes);
    this.terms = termsOf(lanes, this.common);
    this.#bits = new Uint8Array(this.length + 1);
    // two setups can differ before the first line
    this.#rest = restBits(this.#machines(0), this.terms);
  }

  /** Compared lines. */
  get done(): number {
    return this.#done;
  }

  /** The lines that differ in more than their kernel calls, in ascending order. */
  get lines(): readonly number[] {
    return this.#lines;
  }

  /** Returns the kinds in which a line differs, as bits (differences.ts) without `trace`; 0 also for a line not compared yet. */
  at(line: number): number {
    return this.#bits[line] ?? 0;
  }

  /** True when a line with the same result and state has different kernel calls. */
  traceAt(line: number): boolean {
    return line > 0 && tracesDiffer(this.lanes, line, this.terms);
  }

  /** The first differing line, or null without one so far. */
  get first(): number | null {
    return this.#lines[0] ?? null;
  }

  /** The nearest differing line after `line`, or null. */
  next(line: number): number | null {
    return this.#lines[this.#place(line + 1)] ?? null;
  }

  /** The nearest differing line before `line`, or null. */
  previous(line: number): number | null {
    return this.#lines[this.#place(line) - 1] ?? null;
  }

  /** Compares up to `most` more lines; returns false at the end. */
  advance(most: number): boolean {
    const end = Math.min(this.length, this.#done + most);
    while (this.#done < end) this.#compare(this.#done + 1);
    return this.#done < this.length;
  }

  /** Returns the first index in the list of differing lines that is at or past `line`. */
  #place(line: number): number {
    let low = 0;
    let high = this.#lines.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#lines[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #machines(line: number): readonly Machine[] {
    return this.lanes.map((lane) => lane.machineAfter(line));
  }

  #compare(line: number): void {
    this.#done = line;
    const before = this.#machines(line - 1);
    const after = this.#machines(line);
    this.#touch(before, after);
    let bits = this.#rest;
    for (const [bit, count] of this.#counts) if (count > 0) bits |= bit;
    if (this.#counters.size > 0) bits |= BIT.signal;
    if (returnsDiffer(this.lanes, line)) bits |= BIT.return;
    if (this.#turnoverDiffers(line, after)) bits |= BIT.identity;
    this.#bits[line] = bits;
    if (bits !== 0) this.#lines.push(line);
  }

  /** Compares again everything that the line changed in any lane. */
  #touch(before: readonly Machine[], after: readonly Machine[]): void {
    const vectors = new Set<number>();
    const counters = new Set<number>();
    let rest = false;
    after.forEach((now, at) => {
      const then = before[at];
      if (then === undefined || then === now) return;
      const { domain, pci } = now;
      domain.descs.changesSince(then.domain.descs, (vector) => vectors.add(vector));
      pci.entries.changesSince(then.pci.entries, (vector) => vectors.add(vector));
      rest ||=
        domain !== then.domain ||
        pci !== then.pci ||
        now.vdev !== then.vdev ||
        now.openCount !== then.openCount;
      touchCounters(now, then, counters);
      if (this.#touchesAll(now, then))
        for (const vector of [...domain.descs.keys(), ...pci.entries.keys()]) vectors.add(vector);
    });
    for (const vector of vectors) this.#setVector(vector, vectorBits(this.lanes, after, vector, this.terms));
    for (const fd of counters) {
      if (differ(after.map((machine) => counterKey(machine, fd)))) this.#counters.add(fd);
      else this.#counters.delete(fd);
    }
    if (rest) this.#rest = restBits(after, this.terms);
  }

  /** Names of eventfds have changed, or the table has become readable. */
  #touchesAll(now: Machine, then: Machine): boolean {
    if (this.terms.eventfds === 'descriptors' && now.fds !== then.fds) return true;
    return this.terms.observed && now.pci.command !== then.pci.command;
  }

  #setVector(vector: number, bits: number): void {
    const had = this.#vectors.get(vector) ?? 0;
    if (had === bits) return;
    if (bits === 0) this.#vectors.delete(vector);
    else this.#vectors.set(vector, bits);
    for (const bit of [BIT.allocated, BIT.attached, BIT.identity, BIT.entry]) {
      const change = Number((bits & bit) !== 0) - Number((had & bit) !== 0);
      if (change !== 0) this.#counts.set(bit, (this.#counts.get(bit) ?? 0) + change);
    }
  }

  #turnoverDiffers(line: number, after: readonly Machine[]): boolean {
    return renewedVectors(this.lanes, line, after).length > 0;
  }
}

/** Collects the descriptors whose counter the line may have changed. */
function touchCounters(now: Machine, then: Machine, counters: Set<number>): void {
  now.fds.changesSince(then.fds, (fd) => counters.add(fd));
  if (now.eventfds === then.eventfds) return;
  const changed = new Set<number>();
  now.eventfds.changesSince(then.eventfds, (ev, one, other) => {
    if (one?.count !== other?.count) changed.add(ev);
  });
  if (changed.size === 0) return;
  now.fds.forEach((file, fd) => {
    if (file.kind === 'eventfd' && changed.has(file.ev)) counters.add(fd);
  });
}

/**
 * Returns the vectors that have an irq in every lane after the line but from different allocations: one lane freed and
 * reallocated it in the line, another did not.
 */
export function renewedVectors(
  lanes: readonly LaneRuns[],
  line: number,
  after: readonly Machine[],
): readonly number[] {
  // only calls show that an irq was freed and reallocated
  if (!lanes.every(({ callsKnown }) => callsKnown)) return [];
  const turns = lanes.map((lane) => turnover(lane.runAt(line)?.happenings ?? []));
  const touched = new Set(turns.flatMap((turn) => [...turn.keys()]));
  return [...touched].filter(
    (vector) =>
      after.every(({ domain }) => domain.descs.has(vector)) &&
      differ(turns.map((turn) => turn.get(vector) ?? '')),
  );
}
