// The text of a file in pieces, decompressed on the way, so that the whole file is never in memory.

import type { Problem } from '../../base/result.ts';
import { contentProblem, encodingOf, isGzip } from '../../formats/imports/content.ts';

/** Number of bytes from which the format of a file is recognised. */
const HEAD = 65_536;
/** The most bytes of a piece. Browsers read megabytes at once, and a reader works and reports piece by piece. */
const MOST = 65_536;

/** A piece of the text; `done` is the read part of the file, 0 to 1. */
export interface Piece {
  readonly text: string;
  readonly done: number;
}

/** The beginning of a file as text, or the reason why it cannot be read. */
export type Head =
  | { readonly ok: true; readonly text: string; readonly packed: boolean }
  | { readonly ok: false; readonly problem: Problem };

function streamOf(file: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
  if (typeof file.stream === 'function') return file.stream();
  // a browser without file streams, or a test without a browser
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(new Uint8Array(await file.arrayBuffer()));
      controller.close();
    },
  });
}

/** Yields the bytes of a file, decompressed; a damaged archive throws at the damage. */
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
    // the caller may stop early; a failed stream rejects this a second time
    reader.cancel().catch(() => undefined);
  }
}

/** Returns the beginning of a file as text. */
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
    // the part before the damage is still readable
    if (length === 0) {
      const found = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        problem: { at: {}, expected: packed ? 'an undamaged gzip archive' : 'a readable file', found },
      };
    }
  }
  const bytes = together(parts, Math.min(length, HEAD));
  const problem = contentProblem(bytes);
  return problem === null
    ? { ok: true, text: new TextDecoder(encodingOf(bytes)).decode(bytes), packed }
    : { ok: false, problem };
}

/** Decodes bytes. The encoding is recognised from as many bytes as in `headOf`, so the first ones wait. */
class Decoding {
  #decoder: TextDecoder | null = null;
  #waiting: Uint8Array[] = [];
  #length = 0;

  /** Returns the text of the next bytes; empty while they wait. */
  push(bytes: Uint8Array): string {
    if (this.#decoder !== null) return this.#decoder.decode(bytes, { stream: true });
    this.#waiting.push(bytes);
    this.#length += bytes.length;
    return this.#length < HEAD ? '' : this.begin();
  }

  /** Returns the text of the bytes that wait. */
  begin(): string {
    const bytes = together(this.#waiting, this.#length);
    this.#waiting = [];
    this.#length = 0;
    this.#decoder ??= new TextDecoder(encodingOf(bytes.subarray(0, HEAD)));
    return this.#decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.begin() + (this.#decoder?.decode() ?? '');
  }
}

/** Yields the text of a file in pieces. */
export async function* piecesOf(file: Blob): AsyncGenerator<Piece> {
  const decoding = new Decoding();
  let part = 0;
  try {
    for await (const { bytes, done } of bytesOf(file)) {
      for (let at = 0; at < bytes.length; at += MOST) {
        const next = bytes.subarray(at, at + MOST);
        yield {
          text: decoding.push(next),
          done: part + ((done - part) * (at + next.length)) / bytes.length,
        };
      }
      part = done;
    }
  } catch (error) {
    // the part before the damage is still readable
    yield { text: decoding.begin(), done: part };
    throw error;
  }
  yield { text: decoding.end(), done: 1 };
}

/** Returns the parts as one array of at most `length` bytes. */
function together(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part.subarray(0, bytes.length - at), at);
    at = Math.min(bytes.length, at + part.length);
  }
  return bytes;
}

/** Returns the problem of a file that ends with a read error. */
export function brokenFile(error: unknown): Problem {
  const found = error instanceof Error ? error.message : String(error);
  return {
    at: {},
    expected: 'the rest of the file',
    found: `a read error: ${found}`,
  };
}
