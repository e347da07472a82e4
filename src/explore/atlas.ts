// The atlas of edge cases: every distinct outcome that a small device can come to, each with a shortest script, found by
// trying everything. Nothing here is written by hand.

import { CHECK_IDS, CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Run } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import type { Errno } from '../uapi/errno.ts';
import type { Side } from './problem.ts';
import { canonicalKey, keyParts } from './state.ts';

/** One outcome: a kernel function that ended so, by that check. */
export interface AtlasEntry {
  readonly generation: GenerationId;
  /** Kernel function. */
  readonly fn: string;
  /** The check that decided the line, where this call returned the same; else null. */
  readonly check: CheckId | null;
  /** What the function returned; null for success. A positive number of vectors (`msi.too-few`) is null with its check. */
  readonly errno: Errno | null;
  /** A shortest script whose last line comes to it, without the lines of set-up. */
  readonly script: readonly Line[];
  /** The source in which the script runs, by its place among the sources. */
  readonly source: number;
}

/** What is searched: a start with its own alphabet, to this depth and so many states. */
export interface AtlasSource {
  /** Device and host in a few words, for instance `2 vectors, 1 irq to be had`. */
  readonly label: string;
  /** The catalogue's name of the device, which may be changed in `side.start.device`. */
  readonly deviceName: string;
  /** The lines that were run before `side.start`. */
  readonly setUp: readonly Line[];
  readonly side: Side;
  readonly alphabet: readonly Line[];
  readonly maxDepth: number;
  readonly maxStates: number;
}

/** The outcomes of all sources, and what they did not come to. */
export interface Atlas {
  readonly entries: readonly AtlasEntry[];
  /** Checks that decided nothing in any source, by generation. */
  readonly unreached: readonly { readonly generation: GenerationId; readonly checks: readonly CheckId[] }[];
  readonly states: number;
  /** A bound cut at least one of the sources. */
  readonly bounded: boolean;
}

/** Tries everything; yields the number of states so far. Of several scripts for one outcome the shortest is kept, the first of them. */
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
          for (const { fn, check, errno } of outcomes(made)) {
            const id = `${side.generation.id} ${fn} ${check ?? ''} ${errno ?? ''}`;
            const known = entries.get(id);
            if (known === undefined || known.script.length > here.length) {
              entries.set(id, { generation: side.generation.id, fn, check, errno, script: here, source: at });
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

interface Outcome {
  readonly fn: string;
  readonly check: CheckId | null;
  readonly errno: Errno | null;
}

/**
 * What each kernel call of a run came to. A call that returns what the whole line returns was decided by the line's check,
 * as was the function that holds the check, also where it is no call of the trace (read, close, a positive return).
 */
function outcomes({ frames, errno: lineErrno, check }: Run): readonly Outcome[] {
  const calls = frames.map(({ fn, ret }): Outcome => {
    const errno = typeof ret === 'string' ? ret : null;
    return { fn, check: errno !== null && errno === lineErrno ? check : null, errno };
  });
  return check === null ? calls : [...calls, { fn: CHECKS[check].fn, check, errno: lineErrno }];
}

function unreached(
  sources: readonly AtlasSource[],
  entries: readonly AtlasEntry[],
): readonly { readonly generation: GenerationId; readonly checks: readonly CheckId[] }[] {
  const generations = [...new Set(sources.map(({ side }) => side.generation.id))];
  return generations.map((generation) => {
    const reached = new Set(
      entries.filter((entry) => entry.generation === generation).map((entry) => entry.check),
    );
    return { generation, checks: CHECK_IDS.filter((id) => !reached.has(id)) };
  });
}
