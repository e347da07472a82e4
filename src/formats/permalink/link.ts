// Prints and reads a session as the fragment of an address: `#v2=` and, in base64url, the header, the lines, a check of their
// results, and a checksum. Every line ends with a check byte over all bytes before it, so that the lines before damage remain
// readable. Reading never throws.

import { Packer, Unpacker } from '../../base/packed.ts';
import type { Problem } from '../../base/result.ts';
import type { ResultCheck } from '../../session/resultCheck.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import { checksum, fromBase64Url, toBase64Url } from './bytes.ts';
import { type Header, parseHeader, printHeader } from './header.ts';
import { SetContext } from './irqSets.ts';
import { leastBytes, readLine, writeLine } from './lines.ts';
import { UPGRADERS, type Upgraders, upgrade, VERSION } from './upgrade.ts';
import { type LinkView, parseView, printView, type SessionForm } from './viewPart.ts';

/** The contents of a link. */
export interface Link {
  readonly session: Session;
  /** The file of the built-in recording shown with the script, or null. */
  readonly recording: string | null;
  /** A check of the results when the link was created; null for a damaged link. */
  readonly check: ResultCheck | null;
  /** The open view and the lanes of Compare; absent or null for the lab with the default lanes. */
  readonly view?: LinkView | null;
}

/** The readable contents of a link, and its problems. */
export interface ReadLink {
  /** Null if device and kernel are unreadable. With problems it contains the lines before the damage. */
  readonly link: Link | null;
  readonly problems: readonly Problem[];
  /** The number of lines according to the link; null if that is unreadable. */
  readonly lines: number | null;
}

const MAX_LINES = 2 ** 20;

/** Returns the fragment without `#`, such as `v2=eyJnIjoi…`. */
export function printLink({ session, recording, check, view = null }: Link): string {
  const w = new Packer();
  w.text(
    printHeader({ session, recording, ...(view === null ? {} : { view: printView(view, LANE_SESSION) }) }),
  );
  const context = new SetContext();
  let sum = closePart(w, 0, undefined);
  w.number(session.script.length);
  for (const line of session.script) {
    const from = w.bytes.length;
    writeLine(w, context, line);
    sum = closePart(w, from, sum);
  }
  w.number(check?.marks.length ?? 0);
  for (const mark of check?.marks ?? []) w.bytes.push(mark);
  w.word(check?.end ?? 0);
  w.word(checksum(w.bytes, 0, w.bytes.length));
  return `v${VERSION}=${toBase64Url(w.bytes)}`;
}

/**
 * Returns a lower bound of the length of a script's link, in characters. The sum over the lines takes much less time than
 * `printLink`.
 */
export function leastLinkLength(script: readonly ScriptLine[]): number {
  let bytes = 0;
  // and the check byte of each line
  for (const { line } of script) bytes += leastBytes(line.op) + 1;
  return Math.floor((bytes * 4) / 3);
}

/** A lane with a branch contains its session as a link. */
const LANE_SESSION: SessionForm = {
  print: (session) => printLink({ session, recording: null, check: null }),
  parse: (text) => {
    const { link, problems } = parseLink(text);
    return { session: link?.session ?? null, problems };
  },
};

/** Ends a part with a check byte over it and all bytes before. */
function closePart(w: Packer, from: number, seed: number | undefined): number {
  const sum = checksum(w.bytes, from, w.bytes.length, seed);
  w.bytes.push(sum & 0xff);
  return sum;
}

/** Returns a view as text, for an entry of the browser's history. */
export function viewText(view: LinkView): string {
  return JSON.stringify(printView(view, LANE_SESSION));
}

/** Reads the text of `viewText`. Returns null for unreadable text. */
export function viewOfText(text: string): LinkView | null {
  try {
    const found: unknown = JSON.parse(text);
    return parseView(found, LANE_SESSION).view;
  } catch {
    return null;
  }
}

/** Reads a fragment with or without `#`. */
export function parseLink(fragment: string, upgraders: Upgraders = UPGRADERS): ReadLink {
  const text = fragment.replace(/^#/, '');
  const [, digits, rest] = /^v(\d{1,9})=(.*)$/s.exec(text) ?? [];
  if (digits === undefined || rest === undefined) {
    const found = text.length > 24 ? `"${text.slice(0, 24)}…"` : `"${text}"`;
    const expected = `v${VERSION}= and a session`;
    return unreadable({ at: { column: 1 }, expected, found, cause: 'foreign' });
  }
  const upgraded = upgrade(Number(digits), rest, upgraders);
  if (!upgraded.ok) return { link: null, problems: upgraded.problems, lines: null };
  const { bytes, badAt } = fromBase64Url(upgraded.value);
  const read = parseBytes(bytes);
  if (badAt < 0) return read;
  const bad: Problem = {
    at: { column: badAt + digits.length + 3 },
    expected: 'a letter, a digit, - or _',
    found: JSON.stringify(upgraded.value.charAt(badAt)),
  };
  return { ...read, problems: [bad, ...read.problems] };
}

function unreadable(problem: Problem): ReadLink {
  return { link: null, problems: [problem], lines: null };
}

function parseBytes(bytes: readonly number[]): ReadLink {
  const r = new Unpacker(bytes);
  const text = r.text();
  const sum = checksum(bytes, 0, r.at);
  if (r.byte() !== (sum & 0xff) || r.failure !== null) {
    const found = r.failure ?? 'a checksum that does not match';
    return unreadable({ at: { path: 'setup' }, expected: 'an undamaged device and kernel', found });
  }
  const header = parseHeader(text);
  if (!header.ok) return { link: null, problems: header.problems, lines: null };
  return parseBody(bytes, r, header.value, sum);
}

function parseBody(bytes: readonly number[], r: Unpacker, header: Header, first: number): ReadLink {
  const problems: Problem[] = [];
  const { script, lines } = parseLines(bytes, r, first, problems);
  const { line, step } = header.session.cursor;
  const here = Math.min(line, script.length);
  const cursor = { line: here, step: here === line && line > 0 ? step : null };
  const session = { ...header.session, script, cursor };
  const check = problems.length > 0 ? null : readCheck(r);
  const end = r.at;
  if (problems.length === 0) {
    const expected = 'a checksum of the whole link';
    const told = r.word();
    if (r.failure !== null) problems.push({ at: { path: 'end' }, expected, found: r.failure });
    else if (told !== checksum(bytes, 0, end)) {
      problems.push({ at: { path: 'end' }, expected, found: 'a checksum that does not match' });
    } else if (bytes.length > end + 4) {
      problems.push({
        at: { path: 'end' },
        expected: 'the end of the link',
        found: `${bytes.length - end - 4} more bytes`,
      });
    }
  }
  const whole = problems.length === 0;
  const read =
    header.view === undefined ? { view: null, problems: [] } : parseView(header.view, LANE_SESSION);
  const { recording } = header;
  return {
    link: {
      session,
      recording,
      check: whole ? check : null,
      ...(read.view === null ? {} : { view: read.view }),
    },
    problems: [...read.problems, ...problems],
    lines,
  };
}

function parseLines(
  bytes: readonly number[],
  r: Unpacker,
  first: number,
  problems: Problem[],
): { readonly script: readonly ScriptLine[]; readonly lines: number | null } {
  const script: ScriptLine[] = [];
  const context = new SetContext();
  const lines = r.number(MAX_LINES);
  if (r.failure !== null) {
    problems.push({ at: { path: 'script' }, expected: 'the number of lines', found: r.failure });
    return { script, lines: null };
  }
  let sum = first;
  while (script.length < lines) {
    const from = r.at;
    const line = readLine(r, context);
    sum = checksum(bytes, from, r.at, sum);
    if (r.byte() !== (sum & 0xff)) r.fail('a checksum that does not match');
    if (r.failure !== null) {
      const expected = 'an undamaged operation';
      problems.push({ at: { path: `script line ${script.length + 1}` }, expected, found: r.failure });
      break;
    }
    script.push(line);
  }
  return { script, lines };
}

function readCheck(r: Unpacker): ResultCheck | null {
  const marks: number[] = [];
  const count = r.number(255);
  for (let i = 0; i < count; i++) marks.push(r.byte());
  const end = r.word();
  return r.failure !== null || (count === 0 && end === 0) ? null : { marks, end };
}
