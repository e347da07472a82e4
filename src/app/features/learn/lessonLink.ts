// A lesson in the address: `#lesson=` and the id of a built-in lesson, or `v1.` and the file, deflated, with a checksum, in
// base64url. A damaged link gives a problem that names the damage.

import { checksum, fromBase64Url, toBase64Url } from '../../../formats/permalink/bytes.ts';
import { printLesson, readLesson } from '../../../lessons/file.ts';
import { LESSONS } from '../../../lessons/index.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import { problemText } from '../../../text/problem.ts';
import { piped } from '../../services/piped.ts';

/** Limit of the unpacked size, in bytes. */
const MOST = 1_000_000;

/** Returns the fragment of a lesson, without `#`. */
export async function lessonFragment(lesson: LessonBody): Promise<string> {
  if (LESSONS.some((known) => known === lesson)) return `lesson=${lesson.id}`;
  const plain = new TextEncoder().encode(JSON.stringify(JSON.parse(printLesson(lesson))));
  const packed = await piped(new CompressionStream('deflate-raw'), plain);
  const sum = checksum(Array.from(plain), 0, plain.length);
  const end = [0, 8, 16, 24].map((shift) => (sum >>> shift) & 0xff);
  return `lesson=v1.${toBase64Url([...packed, ...end])}`;
}

/** The message for a link that names no readable lesson or no step of it. */
export interface LessonLinkFault {
  readonly ok: false;
  readonly title: string;
  readonly details: readonly string[];
}

/** A lesson, or the message for a person. */
export type ReadLessonLink = { readonly ok: true; readonly value: LessonBody } | LessonLinkFault;

/** Problems that are shown. */
const SHOWN = 10;

/** Reads the part of the fragment after `#lesson=`. */
export async function readLessonFragment(said: string): Promise<ReadLessonLink> {
  if (!said.includes('.')) {
    const known = LESSONS.find(({ id }) => id === said);
    if (known !== undefined) return { ok: true, value: known };
    const name = JSON.stringify(said.slice(0, 40));
    return {
      ok: false,
      title: said === '' ? 'This link names no lesson.' : `irqscope has no lesson ${name}.`,
      details: [`The lessons are ${LESSONS.map(({ id }) => id).join(', ')}.`],
    };
  }
  const [, version, rest] = /^(v\d+)\.(.*)$/s.exec(said) ?? [];
  if (version !== undefined && version !== 'v1') {
    const title = 'This lesson link was created by a newer irqscope.';
    return { ok: false, title, details: [`The link has version ${version}; this page reads v1.`] };
  }
  if (rest === undefined)
    return damaged(`The lesson begins with ${JSON.stringify(said.slice(0, 20))}; it must begin with v1.`);
  const { bytes, badAt } = fromBase64Url(rest);
  if (badAt >= 0)
    return damaged(
      `Character ${badAt + 1} after v1. is ${JSON.stringify(rest.charAt(badAt))}; only letters, digits, - and _ are accepted.`,
    );
  const body = Uint8Array.from(bytes.slice(0, -4));
  const plain = await piped(new DecompressionStream('deflate-raw'), body, MOST).catch(() => null);
  if (plain === null) return damaged('The text after v1. cannot be unpacked: it is cut off or changed.');
  const sum = checksum(Array.from(plain), 0, plain.length);
  const told = bytes.slice(-4).reduceRight((value, byte) => value * 256 + byte, 0);
  if (told !== sum) return damaged('The checksum of the text after v1. does not match: the text is changed.');
  const read = readLesson(new TextDecoder().decode(plain));
  if (read.ok) return read;
  const details = read.problems.slice(0, SHOWN).map(problemText);
  return { ok: false, title: 'The lesson of this link has errors.', details };
}

/** Reads the text after `&step=`: the step counted from 0, or the message for a person. */
export function readLessonStep(
  { title, steps }: LessonBody,
  said: string,
): { readonly ok: true; readonly value: number } | LessonLinkFault {
  const at = /^\d{1,3}$/.test(said) ? Number(said) - 1 : -1;
  if (steps[at] !== undefined) return { ok: true, value: at };
  return {
    ok: false,
    title: `The lesson "${title}" has no step ${JSON.stringify(said.slice(0, 40))}.`,
    details: [steps.length === 1 ? 'It has one step, step=1.' : `Its steps are 1 to ${steps.length}.`],
  };
}

function damaged(detail: string): ReadLessonLink {
  return { ok: false, title: 'This lesson link is damaged.', details: [detail] };
}
