// A lesson in the address: `#lesson=` and the id of one that comes with the page, or `v1.` and the file, deflated, with a
// checksum, in base64url. A damaged one is named.

import { failed, type Result } from '../../base/result.ts';
import { checksum, fromBase64Url, toBase64Url } from '../../formats/permalink/bytes.ts';
import { printLesson, readLesson } from '../../lessons/file.ts';
import { LESSONS } from '../../lessons/index.ts';
import type { LessonBody } from '../../lessons/lesson.ts';

/** Bytes that a link may unpack to. */
const MOST = 1_000_000;

/** The fragment of a lesson, without `#`. */
export async function lessonFragment(lesson: LessonBody): Promise<string> {
  if (LESSONS.some((known) => known === lesson)) return `lesson=${lesson.id}`;
  const plain = new TextEncoder().encode(JSON.stringify(JSON.parse(printLesson(lesson))));
  const packed = await through(new CompressionStream('deflate-raw'), plain);
  const sum = checksum(Array.from(plain), 0, plain.length);
  const end = [0, 8, 16, 24].map((shift) => (sum >>> shift) & 0xff);
  return `lesson=v1.${toBase64Url([...packed, ...end])}`;
}

/** Reads what stands behind `#lesson=`. */
export async function readLessonFragment(said: string): Promise<Result<LessonBody>> {
  if (!said.includes('.')) {
    const known = LESSONS.find(({ id }) => id === said);
    if (known !== undefined) return { ok: true, value: known };
    return damaged('a lesson of the page or v1. and a lesson', JSON.stringify(said.slice(0, 40)));
  }
  const [, version, rest] = /^(v\d+)\.(.*)$/s.exec(said) ?? [];
  if (version !== 'v1' || rest === undefined)
    return damaged('v1. and a lesson', JSON.stringify(said.slice(0, 40)));
  const { bytes, badAt } = fromBase64Url(rest);
  if (badAt >= 0)
    return damaged(`a letter, a digit, - or _ at place ${badAt + 1}`, JSON.stringify(rest.charAt(badAt)));
  const body = Uint8Array.from(bytes.slice(0, -4));
  const plain = await through(new DecompressionStream('deflate-raw'), body).catch(() => null);
  if (plain === null) return damaged('a packed lesson', 'one that cannot be unpacked');
  const sum = checksum(Array.from(plain), 0, plain.length);
  const told = bytes.slice(-4).reduceRight((value, byte) => value * 256 + byte, 0);
  if (told !== sum) return damaged('the check value of the lesson', 'another one');
  return readLesson(new TextDecoder().decode(plain));
}

function damaged(expected: string, found: string): Result<never> {
  return failed({ at: { path: 'lesson' }, expected, found });
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // what is wrong is told by the reading end too
  const written = writer.write(bytes).then(() => writer.close());
  written.catch(() => undefined);
  const reader = stream.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > MOST) throw new Error('too long');
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
