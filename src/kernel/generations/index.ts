// The list of generations.

import { assemble } from './assembled.ts';
import { dynamic } from './dynamic.ts';
import {
  GENERATION_IDS,
  type Generation,
  type GenerationId,
  type NamedGeneration,
  type NamedGenerationId,
} from './generation.ts';
import { hold } from './hold.ts';
import { isWhatIf, parseGenerationId } from './policies.ts';
import { staticGeneration } from './static.ts';
import { track } from './track.ts';
import { v2 } from './v2.ts';
import { v3 } from './v3.ts';

const BY_ID: Readonly<Record<NamedGenerationId, NamedGeneration>> = {
  static: staticGeneration,
  v2,
  v3,
  dynamic,
  track,
  hold,
};

/** Every generation with a file of its own, in the order of GENERATION_IDS. */
export const GENERATIONS: readonly NamedGeneration[] = GENERATION_IDS.map((id) => BY_ID[id]);

/** Returns the generation with that name, a what-if kernel included (`dynamic + free-on-error`), or undefined. */
export function generationById(id: string): Generation | undefined {
  const read = parseGenerationId(id);
  return read.ok ? generation(read.value) : undefined;
}

/** Returns the generation with that id. */
export function generation(id: GenerationId): Generation {
  return isWhatIf(id) ? assemble(id) : BY_ID[id];
}
