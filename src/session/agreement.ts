// Searches the kernels, hosts and devices on which a script has the results of its trace. Each release is tried as the session's
// host and device are, then with one change, then with two.

import { KERNELS, type NamedKernel } from '../kernel/kernels.ts';
import { releaseFactsOf } from '../machine/host.ts';
import type { ScriptLine } from './script.ts';
import type { Setup } from './session.ts';
import { searchTraced } from './traced.ts';
import { type Change, type ChangeKind, changesFor } from './tracedChanges.ts';

/** A kernel, host and device on which every traced result is the same. */
export interface Agreement {
  readonly kernel: NamedKernel;
  /** The changes to the session's host and device; empty for none. */
  readonly changes: readonly Change[];
}

/** The result of a search. */
export interface Agreements {
  /** The agreeing ones with the fewest changes, in the order of the releases. A release with fewer changes hides those with more. */
  readonly agree: readonly Agreement[];
  /** The number of releases that were tried. */
  readonly tried: number;
}

/** The releases; patches and alternatives are no kernels that a trace comes from. */
const RELEASED = KERNELS.filter(({ isRelease }) => isRelease);
/** The largest shortage that is combined with another change. */
const COMBINED = 8;

/** Returns true if two setups differ in nothing but the facts that a search sets for each release. */
export function isSameMachine(a: Setup, b: Setup): boolean {
  const { host } = a;
  const released = { ...b, host: { ...b.host, ...releaseFactsOf(host) } };
  return JSON.stringify(a) === JSON.stringify(released);
}

/** Returns the setup on a kernel, with changes. */
export function setupOn(setup: Setup, kernel: NamedKernel, changes: readonly Change[]): Setup {
  const host = { ...setup.host, ...releaseFactsOf(kernel.release.facts) };
  return changes.reduce((made, change) => change.apply(made), { ...setup, host });
}

/**
 * Searches the agreeing kernels; yields the part that is done (0 to 1) now and then.
 */
export function* searchAgreements(
  setup: Setup,
  script: readonly ScriptLine[],
): Generator<number, Agreements> {
  const agree: Agreement[] = [];
  const changes = changesFor(setup, script);
  for (const [at, kernel] of RELEASED.entries()) {
    const done = at / RELEASED.length;
    yield done;
    const found = yield* agreementOf(kernel, setup, script, changes, done);
    agree.push(...found);
  }
  return { agree, tried: RELEASED.length };
}

/** Runs the search at once. */
export function agreementsOf(setup: Setup, script: readonly ScriptLine[]): Agreements {
  const searching = searchAgreements(setup, script);
  for (;;) {
    const { done, value } = searching.next();
    if (done === true) return value;
  }
}

function* agreementOf(
  kernel: NamedKernel,
  setup: Setup,
  script: readonly ScriptLine[],
  changes: readonly Change[],
  done: number,
): Generator<number, readonly Agreement[]> {
  const plain = yield* firstDifference(kernel, setupOn(setup, kernel, []), script, done);
  if (plain === null) return [{ kernel, changes: [] }];
  /** The change of each kind that reaches furthest behind the first difference. */
  const further = new Map<ChangeKind, { readonly change: Change; readonly line: number }>();
  const single: Agreement[] = [];
  for (const change of changes) {
    const line = yield* firstDifference(kernel, setupOn(setup, kernel, [change]), script, done);
    if (line === null) single.push({ kernel, changes: [change] });
    else if (line > (further.get(change.kind)?.line ?? plain)) further.set(change.kind, { change, line });
  }
  if (single.length > 0) return fewest(single);
  const double: Agreement[] = [];
  // a second change can only help a first one that reaches further
  for (const { change: first } of further.values()) {
    for (const second of changes) {
      if (second.kind === first.kind || (second.count ?? 0) > COMBINED) continue;
      const both = [first, second];
      const line = yield* firstDifference(kernel, setupOn(setup, kernel, both), script, done);
      if (line === null) double.push({ kernel, changes: both });
    }
  }
  return fewest(double);
}

/** Of changes of one kind, such as several numbers of irqs, the first one stands for all; so do two changes in either order. */
function fewest(found: readonly Agreement[]): readonly Agreement[] {
  const seen = new Set<string>();
  return found.filter(({ changes }) => {
    const key = changes
      .map(({ kind }) => kind)
      .sort()
      .join();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Returns the first line with another result than the traced one, counted from 1; null if all agree. Yields `done`. */
function* firstDifference(
  { generation }: NamedKernel,
  setup: Setup,
  script: readonly ScriptLine[],
  done: number,
): Generator<number, number | null> {
  const comparing = searchTraced({ setup, generation }, script, 1);
  for (let step = comparing.next(); ; step = comparing.next()) {
    if (step.done === true) return step.value.differ[0] ?? null;
    yield done;
  }
}
