// The model against files of recordings, one after the other: what the command line prints and the page's build writes down.

import type { Problem } from '../base/result.ts';
import { parseRecording } from '../formats/recording/parse.ts';
import type { GenerationId } from '../kernel/generations/generation.ts';
import { type Conformance, conform } from '../session/conformance.ts';
import type { Recording } from '../session/recording.ts';
import { readText } from './files.ts';

/** A file that was compared, or the problem that kept it from being read. */
export type CheckedFile =
  | { readonly path: string; readonly recording: Recording; readonly result: Conformance }
  | { readonly path: string; readonly problem: Problem };

/** Compares every file; those of other generations than `only` are left out. */
export function* checkRecordings(
  files: readonly string[],
  only: GenerationId | null = null,
): Generator<CheckedFile, void> {
  for (const path of files) {
    const text = readText(path);
    const read = text.ok ? parseRecording(text.value) : text;
    if (!read.ok) yield { path, problem: read.problems[0] };
    else if (only === null || read.value.header.driver === only)
      yield { path, recording: read.value, result: conformGuarded(read.value) };
  }
}

/** A bug of ours that throws counts as a mismatch of that recording instead of ending the run. */
function conformGuarded(recording: Recording): Conformance {
  try {
    return conform(recording);
  } catch (error) {
    const model = error instanceof Error ? error.message : 'an exception';
    const thrown = { step: -1, field: 'the model threw', kernel: 'an answer', model };
    return { steps: recording.steps.length, compared: 0, mismatches: [thrown] };
  }
}
