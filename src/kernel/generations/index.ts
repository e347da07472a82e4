// The list of generations.

import { dynamic } from './dynamic.ts';
import { GENERATION_IDS, type Generation, type GenerationId } from './generation.ts';
import { hold } from './hold.ts';
import { staticGeneration } from './static.ts';
import { track } from './track.ts';
import { v2 } from './v2.ts';
import { v3 } from './v3.ts';

const BY_ID: Readonly<Record<GenerationId, Generation>> = {
  static: staticGeneration,
  v2,
  v3,
  dynamic,
  track,
  hold,
};

/** Every generation in the order of GENERATION_IDS. */
export const GENERATIONS: readonly Generation[] = GENERATION_IDS.map((id) => BY_ID[id]);

/** Returns the generation with that name, or undefined. */
export function generationById(id: string): Generation | undefined {
  return GENERATIONS.find((generation) => generation.id === id);
}

/** Returns the generation with that id. */
export function generation(id: GenerationId): Generation {
  return BY_ID[id];
}
