// Opening the file of a recording, a piece at a time, with the comparison.

import { LineSplitter } from '../../formats/imports/lineSplitter.ts';
import { RecordingReader } from '../../formats/recording/parse.ts';
import { openingRecording } from '../../session/opening.ts';
import { piecesOf } from '../workers/pieces.ts';
import { showRecording } from './lab.ts';
import { inSlices } from './slices.ts';
import { beginWorking, endWorking, tellPart } from './working.ts';

/** Opens the file of a recording, a piece at a time; `damaged` where it is not one from its first to its last line. */
export async function openRecordingFile(
  file: File,
  isWanted: () => boolean,
): Promise<'opened' | 'damaged' | 'cancelled'> {
  beginWorking('opening', file.name, 0, 0);
  const told = tellPart(isWanted);
  const reader = new RecordingReader();
  const splitter = new LineSplitter();
  try {
    for await (const { text, done } of piecesOf(file)) {
      const isGood = await inSlices(readLines(reader, splitter, text), () => told(done / 2));
      if (isGood === null) return 'cancelled';
      if (!isGood) {
        endWorking();
        return 'damaged';
      }
    }
  } catch {
    // an archive that breaks off: what is wrong is told where it is read line by line
    endWorking();
    return 'damaged';
  }
  const rest = splitter.end();
  const problem = rest === null ? null : reader.add(rest);
  const read = reader.end();
  if (problem !== null || !read.ok) {
    endWorking();
    return 'damaged';
  }
  const opened = await inSlices(openingRecording(read.value), (part) => told(0.5 + part / 2));
  if (opened === null) return 'cancelled';
  endWorking();
  showRecording(opened, null);
  return 'opened';
}

/** Reads the lines of a piece; false at the first that is wrong. */
function* readLines(
  reader: RecordingReader,
  splitter: LineSplitter,
  text: string,
): Generator<number, boolean> {
  for (const line of splitter.push(text)) {
    if (reader.add(line) !== null) return false;
    yield 0;
  }
  return true;
}
