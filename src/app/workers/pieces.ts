// The text of a file in pieces, unpacked on the way where it is packed: nothing needs the whole of it at once.

import type { Problem } from '../../base/result.ts';
import { contentProblem, isGzip } from '../../formats/imports/content.ts';

/** So much of the beginning says what a file is. */
const HEAD = 65_536;

/** A piece of the text, with the part (0 to 1) of the file that is behind. */
export interface Piece {
  readonly text: string;
  readonly done: number;
}

/** What reading a file came to: its text, or why it has none. */
export type Head =
  | { readonly ok: true; readonly text: string; readonly packed: boolean }
  | { readonly ok: false; readonly problem: Problem };

function streamOf(file: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (typeof file.stream === 'function') return file.stream();
  // a browser without streams of files, or a test without a browser
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(new Uint8Array(await file.arrayBuffer()));
      controller.close();
    },
  });
}

/** The bytes of a file, unpacked if they are packed; a broken archive fails where it breaks. */
async function* bytesOf(file: Blob): AsyncGenerator<{ readonly bytes: Uint8Array; readonly done: number }> {
  let read = 0;
  const counted = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(chunk, controller) {
      read += chunk.length;
      controller.enqueue(chunk);
    },
  });
  const start = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  const raw = streamOf(file).pipeThrough(counted);
  const reader = (isGzip(start) ? raw.pipeThrough(new DecompressionStream('gzip')) : raw).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield { bytes: value, done: file.size === 0 ? 1 : Math.min(1, read / file.size) };
    }
  } finally {
    // whoever wants no more; a stream that has failed says so a second time
    reader.cancel().catch(() => undefined);
  }
}

/** The beginning of a file as text. */
export async function headOf(file: Blob): Promise<Head> {
  const packed = isGzip(new Uint8Array(await file.slice(0, 2).arrayBuffer()));
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const { bytes } of bytesOf(file)) {
      parts.push(bytes);
      length += bytes.length;
      if (length >= HEAD) break;
    }
  } catch (error) {
    // what came before is still there to be read
    if (length === 0) {
      const found = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        problem: { at: {}, expected: packed ? 'a whole gzip archive' : 'a file that can be read', found },
      };
    }
  }
  const bytes = new Uint8Array(Math.min(length, HEAD));
  let at = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, bytes.length - at), at);
    at = Math.min(bytes.length, at + part.length);
  }
  const problem = contentProblem(bytes);
  return problem === null
    ? { ok: true, text: new TextDecoder().decode(bytes), packed }
    : { ok: false, problem };
}

/** The text of a file in pieces. */
export async function* piecesOf(file: Blob): AsyncGenerator<Piece> {
  const decoder = new TextDecoder();
  for await (const { bytes, done } of bytesOf(file))
    yield { text: decoder.decode(bytes, { stream: true }), done };
  yield { text: decoder.decode(), done: 1 };
}

/** What is told of a file that could not be read to its end. */
export function brokenFile(error: unknown): Problem {
  const found = error instanceof Error ? error.message : String(error);
  return {
    at: {},
    expected: 'the rest of the file',
    found: `an archive or a file that breaks here: ${found}`,
  };
}
