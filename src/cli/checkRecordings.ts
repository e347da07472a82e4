// Compares the model with files of recordings, one by one, for the command line and for the page's build.

import type { Problem } from '../base/result.ts';
import { parseRecording } from '../formats/recording/parse.ts';
import type { NamedKernel } from '../kernel/kernels.ts';
import { releaseOf as kernelRelease } from '../kernel/releases.ts';
import { type Conformance, conform, type StepWatch } from '../recordings/conformance.ts';
import type { Recording } from '../recordings/recording.ts';
import { readText } from './files.ts';

/** A compared file, or the problem that made it unreadable. */
export type CheckedFile =
  | { readonly path: string; readonly recording: Recording; readonly result: Conformance }
  | { readonly path: string; readonly problem: Problem };

/** Returns whether a recording was made on a kernel: on that release, or with that patch. */
export function isOf(kernel: NamedKernel, { driver, release }: Recording['header']): boolean {
  return driver === kernel.generation && (!kernel.isRelease || kernelRelease(release) === kernel.release);
}

/** Compares every file whose header `wanted` accepts. `watch` returns the receiver of a recording's steps. */
export function* checkRecordings(
  files: readonly string[],
  wanted: (header: Recording['header']) => boolean = () => true,
  watch: ((recording: Recording) => StepWatch) | null = null,
): Generator<CheckedFile, void> {
  for (const path of files) {
    const text = readText(path);
    const read = text.ok ? parseRecording(text.value) : text;
    if (!read.ok) yield { path, problem: read.problems[0] };
    else if (wanted(read.value.header))
      yield { path, recording: read.value, result: conformGuarded(read.value, watch?.(read.value) ?? null) };
  }
}

/** Counts an exception of the model as a mismatch of that recording, so that the run goes on. */
function conformGuarded(recording: Recording, watch: StepWatch | null): Conformance {
  try {
    return conform(recording, watch);
  } catch (error) {
    const model = error instanceof Error ? error.message : 'an exception';
    const thrown = { step: -1, field: 'exception in the model', kernel: 'a result', model };
    return { steps: recording.steps.length, compared: 0, mismatches: [thrown] };
  }
}
