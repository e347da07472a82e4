// The invariants that a script breaks. To look at a line costs as much as the machine is large, so the lines are
// looked at some at a time, and each line once.

import type { Run } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { type Breach, brokenInvariants } from '../kernel/invariants/index.ts';
import type { Invariant } from '../kernel/invariants/invariant.ts';
import type { Replay } from '../session/replay.ts';
import { ranges } from './words/numbers.ts';

/** One invariant with every line at which it is broken. */
export interface BrokenInvariant {
  readonly invariant: Invariant;
  /** Lines, from 1, in ascending order. */
  readonly lines: readonly number[];
  /** What breaks it at the first of them. */
  readonly what: string;
}

const known = new WeakMap<Run, readonly Breach[]>();

/** Looks at line `line` (from 1), unless it has been looked at. */
export function breachesOf(replayed: Replay, line: number): readonly Breach[] {
  const run = replayed.runs[line - 1] ?? null;
  const entry = replayed.script[line - 1];
  if (run === null || entry === undefined) return [];
  const found = known.get(run) ?? brokenInvariants({ line: entry.line, run });
  known.set(run, found);
  return found;
}

/** How many lines at the beginning, up to `upTo`, have been looked at. */
export function checkedLines(replayed: Replay, upTo: number): number {
  let line = 0;
  while (line < upTo) {
    const run = replayed.runs[line];
    if (run === undefined || (run !== null && !known.has(run))) break;
    line++;
  }
  return line;
}

/** What the first `upTo` lines break, in the order of the invariants' first breach. */
export function brokenUpTo(replayed: Replay, upTo: number): readonly BrokenInvariant[] {
  const broken = new Map<string, { invariant: Invariant; lines: number[]; what: string }>();
  for (let line = 1; line <= upTo; line++) {
    for (const { invariant, what } of breachesOf(replayed, line)) {
      const one = broken.get(invariant.id);
      if (one === undefined) broken.set(invariant.id, { invariant, lines: [line], what });
      else one.lines.push(line);
    }
  }
  return [...broken.values()];
}

/** What says something about this generation, and what is only the way in which another one works. */
export function bySubject(
  broken: readonly BrokenInvariant[],
  id: GenerationId,
): { readonly here: readonly BrokenInvariant[]; readonly elsewhere: readonly BrokenInvariant[] } {
  // what the merged driver keeps is what the others are measured by
  const isHere = ({ invariant: { holds } }: BrokenInvariant) =>
    holds.includes(id) || holds.includes('dynamic');
  return { here: broken.filter(isHere), elsewhere: broken.filter((one) => !isHere(one)) };
}

/** For instance `I7 broken at line 7: irq 26 of the original allocation of vector 1 was released by …`. */
export function breachSentence({ invariant, lines, what }: BrokenInvariant): string {
  return `${invariant.id} broken at line${lines.length === 1 ? '' : 's'} ${ranges(lines)}: ${what}`;
}
