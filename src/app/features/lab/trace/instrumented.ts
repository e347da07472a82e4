// The model with a hit at each statement, to find the lines that ran in a line of the script. Fetched with the model source.

import type { Frame, Run } from '../../../../kernel/frame.ts';
import type { GenerationId } from '../../../../kernel/generations/generation.ts';
import { generation } from '../../../../kernel/generations/index.ts?lines';
import type { Line } from '../../../../kernel/line.ts';
import { run } from '../../../../kernel/run.ts?lines';
import { type Hits, hitsOf } from './lineHits.ts';

/**
 * Returns the lines that ran in each of `frames`, the calls of a run. The model is pure, so running the line again takes the
 * same path; null if it does not make the same calls.
 */
export function executedLines(
  id: GenerationId,
  { before }: Pick<Run, 'before'>,
  line: Line,
  frames: readonly Frame[],
): Hits | null {
  let again: readonly Frame[] = [];
  const hits = hitsOf(() => {
    again = run(generation(id), before, line, { frames: true }).frames;
  });
  const same = again.length === frames.length && again.every(({ fn }, at) => fn === frames[at]?.fn);
  return same ? hits : null;
}
