// Reads the file of a recording piece by piece, with its comparison.

import type { Problem } from '../../base/result.ts';
import { LineSplitter } from '../../formats/imports/lineSplitter.ts';
import { RecordingReader } from '../../formats/recording/parse.ts';
import type { OpenedRecording } from '../../recordings/opened.ts';
import { openingRecording } from '../../recordings/opening.ts';
import { inSlices } from '../services/slices.ts';
import { brokenFile, piecesOf } from '../workers/pieces.ts';
import type { App } from './app.ts';
import { endOpening } from './long.ts';
import { beginWorking, endWorking, tellPart, workingSlice } from './working.ts';

/** A read recording, or the reason why there is none. */
export type ReadRecording =
  | { readonly kind: 'read'; readonly opened: OpenedRecording }
  | { readonly kind: 'damaged'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' };

/** Reads and replays a recording, gzipped or not, with its progress; it ends early once `isWanted` returns false. */
export async function readRecording(
  app: App,
  name: string,
  file: Blob,
  isWanted: () => boolean,
): Promise<ReadRecording> {
  beginWorking(app, 'opening', name, 0, 0);
  const told = tellPart(app, isWanted);
  const cancelled = (): ReadRecording => {
    // the bar may belong to another opening already
    if (app.get(workingSlice).name === name) endOpening(app);
    return { kind: 'cancelled' };
  };
  const damaged = (problems: readonly Problem[]): ReadRecording => {
    endWorking(app);
    return { kind: 'damaged', problems };
  };
  const reader = new RecordingReader();
  const splitter = new LineSplitter();
  try {
    // reading and comparing take about the same time
    for await (const { text, done } of piecesOf(file)) {
      const read = await inSlices(readLines(reader, splitter.push(text)), () => told(done / 2));
      if (read === null) return cancelled();
      if (read.problem !== null) return damaged([read.problem]);
    }
  } catch (error) {
    return damaged([brokenFile(error)]);
  }
  const rest = splitter.end();
  const problem = rest === null ? null : reader.add(rest);
  if (problem !== null) return damaged([problem]);
  const read = reader.end();
  if (!read.ok) return damaged(read.problems);
  const opened = await inSlices(openingRecording(read.value), (part) => told(0.5 + part / 2));
  if (opened === null) return cancelled();
  endWorking(app);
  return { kind: 'read', opened };
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
