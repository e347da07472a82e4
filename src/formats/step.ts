// What every way to write a step down has in common.

import type { Out } from '../kernel/frame.ts';
import { INDEX_NAMES } from '../uapi/vfio.ts';

/** What a step gave; a run of the model and a step of a recording both fit. */
export interface StepResult {
  readonly ret: number;
  readonly errno: string | null;
  readonly out: Out | null;
}

/** An index as the screen names it, or its number where it has no name. */
export function indexName(index: number): string {
  return INDEX_NAMES[index] ?? `${index}`;
}
