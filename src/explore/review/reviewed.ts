// The kernels of a review, by id. Apart from the searches, because a button that names the kernels needs no search.

import type { Generation } from '../../kernel/generations/generation.ts';
import { generation, generationById } from '../../kernel/generations/index.ts';
import { kernelById, type NamedKernel } from '../../kernel/kernels.ts';

/** A kernel under review: a generation, with the facts of a named kernel or else of the generation's recorded one. */
export interface Reviewed {
  readonly generation: Generation;
  readonly kernel: NamedKernel | null;
}

/** Returns the kernel of the id of a named kernel or of a generation. */
export function reviewedById(id: string): Reviewed | undefined {
  const kernel = kernelById(id);
  if (kernel !== undefined) return { generation: generation(kernel.generation), kernel };
  const known = generationById(id);
  return known === undefined ? undefined : { generation: known, kernel: null };
}

/** Returns the name of a kernel under review, for instance `6.12` or `V3 patch`. */
export function reviewedName({ generation, kernel }: Reviewed): string {
  return kernel?.label ?? generation.label;
}
