// The problem and the answer of a search, both plain data. `explore` (search.ts) is the only entry point.

import type { Generation } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import type { Machine } from '../machine/machine.ts';
import type { Question } from './questions.ts';

/** A kernel on a host: a generation, and the machine after the lines of set-up, on which the search starts. */
export interface Side {
  readonly generation: Generation;
  readonly start: Machine;
}

/** The limits of a search. */
export interface Bounds {
  /** Length of the longest script, in lines; null for no limit. */
  readonly maxDepth: number | null;
  /** Largest number of states; for two kernels, of pairs of states. */
  readonly maxStates: number;
}

/** One kernel, or two in lock-step, an alphabet of lines, a question and the limits. */
export interface Problem {
  readonly sides: readonly [Side] | readonly [Side, Side];
  /** The lines, in an order that decides only among equally short scripts. */
  readonly alphabet: readonly Line[];
  readonly question: Question;
  readonly bounds: Bounds;
}

/** Progress of a search. */
export interface Progress {
  /** Different states so far, including the start; for two kernels, pairs of states. */
  readonly states: number;
  /** Number of (state, line) pairs tried. */
  readonly transitions: number;
  /** Length of the scripts under trial. */
  readonly depth: number;
  /** States whose lines are not tried yet. */
  readonly frontier: number;
}

/**
 * The end of a search. `exhausted` is a proof for this alphabet. `bounded` leaves states beyond the bounds open.
 * `cannot-happen` is the answer without a search: the alphabet or the hosts lack something that the question needs.
 */
export type Verdict = 'found' | 'exhausted' | 'bounded' | 'cannot-happen';

/** The end of a search. */
export interface Answer extends Progress {
  readonly verdict: Verdict;
  /** A shortest script that leads there, without the lines of set-up; null when nothing was found. */
  readonly script: readonly Line[] | null;
  /** The effect of the last line of the script, as a sentence; null when nothing was found. */
  readonly found: string | null;
  /** With `cannot-happen` the reason as a clause, for instance "no operation closes a descriptor"; else null. */
  readonly missing: string | null;
  /** Memory taken by states, tables and remembered transitions, in bytes. */
  readonly bytes: number;
}
