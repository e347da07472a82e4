// Recognises files that irqscope cannot read by their first bytes, so that the message names the file type and a remedy.

import type { Problem } from '../../base/result.ts';

/** First bytes, the file type, and the accepted form with the remedy. */
const MARKS: readonly (readonly [mark: readonly number[], what: string, expected: string])[] = [
  [[0x28, 0xb5, 0x2f, 0xfd], 'a zstd archive', 'text or gzipped text (unpack it with “zstd -d”)'],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a], 'an xz archive', 'text or gzipped text (unpack it with “xz -d”)'],
  [[0x42, 0x5a, 0x68], 'a bzip2 archive', 'text or gzipped text (unpack it with “bzip2 -d”)'],
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive', 'text or gzipped text (unpack the archive)'],
  [
    [0x50, 0x45, 0x52, 0x46, 0x49, 0x4c, 0x45, 0x32],
    'a binary perf file',
    'the output of “perf script” for this file',
  ],
  [
    [0x17, 0x08, 0x44, 0x74, 0x72, 0x61, 0x63, 0x69, 0x6e, 0x67],
    'a binary trace-cmd file',
    'the output of “trace-cmd report” for this file',
  ],
  // header_event_id and header_magic of QEMU's trace/simple.c
  [
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xb4, 0x29],
    'a binary trace of QEMU’s simple backend',
    'the output of QEMU’s scripts/simpletrace.py for this file, or a trace of the log backend',
  ],
  [[0x7f, 0x45, 0x4c, 0x46], 'an ELF file', 'text'],
  [[0x89, 0x50, 0x4e, 0x47], 'a PNG picture', 'text'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF file', 'text'],
];

const GZIP = [0x1f, 0x8b];

/** Returns true if the bytes begin like a gzip file. */
export function isGzip(bytes: Uint8Array): boolean {
  return startsWith(bytes, GZIP);
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

/** The encodings of text that irqscope reads, by the names of the Encoding Standard. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Returns the encoding of a text by its first bytes: by the byte order mark, else by the places of zero bytes. */
export function encodingOf(bytes: Uint8Array): TextEncoding {
  if (startsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (startsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  // in UTF-16, every other byte of English text is 0
  let [even, odd] = [0, 0];
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1))
    if (at % 2 === 0) even++;
    else odd++;
  const pairs = Math.floor(bytes.length / 2);
  if (pairs < 2) return 'utf-8';
  if (odd > pairs * 0.6 && even <= pairs * 0.02) return 'utf-16le';
  return even > pairs * 0.6 && odd <= pairs * 0.02 ? 'utf-16be' : 'utf-8';
}

/** Returns why the first bytes of a file are not readable text, or null. */
export function contentProblem(bytes: Uint8Array): Problem | null {
  const at = { line: 1, column: 1 };
  if (bytes.length === 0) return { at, expected: 'text', found: 'an empty file' };
  if (isGzip(bytes))
    return { at, expected: 'text that is gzipped once', found: 'a gzip file inside a gzip file' };
  const mark = MARKS.find(([bytesOfMark]) => startsWith(bytes, bytesOfMark));
  if (mark !== undefined) return { at, expected: mark[2], found: mark[1] };
  if (encodingOf(bytes) !== 'utf-8' || !bytes.includes(0)) return null;
  const first = bytes.indexOf(0);
  const lines = bytes.subarray(0, first).reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 1);
  if (lines > 1) return null;
  return {
    at: { line: 1, column: first + 1 },
    expected: 'text',
    found: 'a zero byte, so the file is binary',
  };
}

/**
 * Matches control characters other than tab, form feed and escape, and the sign by which the decoder replaces bytes that are not
 * UTF-8. A pattern searches a slice of a long text faster than a loop.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it searches for them
const BINARY = /[^\t\f\x1b\x20-\ufffc\ufffe\uffff]/;

/** Returns the column of the first control or undecodable character (counted from 1), or 0 without any. */
export function binaryColumn(text: string): number {
  return text.search(BINARY) + 1;
}
