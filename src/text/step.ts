// The common parts of all text forms of a step.

import type { Out } from '../kernel/frame.ts';
import { INDEX_NAMES } from '../uapi/vfio.ts';

/** The result of a step, from a run of the model or from a recording. */
export interface StepResult {
  readonly ret: number;
  readonly errno: string | null;
  readonly out: Out | null;
}

/** Returns the name of an index as shown on the screen, or its number without one. */
export function indexName(index: number): string {
  return INDEX_NAMES[index] ?? `${index}`;
}
