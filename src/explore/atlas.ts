// The atlas of edge cases: every distinct outcome of small devices, each with a shortest script. An exhaustive walk finds
// them; no entry is written by hand.

import { CHECK_IDS, CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Run } from '../kernel/frame.ts';
import type { NamedGenerationId } from '../kernel/generations/generation.ts';
import { baseOf } from '../kernel/generations/policies.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { Outcome, OutcomeResult } from './outcome.ts';
import type { Side } from './problem.ts';
import { canonicalKey, keyParts } from './state.ts';

/** One outcome: a kernel function, the check that decided, and the result. */
export interface AtlasEntry {
  readonly generation: NamedGenerationId;
  /** Kernel function. */
  readonly fn: string;
  /** The check that decided the line, where this call returned the result of the line; else null. */
  readonly check: CheckId | null;
  readonly result: OutcomeResult;
  /** A shortest script whose last line has this outcome, without the lines of set-up; without injected faults where one exists. */
  readonly script: readonly Line[];
  /** Index of the source in which the script runs. */
  readonly source: number;
}

/** A start with its own alphabet, searched to a depth and a number of states. */
export interface AtlasSource {
  /** Device and host in a few words, for instance `2 vectors, host has 1 irq`. */
  readonly label: string;
  /** Name of the device in the catalogue; `side.start.device` may differ from it in some facts. */
  readonly deviceName: string;
  /** Lines that lead to `side.start`. */
  readonly setUp: readonly Line[];
  readonly side: Side;
  readonly alphabet: readonly Line[];
  readonly maxDepth: number;
  readonly maxStates: number;
}

/** The outcomes of all sources, and the checks that no source reached. */
export interface Atlas {
  readonly entries: readonly AtlasEntry[];
  /** By generation, the checks that decided no line of any source. */
  readonly unreached: readonly {
    readonly generation: NamedGenerationId;
    readonly checks: readonly CheckId[];
  }[];
  readonly states: number;
  /** A bound cut at least one of the sources. */
  readonly bounded: boolean;
}

/**
 * Runs every line in every state of each source, breadth first, and yields the number of states so far. Keeps the first of
 * the shortest scripts for each outcome, and prefers scripts without injected faults.
 */
export function* atlas(sources: readonly AtlasSource[]): Generator<number, Atlas, void> {
  const entries = new Map<string, AtlasEntry>();
  let states = 0;
  let bounded = false;
  for (const [at, source] of sources.entries()) {
    const { side, alphabet } = source;
    const parts = keyParts(side.start, alphabet, null);
    const seen = new Set<string>([canonicalKey(side.start, parts)]);
    let level: readonly Reached[] = [{ machine: side.start, script: [] }];
    for (let depth = 1; level.length > 0; depth++) {
      if (depth > source.maxDepth) {
        bounded = true;
        break;
      }
      const next: Reached[] = [];
      for (const { machine, script } of level) {
        for (const line of alphabet) {
          const made = run(side.generation, machine, line, { frames: true });
          const here = [...script, line];
          for (const { fn, check, result } of outcomes(made)) {
            const id = `${side.generation.id} ${fn} ${check ?? ''} ${result ?? ''}`;
            const known = entries.get(id);
            if (known === undefined || isBetter(here, known.script)) {
              entries.set(id, {
                generation: baseOf(side.generation.id),
                fn,
                check,
                result,
                script: here,
                source: at,
              });
            }
          }
          const key = canonicalKey(made.after, parts);
          if (seen.has(key)) continue;
          if (seen.size >= source.maxStates) {
            bounded = true;
            continue;
          }
          seen.add(key);
          next.push({ machine: made.after, script: here });
        }
        yield states + seen.size;
      }
      level = next;
    }
    states += seen.size;
  }
  return {
    entries: [...entries.values()],
    unreached: unreached(sources, [...entries.values()]),
    states,
    bounded,
  };
}

interface Reached {
  readonly machine: Machine;
  readonly script: readonly Line[];
}

/** Returns whether the script shows an outcome better than the known one: without injected faults, then in fewer lines. */
function isBetter(script: readonly Line[], known: readonly Line[]): boolean {
  const [injects, knownInjects] = [hasFault(script), hasFault(known)];
  return injects === knownInjects ? script.length < known.length : knownInjects;
}

function hasFault(script: readonly Line[]): boolean {
  return script.some(({ faults }) => faults.length > 0);
}

/**
 * Returns the outcome of each kernel call of a run. The check of the line decided every call that returned the result of the
 * line, and the function that contains the check, which for read(2) and close(2) is no call of the trace.
 */
export function outcomes({ frames, ret: lineRet, errno, check }: Run): readonly Outcome[] {
  const ofLine = errno ?? lineRet;
  const decides = check !== null && ofLine !== 0;
  const calls = frames.map(({ fn, ret = null }): Outcome => {
    const decided = decides && ret === ofLine && !givesCount(fn, ret);
    return { fn, check: decided ? check : null, result: ret };
  });
  return check === null ? calls : [...calls, { fn: CHECKS[check].fn, check, result: ofLine }];
}

/** The PCI core returns the number of vectors also where it grants them all, so no check decides that number. */
function givesCount(fn: string, ret: OutcomeResult): boolean {
  return fn === 'pci_alloc_irq_vectors' && typeof ret === 'number';
}

function unreached(
  sources: readonly AtlasSource[],
  entries: readonly AtlasEntry[],
): readonly { readonly generation: NamedGenerationId; readonly checks: readonly CheckId[] }[] {
  const generations = [...new Set(sources.map(({ side }) => baseOf(side.generation.id)))];
  return generations.map((generation) => {
    const reached = new Set(
      entries.filter((entry) => entry.generation === generation).map((entry) => entry.check),
    );
    return { generation, checks: CHECK_IDS.filter((id) => !reached.has(id)) };
  });
}
