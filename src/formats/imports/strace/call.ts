// Splits one line of strace or of perf trace: process, system call, arguments as text, and result.

import { knownErrno } from '../../../uapi/errno.ts';
import { shown } from '../format.ts';
import { perfLineOf, positional } from './perfTrace.ts';

/** An argument with its column (from 1). */
export interface Argument {
  readonly text: string;
  /** The path that -y prints behind a descriptor, such as `/dev/vfio/5`; empty without one. */
  readonly path: string;
  readonly column: number;
}

/** A system call. */
export interface Call {
  readonly name: string;
  readonly args: readonly Argument[];
  /** Null if strace printed `?`. */
  readonly ret: number | null;
  /** The errno of a failed call, such as `EBADF`. */
  readonly errno: string | null;
}

/** A line of strace. */
export type StraceLine =
  | { readonly kind: 'call'; readonly pid: string; readonly call: Call }
  /** The beginning of a call that ends in a later line. */
  | { readonly kind: 'unfinished'; readonly pid: string; readonly text: string }
  /** The end of such a call. `name` is empty if the line does not contain it. */
  | { readonly kind: 'resumed'; readonly pid: string; readonly name: string; readonly text: string }
  | { readonly kind: 'exit'; readonly pid: string }
  /** A device event in irqscope's own text, such as `[device raises vector 3]`. */
  | { readonly kind: 'event'; readonly text: string }
  /** A call that returned and has no meaning for a reader; its arguments are not split. */
  | { readonly kind: 'other'; readonly name: string; readonly why: string }
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'broken'; readonly column: number; readonly expected: string; readonly found: string };

/** The calls on eventfds and devices, and those that open, copy and close descriptors. */
const WATCHED = new Set([
  'ioctl',
  'eventfd',
  'eventfd2',
  'open',
  'openat',
  'close',
  'close_range',
  'dup',
  'dup2',
  'dup3',
  'fcntl',
  'fcntl64',
  'read',
  'write',
  'pread64',
  'pwrite64',
  'clone',
  'clone3',
  'fork',
  'vfork',
  'execve',
]);

/** Why calls that are not watched are passed. */
export const UNWATCHED = 'not a call on an eventfd or the device';
/** Why ioctls of other drivers are passed. */
export const FOREIGN = 'no ioctl of vfio';

/** Matches an ioctl whose request is one name, and not of vfio; two calls torn into one line do not match. */
const FOREIGN_IOCTL = /^ioctl\(\d+(?:<[^<>"]*>)?, (?!VFIO_)[A-Z][A-Z0-9_]*[,)](?!.*(?:VFIO_|ioctl\())/;
/** Matches the end of a call that returned, without a path behind the result. */
const RETURNED = /\)\s*= -?\d+(?: E[A-Z0-9]+ \([^()]*\))?$/;

/** Matches the process before a call: of the option -f, and of -f with -o; with the program's name of -Y. */
const PID =
  /^\s*(?:\[pid\s+(\d+)(?: in \d+)?(?:<[^>]*>)?\]\s+|(\d{1,8})(?:<[^>]*>)?\s+(?=[^\s\d]|\d+[:.]\d|\d{9}))/;
/** Matches one of: time of -t and -tt, of -r and -ttt, of -r with -t, and the numbers of -n and -i. */
const BEFORE =
  /^\s*(?:\d{2}:\d{2}:\d{2}(?:\.\d+)?|\d+\.\d+|\d{9,}|\(\+\s*\d+\.\d+\)|\[\s*(?:\d+|[\da-f]{8,16}|\?{8,16})\])\s+/;

/** Matches a line with a second call that is watched. */
const TORN = /\b(?:ioctl|eventfd2?)\(/;

/** Splits a line. */
export function straceLineOf(line: string): StraceLine {
  const perf = perfLineOf(line);
  if (perf !== null) return ofRest(perf.rest, perf.pid, perf.begin);
  // a frame of -k
  if (/^ > \S/.test(line)) return { kind: 'passed', why: 'a frame of the call stack' };
  const found = PID.exec(line);
  const pid = found?.[1] ?? found?.[2] ?? '';
  let begin = found?.[0].length ?? 0;
  for (let times = 0; times < 4; times++) {
    const before = BEFORE.exec(line.slice(begin));
    if (before === null) break;
    begin += before[0].length;
  }
  return ofRest(line.slice(begin).trimEnd(), pid, begin);
}

function ofRest(rest: string, pid: string, begin: number): StraceLine {
  if (rest.trim() === '') return { kind: 'passed', why: 'empty' };
  if (rest.startsWith('#')) return { kind: 'passed', why: 'a comment' };
  if (/^\+\+\+ (?:exited|killed|superseded)(?: .*)? \+\+\+$/.test(rest)) return { kind: 'exit', pid };
  if (/^\+\+\+ .* \+\+\+$|^--- .* ---$/.test(rest)) return { kind: 'passed', why: 'a signal or an exit' };
  if (/^strace: /.test(rest)) return { kind: 'passed', why: 'a message of strace' };
  if (rest.startsWith('[device')) return { kind: 'event', text: rest };
  const resumed = /^<?\.\.\. (?:(\w+) )?resumed>\s?/.exec(rest);
  if (resumed !== null)
    return { kind: 'resumed', pid, name: resumed[1] ?? '', text: rest.slice(resumed[0].length) };
  const continued = /^\s*\.\.\. \[continued\]: (\w+)\(\)/.exec(rest);
  if (continued !== null)
    return { kind: 'resumed', pid, name: continued[1] ?? '', text: rest.slice(continued[0].length) };
  // a message of strace can cut the line of a call that makes a process
  if (/^(?:, | => |\))/.test(rest)) return { kind: 'resumed', pid, name: '', text: rest };
  const name = /^([a-z_]\w*)\(/.exec(rest)?.[1];
  if (name === undefined) return { kind: 'passed', why: 'not a system call' };
  if (/<unfinished \.\.\.>\)\s+= \?$|<detached \.\.\.>$/.test(rest))
    return { kind: 'passed', why: 'a call that did not return' };
  const cut = /\s*(?:<unfinished \.\.\.>|\) \.\.\.|strace: Process \d+ attached)$/.exec(rest);
  if (cut !== null) {
    if (!WATCHED.has(name)) return { kind: 'passed', why: UNWATCHED };
    return { kind: 'unfinished', pid, text: rest.slice(0, cut.index) };
  }
  // most lines of a VMM's trace: their arguments are not needed
  if (RETURNED.test(rest)) {
    if (!WATCHED.has(name) && !TORN.test(rest)) return { kind: 'other', name, why: UNWATCHED };
    if (name === 'ioctl' && FOREIGN_IOCTL.test(rest)) return { kind: 'other', name, why: FOREIGN };
  }
  const call = callOf(rest, begin);
  if ('call' in call) return { kind: 'call', pid, call: call.call };
  return WATCHED.has(name) ? { kind: 'broken', ...call } : { kind: 'passed', why: UNWATCHED };
}

/** Reads `name(arguments) = result`. `begin` is the number of characters before it in the line. */
export function callOf(
  text: string,
  begin: number,
): { readonly call: Call } | { readonly column: number; readonly expected: string; readonly found: string } {
  const name = /^([a-z_]\w*)\(/.exec(text)?.[1];
  if (name === undefined)
    return { column: begin + 1, expected: 'a system call “name(…) = result”', found: shown(text) };
  const split = argumentsOf(text, name.length + 1, begin);
  if (split === null)
    return { column: begin + text.length + 1, expected: '“)” and “= result”', found: 'the end of the line' };
  const rest = text.slice(split.end);
  const result =
    /^\s*=\s*(?:(-?\d+|0x[\da-f]+)(?:<.*>)?(?:\s+(?:([A-Z][A-Z0-9]+)\b|\(errno (\d+)\)))?|\?)/.exec(rest);
  if (result === null) {
    return { column: begin + split.end + 1, expected: '“= ” and the result of the call', found: shown(rest) };
  }
  const [, ret, errno, number] = result;
  const said = errno ?? (number === undefined ? null : knownErrno(Number(number)));
  return {
    call: {
      name,
      args: positional(name, split.args),
      ret: ret === undefined ? null : Number(ret),
      errno: Number(ret) < 0 ? said : null,
    },
  };
}

/** Returns the arguments from `from` on and the position after the closing parenthesis; null without a parenthesis. */
function argumentsOf(
  text: string,
  from: number,
  begin: number,
): { readonly args: readonly Argument[]; readonly end: number } | null {
  const args: Argument[] = [];
  let start = from;
  const take = (end: number) => {
    const raw = text.slice(start, end);
    const trimmed = raw.trimStart();
    if (trimmed !== '') {
      const column = begin + start + (raw.length - trimmed.length) + 1;
      args.push({ ...plain(trimmed.trimEnd()), column });
    }
    start = end + 1;
  };
  let end = -1;
  eachOutermost(text, from, (at, closes) => {
    take(at);
    if (closes) end = at + 1;
    return closes;
  });
  return end < 0 ? null : { args, end };
}

/** The characters with a meaning between arguments. */
const SIGNS = /[",<()[\]{}]/g;

/**
 * Visits the commas and the closing parentheses that are in no string, path or bracket, from left to right, until `visit` returns
 * true. `closes` is true for a parenthesis.
 */
export function eachOutermost(
  text: string,
  from: number,
  visit: (at: number, closes: boolean) => boolean,
): void {
  // the closing characters of the open brackets
  let open = '';
  SIGNS.lastIndex = from;
  for (let found = SIGNS.exec(text); found !== null; found = SIGNS.exec(text)) {
    const at = found.index;
    const char = text[at];
    if (char === '"') SIGNS.lastIndex = stringEnd(text, at) + 1;
    else if (char === '<') {
      if (/(?:\d|AT_FDCWD)$/.test(text.slice(Math.max(0, at - 8), at)))
        SIGNS.lastIndex = pathEnd(text, at) + 1;
    } else if (char === '(') open += ')';
    else if (char === '[') open += ']';
    else if (char === '{') open += '}';
    else if (open !== '') {
      if (open.endsWith(char ?? '')) open = open.slice(0, -1);
    } else if (char === ')' || char === ',') {
      const next = SIGNS.lastIndex;
      if (visit(at, char === ')')) return;
      SIGNS.lastIndex = next;
    }
  }
}

/** Returns the position of the closing quote. */
function stringEnd(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

/** Returns the position of the `>` that ends a path of -y; its own arrows, as of a connection, do not count. */
function pathEnd(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '<') depth++;
    else if (text[at] === '>' && text[at - 1] !== '-') depth--;
    if (depth === 0) return at;
  }
  return from;
}

/** Returns the argument without the path of -y (`5</dev/null>`), and the number without the name of -X verbose. */
export function plain(argument: string): { readonly text: string; readonly path: string } {
  const path = /^(-?(?:0x[\da-f]+|\d+))<(.*)>$/.exec(argument);
  if (path !== null) return { text: path[1] ?? '', path: path[2] ?? '' };
  const named = /^(0x[\da-f]+|\d+) \/\* (.*) \*\/$/i.exec(argument);
  return { text: named === null ? argument : (named[1] ?? ''), path: '' };
}

/** Returns the bytes of a printed string with octal, `\x..` and C escapes; null if it is cut off or not a string. */
export function bytesOf(text: string): readonly number[] | null {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(text)?.[1];
  if (quoted === undefined) return null;
  const bytes: number[] = [];
  for (const [, octal, hex, letter, char] of quoted.matchAll(
    /\\([0-7]{1,3})|\\x([\da-fA-F]{2})|\\(.)|([^\\])/gs,
  )) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (letter !== undefined) bytes.push(LETTERS[letter] ?? letter.charCodeAt(0) & 0xff);
    else bytes.push((char?.charCodeAt(0) ?? 0) & 0xff);
  }
  return bytes;
}

const LETTERS: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, v: 11, a: 7, b: 8, e: 27 };
