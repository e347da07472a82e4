// The kernels that a person chooses by name: the releases of the table, and patches and alternatives on the facts of 6.12.
// The chosen kernel is not stored; it follows from the generation and the release facts of the host.

import type { Host } from '../machine/host.ts';
import type { GenerationId } from './generations/generation.ts';
import { GENERATIONS } from './generations/index.ts';
import { baseOf, changesOf, isWhatIf } from './generations/policies.ts';
import { type KernelRelease, RELEASES, release } from './releases.ts';
import { usualRelease } from './usualHost.ts';

/** A kernel with a name. */
export interface NamedKernel {
  /** The id of a release (`6.12`), or of the generation of a patch or alternative (`v3`). */
  readonly id: string;
  /** For instance `6.12` or `V3 patch`. */
  readonly label: string;
  readonly generation: GenerationId;
  /** The release whose facts the kernel has. */
  readonly release: KernelRelease;
  /** Whether it is a release; otherwise it is a patch or alternative on top of one. */
  readonly isRelease: boolean;
  /** Whether the list of kernels offers it. */
  readonly offered: boolean;
}

/** The release on which the page runs patches and alternatives. */
const PATCHED = release(usualRelease('v3'));

/** Every kernel: releases, oldest first, then patches and alternatives. */
export const KERNELS: readonly NamedKernel[] = [
  ...RELEASES.map((one) => ({
    id: one.id,
    label: one.id === '6.4' ? '6.4 as released' : one.id,
    generation: one.generation,
    release: one,
    isRelease: true,
    offered: one.offered,
  })),
  ...GENERATIONS.filter(({ id }) => id !== 'static' && id !== 'dynamic').map(({ id, label }) => ({
    id,
    label,
    generation: id,
    release: PATCHED,
    isRelease: false,
    offered: true,
  })),
];

/** Returns the kernel with that id, or undefined. */
export function kernelById(id: string): NamedKernel | undefined {
  return KERNELS.find((kernel) => kernel.id === id);
}

/** Facts that `host` does not name match any release. */
function hasFactsOf(host: Partial<Host>, of: KernelRelease): boolean {
  const named = new Map<string, unknown>(Object.entries(host));
  return Object.entries(of.facts).every(
    ([name, value]) => named.get(name) === undefined || named.get(name) === value,
  );
}

/** The kernel of a session. */
export interface ChosenKernel {
  /** The kernel, or the nearest one if the facts are those of no kernel of this generation. */
  readonly kernel: NamedKernel;
  /** The release with the host's facts; null if no release has them. */
  readonly facts: KernelRelease | null;
  /** Whether generation and facts are exactly those of the kernel. */
  readonly exact: boolean;
}

/**
 * Returns the kernel with that generation and the release facts of `host`. Offered kernels come first; without a match it is
 * the recorded one of the generation (6.1 or 6.12). Facts that `host` does not name match any kernel. A what-if kernel is on
 * top of the kernel that its base would be.
 */
export function chosenKernel(generation: GenerationId, host: Partial<Host>): ChosenKernel {
  if (isWhatIf(generation)) {
    const base = chosenKernel(baseOf(generation), host);
    const changes = changesOf(generation).join(' + ');
    const { kernel } = base;
    const label = `${kernel.label} + ${changes}`;
    return {
      ...base,
      kernel: { ...kernel, id: generation, label, generation, isRelease: false, offered: false },
    };
  }
  const own = KERNELS.filter((kernel) => kernel.generation === generation);
  const usual = own.find(({ id }) => id === usualRelease(generation)) ?? own[0];
  if (usual === undefined) throw new Error(`no kernel of ${generation}`);
  const inOrder = [usual, ...own.filter(({ offered }) => offered), ...own];
  const kernel = inOrder.find((one) => hasFactsOf(host, one.release));
  if (kernel !== undefined) return { kernel, facts: kernel.release, exact: true };
  const offeredFirst = [...RELEASES.filter(({ offered }) => offered), ...RELEASES];
  return { kernel: usual, facts: offeredFirst.find((one) => hasFactsOf(host, one)) ?? null, exact: false };
}

/** Returns the name of a chosen kernel: `6.12`, `V3 patch, facts of 6.4` or `6.12, changed facts`. */
export function chosenKernelName({ kernel, facts, exact }: ChosenKernel): string {
  if (exact) return kernel.label;
  return `${kernel.label}, ${facts === null ? 'changed facts' : `facts of ${facts.id}`}`;
}
