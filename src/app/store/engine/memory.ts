// The memory that a long script takes once it is computed.

import { MOST_BYTES } from '../../../session/checkpoints.ts';
import { checkpointBytes, lineCount, type Replay } from '../../../session/replay.ts';
import type { TimelineData } from '../../../views/timeline/data.ts';

/** Bytes of a line as objects: V8 takes 370 for a SET_IRQS of a few vectors. */
const LINE = 370;

/** The first lines of a script attach its vectors, so they say little about the others. */
const FEWEST = 4096;

/** Returns the bytes that a script takes once all lines are computed, by those of the lines so far; 0 while these are too few. */
export function memoryWhenComplete(replayed: Replay, data: TimelineData): number {
  const lines = lineCount(replayed);
  if (data.length < FEWEST) return 0;
  const grown = lines / data.length;
  return lines * LINE + Math.min(MOST_BYTES, checkpointBytes(replayed) * grown) + data.bytes * grown;
}
