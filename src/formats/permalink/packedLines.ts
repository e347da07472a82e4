// Lines of a script as bytes for messages to and from a worker, in the same form as in links.

import { Packer, Unpacker } from '../../base/packed.ts';
import { failed, ok, type Result } from '../../base/result.ts';
import type { ScriptLine } from '../../session/script.ts';
import { SetContext } from './irqSets.ts';
import { readLine, writeLine } from './lines.ts';

/** Returns the lines as bytes, in a new buffer. */
export function packLines(lines: readonly ScriptLine[]): Uint8Array<ArrayBuffer> {
  const w = new Packer();
  const context = new SetContext();
  w.number(lines.length);
  for (const line of lines) writeLine(w, context, line);
  return Uint8Array.from(w.bytes);
}

/** Reads the lines from bytes. */
export function unpackLines(bytes: Uint8Array): Result<readonly ScriptLine[]> {
  const r = new Unpacker(bytes);
  const context = new SetContext();
  const lines: ScriptLine[] = [];
  const count = r.number(bytes.length);
  for (let at = 0; at < count && r.failure === null; at++) lines.push(readLine(r, context));
  if (r.failure === null && r.at !== bytes.length) r.fail('more bytes than lines');
  if (r.failure === null) return ok(lines);
  return failed({ at: { path: `line ${lines.length}` }, expected: 'the bytes of lines', found: r.failure });
}
