// How a search came to its states, and how far it is: what the searches over one kernel and over two share.

import type { Line } from '../kernel/line.ts';
import type { Machine } from '../machine/machine.ts';
import type { Cells } from './cells.ts';
import { Ints } from './ints.ts';
import type { Answer, Progress } from './problem.ts';

/** Work between two reports, about 3 ms: a transition counts 1, a run of the model RUN_COST. */
export const REPORT_AFTER = 30_000;
export const RUN_COST = 100;

/** States in the order in which they were found, each with where it was found from. State 0 is the start. */
export class Trail {
  readonly #parents = new Ints();
  readonly #lines = new Ints();
  transitions = 0;
  /** Length of the scripts that are being tried. */
  depth = 0;
  /** The first state of the next level, once the present one is looked into. */
  #nextLevel = 0;
  /** The first state that a bound kept from being looked into, or −1. */
  #cut = -1;

  constructor() {
    this.add(-1, -1);
  }

  /** Notes how a new state was reached. */
  add(parent: number, line: number): void {
    this.#parents.push(parent);
    this.#lines.push(line);
  }

  /** Looks into `state`, `states` being known: one level deeper when it is the first of the next. */
  enter(state: number, states: number): void {
    if (state !== this.#nextLevel) return;
    this.depth++;
    this.#nextLevel = states;
  }

  /** A bound keeps `state` and all after it from being looked into. */
  cutAt(state: number): void {
    this.depth--;
    this.#cut = state;
  }

  /** The lines to a state, and then `line`. */
  script(alphabet: readonly Line[], state: number, line: number): readonly Line[] {
    const back = [line];
    for (let at = state; at > 0; at = this.#parents.data[at] ?? 0) back.push(this.#lines.data[at] ?? 0);
    return back.reverse().flatMap((one) => alphabet[one] ?? []);
  }

  /** How far the search is when it has looked into the states before `state`. */
  progress(states: number, state: number): Progress {
    return { states, transitions: this.transitions, depth: this.depth, frontier: states - state };
  }

  /** The answer of a search that ran to its end without finding anything. */
  nothing(states: number, bytes: number): Answer {
    const cut = this.#cut >= 0;
    return {
      verdict: cut ? 'bounded' : 'exhausted',
      states,
      transitions: this.transitions,
      // nothing new was found on the last level of a space that is exhausted
      depth: cut ? this.depth : this.depth - 1,
      frontier: cut ? states - this.#cut : 0,
      script: null,
      found: null,
      bytes,
    };
  }

  /** Memory taken, in bytes. */
  get bytes(): number {
    return this.#parents.bytes + this.#lines.bytes;
  }
}

/** A machine as a row of cells. */
export function rowOf(machine: Machine, cells: Cells): Int32Array {
  return Int32Array.from({ length: cells.count }, (_, cell) => cells.value(machine, cell));
}
