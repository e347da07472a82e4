// The path to each state, and the progress of a search; shared by searches over one kernel and over two.

import type { Line } from '../kernel/line.ts';
import type { Machine } from '../machine/machine.ts';
import type { Cells } from './cells.ts';
import { Ints } from './ints.ts';
import type { Answer, Progress } from './problem.ts';

/** Work between two reports, about 3 ms. A transition counts 1, a run of the model more (effects.ts). */
export const REPORT_AFTER = 30_000;

/** The ending of a search that reached the limit of states. */
export const CUT = { verdict: 'bounded', script: null, found: null, missing: null } as const;

/** The place of a search among the levels of its states. */
export interface Levels {
  readonly depth: number;
  readonly nextLevel: number;
  readonly transitions: number;
}

/** States in the order of discovery, each with its predecessor. State 0 is the start. */
export class Trail {
  readonly #parents = new Ints();
  readonly #lines = new Ints();
  transitions = 0;
  /** Length of the scripts under trial. */
  depth = 0;
  /** The first state of the next level, known when the present level begins. */
  #nextLevel = 0;
  /** The first state beyond the limit, or −1. */
  #cut = -1;

  constructor() {
    this.add(-1, -1);
  }

  /** Adds a new state with its predecessor and the line between them. */
  add(parent: number, line: number): void {
    this.#parents.push(parent);
    this.#lines.push(line);
  }

  /** Returns the predecessor of a state and the line between them. */
  stepTo(state: number): { readonly parent: number; readonly line: number } {
    return { parent: this.#parents.data[state] ?? -1, line: this.#lines.data[state] ?? -1 };
  }

  get levels(): Levels {
    return { depth: this.depth, nextLevel: this.#nextLevel, transitions: this.transitions };
  }

  set levels({ depth, nextLevel, transitions }: Levels) {
    this.depth = depth;
    this.#nextLevel = nextLevel;
    this.transitions = transitions;
  }

  /** Begins with `state` while `states` are known; the depth grows with the first state of a level. */
  enter(state: number, states: number): void {
    if (state !== this.#nextLevel) return;
    this.depth++;
    this.#nextLevel = states;
  }

  /** Records that the limit excludes `state` and all later ones. */
  cutAt(state: number): void {
    this.depth--;
    this.#cut = state;
  }

  /** Returns the lines that lead to a state, followed by `line`. */
  script(alphabet: readonly Line[], state: number, line: number): readonly Line[] {
    const back = [line];
    for (let at = state; at > 0; at = this.#parents.data[at] ?? 0) back.push(this.#lines.data[at] ?? 0);
    return back.reverse().flatMap((one) => alphabet[one] ?? []);
  }

  /** Returns the progress after all states before `state`. */
  progress(states: number, state: number): Progress {
    return { states, transitions: this.transitions, depth: this.depth, frontier: states - state };
  }

  /** Returns the answer of a search that ended without a find. */
  nothing(states: number, bytes: number): Answer {
    const cut = this.#cut >= 0;
    return {
      verdict: cut ? 'bounded' : 'exhausted',
      states,
      transitions: this.transitions,
      // the last level of an exhausted search has no new state
      depth: cut ? this.depth : this.depth - 1,
      frontier: cut ? states - this.#cut : 0,
      script: null,
      found: null,
      missing: null,
      bytes,
    };
  }

  /** Memory in bytes. */
  get bytes(): number {
    return this.#parents.bytes + this.#lines.bytes;
  }
}

/** Returns a machine as a row of cells. */
export function rowOf(machine: Machine, cells: Cells): Int32Array {
  return Int32Array.from({ length: cells.count }, (_, cell) => cells.value(machine, cell));
}
