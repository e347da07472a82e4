// The invariants that a script breaks. To look at a line costs as much as the machine is large, so the lines are
// looked at some at a time, and each line once.

import type { GenerationId } from '../kernel/generations/generation.ts';
import { brokenInvariants } from '../kernel/invariants/index.ts';
import type { Invariant } from '../kernel/invariants/invariant.ts';
import { commonRuns, isKnown, type Replay, runAt } from '../session/replay.ts';
import { ranges } from './words/numbers.ts';

/** One invariant with every line at which it is broken. */
export interface BrokenInvariant {
  readonly invariant: Invariant;
  /** Lines, from 1, in ascending order. */
  readonly lines: readonly number[];
  /** What breaks it at the first of them. */
  readonly what: string;
}

/** Lines that a sentence names. */
const SHOWN = 64;

/** What was found so far: everything in the first `upTo` lines. */
interface Found {
  readonly replayed: Replay;
  upTo: number;
  readonly broken: Map<string, { readonly invariant: Invariant; readonly lines: number[]; what: string }>;
}

let found: Found | null = null;

/** What was found in this replay; of another one that of the lines in common is taken over. */
function foundIn(replayed: Replay): Found {
  if (found?.replayed === replayed) return found;
  const upTo = found === null ? 0 : Math.min(found.upTo, commonRuns(found.replayed, replayed));
  const broken: Found['broken'] = new Map();
  for (const [id, one] of found?.broken ?? []) {
    const lines = one.lines.slice(0, countUpTo(one.lines, upTo));
    if (lines.length > 0) broken.set(id, { ...one, lines });
  }
  found = { replayed, upTo, broken };
  return found;
}

/** Looks at the next line that has not been looked at. To look at one costs as much as the machine is large. */
export function lookAtNext(replayed: Replay): void {
  const all = foundIn(replayed);
  const line = all.upTo + 1;
  const entry = replayed.script[line - 1];
  if (entry === undefined || !isKnown(replayed, line)) return;
  all.upTo = line;
  const run = runAt(replayed, line);
  for (const { invariant, what } of run === null ? [] : brokenInvariants({ line: entry.line, run })) {
    const one = all.broken.get(invariant.id);
    if (one === undefined) all.broken.set(invariant.id, { invariant, lines: [line], what });
    else if (one.lines.at(-1) !== line) one.lines.push(line);
  }
}

/** How many lines at the beginning, up to `upTo`, have been looked at. */
export function checkedLines(replayed: Replay, upTo: number): number {
  return Math.min(foundIn(replayed).upTo, upTo);
}

/** What the lines up to `upTo` that were looked at break, in the order of the invariants' first breach. */
export function brokenUpTo(replayed: Replay, upTo: number): readonly BrokenInvariant[] {
  return [...foundIn(replayed).broken.values()].flatMap(({ invariant, lines, what }) => {
    const count = countUpTo(lines, upTo);
    return count === 0 ? [] : [{ invariant, lines: lines.slice(0, count), what }];
  });
}

/** How many of ascending lines stand at or before one. */
function countUpTo(lines: readonly number[], line: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return low;
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
  const shown = ranges(lines.slice(0, SHOWN));
  const rest = lines.length > SHOWN ? ` and ${(lines.length - SHOWN).toLocaleString('en')} more` : '';
  return `${invariant.id} broken at line${lines.length === 1 ? '' : 's'} ${shown}${rest}: ${what}`;
}
