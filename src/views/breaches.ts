// The invariants that a script breaks. The cost of checking a line grows with the size of the machine, so lines are checked in
// slices, and each line once.

import { grouped } from '../base/grouped.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { brokenInvariants } from '../kernel/invariants/index.ts';
import type { Invariant } from '../kernel/invariants/invariant.ts';
import { commonRuns, isKnown, type Replay, runAt } from '../session/replay.ts';
import { ranges } from '../text/numbers.ts';

/** One invariant with every line at which it is broken. */
export interface BrokenInvariant {
  readonly invariant: Invariant;
  /** Lines, from 1, in ascending order. */
  readonly lines: readonly number[];
  /** The breach at the first of these lines, as a clause. */
  readonly what: string;
}

/** The most lines that a sentence names. */
const SHOWN = 64;

/** The breaches in the first `upTo` lines, which are checked. */
interface Found {
  readonly replayed: Replay;
  upTo: number;
  readonly broken: Map<string, { readonly invariant: Invariant; readonly lines: number[]; what: string }>;
}

let found: Found | null = null;

/** Returns the breaches of this replay so far. Lines in common with the previous replay are not checked again. */
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

/** Checks the next unchecked line. */
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

/** Returns the number of checked lines at the beginning, at most `upTo`. */
export function checkedLines(replayed: Replay, upTo: number): number {
  return Math.min(foundIn(replayed).upTo, upTo);
}

/** Returns the invariants that the checked lines up to `upTo` break, in the order of their first breach. */
export function brokenUpTo(replayed: Replay, upTo: number): readonly BrokenInvariant[] {
  return [...foundIn(replayed).broken.values()].flatMap(({ invariant, lines, what }) => {
    const count = countUpTo(lines, upTo);
    return count === 0 ? [] : [{ invariant, lines: lines.slice(0, count), what }];
  });
}

/** Returns how many of the ascending `lines` are at or before `line`. */
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

/** Splits breaches: `here` has the invariants that this generation or the merged driver claims, `elsewhere` all others. */
export function bySubject(
  broken: readonly BrokenInvariant[],
  id: GenerationId,
): { readonly here: readonly BrokenInvariant[]; readonly elsewhere: readonly BrokenInvariant[] } {
  // the merged driver is the standard for all generations
  const isHere = ({ invariant: { holds } }: BrokenInvariant) =>
    holds.includes(id) || holds.includes('dynamic');
  return { here: broken.filter(isHere), elsewhere: broken.filter((one) => !isHere(one)) };
}

/** Returns for instance `irqs are freed only at teardown (I7): broken at line 7, irq 26 of the original allocation …`. */
export function breachSentence({ invariant, lines, what }: BrokenInvariant): string {
  const shown = ranges(lines.slice(0, SHOWN));
  const rest = lines.length > SHOWN ? ` and ${grouped(lines.length - SHOWN)} more` : '';
  return `${invariant.name} (${invariant.id}): broken at line${lines.length === 1 ? '' : 's'} ${shown}${rest}, ${what}`;
}
