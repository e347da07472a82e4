// The kernels that a review compares when it is opened from a view, as ids (explore/review/reviewed.ts).

import { reviewedById, reviewedName } from '../../explore/review/reviewed.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { chosenKernel, KERNELS } from '../../kernel/kernels.ts';
import type { Host } from '../../machine/host.ts';
import type { Lane } from '../../session/lanes.ts';

/** The ids of two kernels. */
export interface SideIds {
  readonly a: string;
  readonly b: string;
}

/** Returns the id of the named kernel with this generation and these release facts, or that of the generation. */
function idOf(generation: GenerationId, host: Partial<Host>): string {
  if (!KERNELS.some((kernel) => kernel.generation === generation)) return generation;
  return chosenKernel(generation, host).kernel.id;
}

/** The kernel that a single one is compared with: the merged driver, or for this one the driver before it. */
function against(id: string): string {
  const merged = idOf('dynamic', {});
  return id === merged ? idOf('static', {}) : merged;
}

/** Returns the last two different kernels of a comparison; its recordings are left out, because they run no search. */
export function sidesOfLanes(lanes: readonly Lane[]): SideIds {
  const ids = lanes.flatMap((lane) => {
    if (lane.kind === 'kernel') return [idOf(lane.generation, lane.host)];
    return lane.kind === 'branch' ? [idOf(lane.session.generation, lane.session.setup.host)] : [];
  });
  const different = ids.filter((id, at) => ids.lastIndexOf(id) === at);
  const [a, b] = different.slice(-2);
  if (a === undefined) return { a: idOf('v3', {}), b: idOf('dynamic', {}) };
  return b === undefined ? { a, b: against(a) } : { a, b };
}

/** Returns the kernels of a search, or of the lab with its host. */
export function sidesOfKernels(
  first: GenerationId,
  second: GenerationId | null,
  host: Partial<Host> = {},
): SideIds {
  const a = idOf(first, host);
  return { a, b: second === null ? against(a) : idOf(second, {}) };
}

/** Returns the name of a kernel, or its id if it is unknown. */
export function sideName(id: string): string {
  const known = reviewedById(id);
  return known === undefined ? id : reviewedName(known);
}

/** Returns the text of the button, for instance `Review V3 patch against 6.12`. */
export function reviewLabel({ a, b }: SideIds): string {
  return `Review ${sideName(a)} against ${sideName(b)}`;
}
