// Reads the file of a recording piece by piece and compares it with the model, on the page or in the worker.

import type { Problem } from '../../base/result.ts';
import { LineSplitter } from '../../formats/imports/lineSplitter.ts';
import { RecordingReader } from '../../formats/recording/parse.ts';
import type { StepWatch } from '../../recordings/conformance.ts';
import type { OpenedRecording } from '../../recordings/opened.ts';
import { openingRecording } from '../../recordings/opening.ts';
import { brokenFile, piecesOf } from './pieces.ts';
import { type Clock, inSlices } from './slices.ts';

/** A read recording, compared with the model, or the reason why there is none. */
export type ReadRecording =
  | { readonly kind: 'read'; readonly opened: OpenedRecording }
  | { readonly kind: 'damaged'; readonly problems: readonly Problem[] };

/** The environment of the reading. */
export interface Reading {
  /** Receives the finished part, 0 to 1; returns false to end the reading. */
  readonly told: (part: number) => boolean;
  /** Receives each compared step. */
  readonly watch?: StepWatch;
  readonly clock?: Clock;
}

/** Opens a recording, gzipped or not; null once `told` has returned false. */
export async function openRecordingFile(
  file: Blob,
  { told, watch, clock }: Reading,
): Promise<ReadRecording | null> {
  const reader = new RecordingReader();
  const splitter = new LineSplitter();
  try {
    // reading and comparing take about the same time
    for await (const { text, done } of piecesOf(file)) {
      const read = await inSlices(readLines(reader, splitter.push(text)), () => told(done / 2), clock);
      if (read === null || !told(done / 2)) return null;
      if (read.problem !== null) return { kind: 'damaged', problems: [read.problem] };
    }
  } catch (error) {
    return { kind: 'damaged', problems: [brokenFile(error)] };
  }
  const rest = splitter.end();
  const problem = rest === null ? null : reader.add(rest);
  if (problem !== null) return { kind: 'damaged', problems: [problem] };
  const read = reader.end();
  if (!read.ok) return { kind: 'damaged', problems: read.problems };
  const comparing = openingRecording(read.value, watch ?? null);
  const opened = await inSlices(comparing, (part) => told(0.5 + part / 2), clock);
  return opened === null ? null : { kind: 'read', opened };
}

/** Reads the lines of a piece, up to the first bad line. */
function* readLines(
  reader: RecordingReader,
  lines: Iterable<string>,
): Generator<number, { readonly problem: Problem | null }> {
  for (const line of lines) {
    const problem = reader.add(line);
    if (problem !== null) return { problem };
    yield 0;
  }
  return { problem: null };
}
