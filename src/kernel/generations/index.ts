// The only list of generations, in order of time.

import { dynamic } from './dynamic.ts';
import type { Generation, GenerationId } from './generation.ts';
import { staticGeneration } from './static.ts';
import { v2 } from './v2.ts';
import { v3 } from './v3.ts';

/** Every generation, oldest first. */
export const GENERATIONS: readonly Generation[] = [staticGeneration, v2, v3, dynamic];

/** The generation of that name, or undefined. */
export function generationById(id: string): Generation | undefined {
  return GENERATIONS.find((generation) => generation.id === id);
}

/** The generation of that id. */
export function generation(id: GenerationId): Generation {
  const found = generationById(id);
  if (found === undefined) throw new Error(`no generation ${id}`);
  return found;
}
