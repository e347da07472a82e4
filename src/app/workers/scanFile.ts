// Recognises the format of a file by its content.

import { ImportScan, type Scanned } from '../../formats/imports/scan.ts';
import { piecesOf } from './pieces.ts';

/** Recognises the format of a file; null once `isWanted` returns false. */
export async function scanFile(file: Blob, isWanted: () => boolean): Promise<Scanned | null> {
  const scan = new ImportScan();
  try {
    for await (const { text } of piecesOf(file)) {
      if (!isWanted()) return null;
      if (scan.push(text)) break;
    }
  } catch {
    // the reader reports the read error, with the lines before it
  }
  return isWanted() ? scan.end() : null;
}
