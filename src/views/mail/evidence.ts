// How sure the model's statements about a kernel are: the recordings that the model was compared with.

import { isProposal } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';
import { chosenKernel, chosenKernelName, KERNELS } from '../../kernel/kernels.ts';
import { RELEASES } from '../../kernel/releases.ts';
import { usualRelease } from '../../kernel/usualHost.ts';
import type { Session } from '../../session/session.ts';

/** The patches that were recorded on top of a release. */
const RECORDED_PATCHES: ReadonlySet<string> = new Set(['v2', 'v3']);

type Kernel = Pick<Session, 'setup' | 'generation'>;

/** Returns the name of a kernel for a reader who does not see the page: `6.12`, `V3 patch`. */
function kernelName({ setup, generation: id }: Kernel): string {
  if (!KERNELS.some((kernel) => kernel.generation === id)) return generation(id).label;
  return chosenKernelName(chosenKernel(id, setup.host));
}

/** Returns names that tell kernels apart: of two with one name each gets a number. */
export function kernelNames(kernels: readonly Kernel[]): readonly string[] {
  const names = kernels.map(kernelName);
  return names.map((name, at) => {
    const before = names.slice(0, at).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

/** Returns the recorded kernel behind the model of a kernel, for instance `6.12.117 with V3`, or null if none was recorded. */
function recordedAs({ setup, generation: id }: Kernel): string | null {
  if (isProposal(id)) return null;
  const isRelease = RELEASES.some((release) => release.generation === id);
  if (!isRelease) {
    const on = RELEASES.find((release) => release.id === usualRelease(id));
    return RECORDED_PATCHES.has(id) && on?.version != null ? `${on.version} with ${id.toUpperCase()}` : null;
  }
  return chosenKernel(id, setup.host).facts?.version ?? null;
}

/** Returns the sentence about recordings for a mail. */
export function evidenceOf(kernels: readonly Kernel[]): string {
  const names = kernelNames(kernels);
  const recorded = [...new Set(kernels.flatMap((kernel) => recordedAs(kernel) ?? []))];
  const without = names.filter((_, at) => {
    const kernel = kernels[at];
    return kernel !== undefined && recordedAs(kernel) === null;
  });
  const checked =
    recorded.length === 0 ? '' : `, checked against recordings of Linux ${recorded.join(' and ')}`;
  const unchecked = without.length === 0 ? '' : `, no recording of ${[...new Set(without)].join(' and ')}`;
  return `By model (irqscope)${checked}${unchecked}; not run on hardware.`;
}
