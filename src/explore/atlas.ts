// The atlas of edge cases: every distinct outcome that a small device can come to, each with a shortest script, found by
// trying everything. Nothing here is written by hand.

import { CHECKS, type CheckId } from '../kernel/checks.ts';
import type { Frame } from '../kernel/frame.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import type { Line } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import { type Errno, isErrno } from '../uapi/errno.ts';
import type { Side } from './problem.ts';
import { canonicalKey, keyParts } from './state.ts';

/** One outcome: a kernel function that ended so, by that check. */
export interface AtlasEntry {
  readonly generation: GenerationId;
  /** Kernel function. */
  readonly fn: string;
  /** The check that decided, in this function or below it; null for success, or where none of ours did. */
  readonly check: CheckId | null;
  /** What the function returned; null for success. A positive number of vectors (`msi.too-few`) is null with its check. */
  readonly errno: Errno | null;
  /** A shortest script whose last line comes to it, without the lines of set-up. */
  readonly script: readonly Line[];
}

/** What is searched: a start with its own alphabet, to this depth and so many states. */
export interface AtlasSource {
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
  for (const source of sources) {
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
          for (const { fn, check, errno } of outcomes(made.frames)) {
            const id = `${side.generation.id} ${fn} ${check ?? ''} ${errno ?? ''}`;
            const known = entries.get(id);
            if (known === undefined || known.script.length > here.length) {
              entries.set(id, { generation: side.generation.id, fn, check, errno, script: here });
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

/** What each kernel call of a run came to. Calls outside the model's own functions have no check of ours. */
function outcomes(frames: readonly Frame[]): readonly Outcome[] {
  return frames.map((frame, at) => {
    const { fn, ret } = frame;
    const errno = typeof ret === 'string' && isErrno(ret) ? ret : null;
    if (errno === null) return { fn, check: null, errno: null };
    const below = frames.slice(at, at + 1 + frame.below).filter((one) => one.ret === errno);
    const decided = below.findLast((one) => one.check !== undefined)?.check ?? null;
    return { fn, check: decided, errno };
  });
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
    const checks = Object.keys(CHECKS).filter((id): id is CheckId => !reached.has(id as CheckId));
    return { generation, checks };
  });
}
