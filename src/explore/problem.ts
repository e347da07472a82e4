// What a search is asked, and what it answers. A problem is data; `explore` (search.ts) is the one door.

import type { Generation } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import type { Machine } from '../machine/machine.ts';
import type { Question } from './questions.ts';

/** A kernel on a host: a generation and the machine on which the search starts, after the lines of set-up. */
export interface Side {
  readonly generation: Generation;
  readonly start: Machine;
}

/** Where a search stops though there may be more. */
export interface Bounds {
  /** Longest script that is tried, in lines; null for no such limit. */
  readonly maxDepth: number | null;
  /** Most states (for two kernels: pairs of states) that are kept. */
  readonly maxStates: number;
}

/** What is searched: one kernel, or two in lock-step, every script over an alphabet, and a question. */
export interface Problem {
  readonly sides: readonly [Side] | readonly [Side, Side];
  /** The lines that may follow each other in any order; the answer depends on the order only among equally short scripts. */
  readonly alphabet: readonly Line[];
  readonly question: Question;
  readonly bounds: Bounds;
}

/** How far a search is. */
export interface Progress {
  /** Different states found so far, the start included; for two kernels, pairs of states. */
  readonly states: number;
  /** Lines that were tried in a state. */
  readonly transitions: number;
  /** Length of the scripts that are being tried. */
  readonly depth: number;
  /** States found and not yet looked into. */
  readonly frontier: number;
}

/** How a search ended. `exhausted` is a proof for this alphabet; `bounded` says nothing about what lies beyond the bounds. */
export type Verdict = 'found' | 'exhausted' | 'bounded';

/** The end of a search. */
export interface Answer extends Progress {
  readonly verdict: Verdict;
  /** A shortest script that leads there, without the lines of set-up; null when nothing was found. */
  readonly script: readonly Line[] | null;
  /** What happens in the last line of the script, as a sentence; null when nothing was found. */
  readonly found: string | null;
  /** Memory taken by states, tables and remembered transitions. */
  readonly bytes: number;
}
