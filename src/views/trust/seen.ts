// Marks for checks and outcomes: seen on a real kernel, or known from the source only.

import { type Outcome, outcomeName } from '../../explore/outcome.ts';
import type { CheckId } from '../../kernel/checks.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { releaseOf, versionIn } from '../../kernel/releases.ts';
import { isRecorded } from '../../session/observe.ts';

interface SeenKernel {
  readonly generation: GenerationId;
  readonly release: string;
}

/** The checks and outcomes of the recordings; `kernels` of an entry are indexes into the list of kernels. */
export interface Seen {
  readonly kernels: readonly SeenKernel[];
  readonly checks: readonly { readonly check: string; readonly kernels: readonly number[] }[];
  readonly outcomes: readonly { readonly outcome: string; readonly kernels: readonly number[] }[];
}

/** Names of patched kernels. */
const PATCHES: Readonly<Partial<Record<GenerationId, string>>> = { v2: 'V2', v3: 'V3' };

/** Returns a kernel's name, for instance `6.12.117`, `6.12.117 (arm64)` or `V2 on 6.12.117`. */
function kernelName({ generation, release }: SeenKernel): string {
  const patch = PATCHES[generation];
  // Debian's 5.10 and 6.1 name an ABI instead of the version
  const number = versionIn(release) ?? releaseOf(release).version ?? release;
  const version = release.endsWith('-arm64') ? `${number} (arm64)` : number;
  return patch === undefined ? version : `${patch} on ${version}`;
}

/** Returns each name once: builds of one version, for instance two packages of Debian, have the same name. */
function namesOf(seen: Seen, places: readonly number[]): readonly string[] {
  const names = places.flatMap((place) => {
    const kernel = seen.kernels[place];
    return kernel === undefined ? [] : [kernelName(kernel)];
  });
  return [...new Set(names)];
}

/** Returns whether and where recordings contain a failure of the check, as one sentence. */
export function checkSeenText(seen: Seen, check: CheckId): string {
  const names = namesOf(seen, seen.checks.find((one) => one.check === check)?.kernels ?? []);
  return names.length === 0
    ? 'By source: no recording of a real kernel reaches this check.'
    : `Seen on a real kernel: ${names.join(', ')}.`;
}

/** The mark of an outcome. */
export interface Mark {
  /** A recording contains it. */
  readonly seen: boolean;
  /** `seen on a real kernel` or `by source`. */
  readonly text: 'seen on a real kernel' | 'by source';
  /** The kernels, or the reason, as a sentence. */
  readonly title: string;
}

/** Returns a function from an outcome of a generation to its mark: recordings of that generation count. */
export function outcomeMarks(
  seen: Seen,
): (
  row: Omit<Outcome, 'check'> & { readonly generation: GenerationId; readonly check: string | null },
) => Mark {
  const byName = new Map(seen.outcomes.map(({ outcome, kernels }) => [outcome, kernels]));
  return (row) => {
    const places = byName.get(outcomeName(row)) ?? [];
    const own = places.filter((place) => seen.kernels[place]?.generation === row.generation);
    if (own.length > 0)
      return {
        seen: true,
        text: 'seen on a real kernel',
        title: `Recorded on ${namesOf(seen, own).join(', ')}.`,
      };
    const isHidden = row.check === null && !isRecorded(row.fn);
    return {
      seen: false,
      text: 'by source',
      title: isHidden
        ? 'Recordings do not contain the calls of this function.'
        : 'No recording of this kernel contains this outcome.',
    };
  };
}
