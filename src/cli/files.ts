// Reads files for the command line.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { failed, ok, type Result } from '../base/result.ts';

const RECORDING = /\.jsonl(\.gz)?$/;

/** Returns all recordings below the paths, recursively, in a stable order. */
export function findRecordings(paths: readonly string[]): Result<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) {
      return failed({ at: { path }, expected: 'a file or a folder', found: 'no such file' });
    }
    if (!stat.isDirectory()) {
      found.push(path);
      continue;
    }
    const below = readdirSync(path, { recursive: true, encoding: 'utf8' });
    found.push(
      ...below
        .filter((name) => RECORDING.test(name))
        .sort()
        .map((name) => join(path, name)),
    );
  }
  return ok(found);
}

/** Returns the text of a file, unpacked when it is gzip. */
export function readText(path: string): Result<string> {
  try {
    const bytes = readFileSync(path);
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return ok((packed ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (error) {
    return failed({
      at: { path },
      expected: 'a readable file',
      found: error instanceof Error ? error.message : 'an error',
    });
  }
}
