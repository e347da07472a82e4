// Splits one line of strace or of perf trace: process, system call, arguments as text, and result.

import { knownErrno } from '../../../uapi/errno.ts';
import { isDigit } from '../../characters.ts';
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
  /** A call that returned and that the caller ignores. */
  | { readonly kind: 'ignored'; readonly pid: string }
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
  /\s*(?:\d{2}:\d{2}:\d{2}(?:\.\d+)?|\d+\.\d+|\d{9,}|\(\+\s*\d+\.\d+\)|\[\s*(?:\d+|[\da-f]{8,16}|\?{8,16})\])\s+/y;

/** Matches a line with a second call that is watched. */
const TORN = /\b(?:ioctl|eventfd2?)\(/;

const NONE: ReadonlySet<string> = new Set();

/** Splits a line. `ignored` has the names of calls whose arguments are not needed once they returned. */
export function straceLineOf(line: string, ignored = NONE): StraceLine {
  const perf = perfLineOf(line);
  if (perf !== null) return ofRest(perf.rest, perf, ignored);
  // a frame of -k
  if (/^ > \S/.test(line)) return { kind: 'passed', why: 'a frame of the call stack' };
  const found = PID.exec(line);
  const pid = found?.[1] ?? found?.[2] ?? '';
  let begin = found?.[0].length ?? 0;
  for (let times = 0; times < 4; times++) {
    BEFORE.lastIndex = begin;
    if (!BEFORE.test(line)) break;
    begin = BEFORE.lastIndex;
  }
  return ofRest(line.slice(begin).trimEnd(), { pid, begin }, ignored);
}

/** The process of a line, and the number of characters before its call. */
interface Before {
  readonly pid: string;
  readonly begin: number;
}

/** Reads a line without its process and times. */
function ofRest(rest: string, { pid, begin }: Before, ignored: ReadonlySet<string>): StraceLine {
  const first = rest.charCodeAt(0);
  // most lines begin with the name of a call
  const isCall = first >= 97 && first <= 122 && !rest.startsWith('strace: ');
  const other = isCall ? null : noCall(rest, pid);
  if (other !== null) return other;
  const name = nameOf(rest);
  if (name === null) return { kind: 'passed', why: 'not a system call' };
  const last = rest.charAt(rest.length - 1);
  if (/[?>]/.test(last) && /<unfinished \.\.\.>\)\s+= \?$|<detached \.\.\.>$/.test(rest))
    return { kind: 'passed', why: 'a call that did not return' };
  const cut = /[>.d]/.test(last)
    ? /\s*(?:<unfinished \.\.\.>|\) \.\.\.|strace: Process \d+ attached)$/.exec(rest)
    : null;
  if (cut !== null) {
    if (!WATCHED.has(name)) return { kind: 'passed', why: UNWATCHED };
    return { kind: 'unfinished', pid, text: rest.slice(0, cut.index) };
  }
  // most lines of a VMM's trace: their arguments are not needed
  if (RETURNED.test(rest)) {
    if (!WATCHED.has(name) && !TORN.test(rest)) return { kind: 'other', name, why: UNWATCHED };
    if (ignored.has(name) && !TORN.test(rest)) return { kind: 'ignored', pid };
    if (name === 'ioctl' && FOREIGN_IOCTL.test(rest)) return { kind: 'other', name, why: FOREIGN };
  }
  const call = callOf(rest, begin);
  if ('call' in call) return { kind: 'call', pid, call: call.call };
  return WATCHED.has(name) ? { kind: 'broken', ...call } : { kind: 'passed', why: UNWATCHED };
}

/** Reads a line that does not begin with a call; null for one that may. */
function noCall(rest: string, pid: string): StraceLine | null {
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
  return /^(?:, | => |\))/.test(rest) ? { kind: 'resumed', pid, name: '', text: rest } : null;
}

/** Returns the name before the parenthesis with which a call begins, or null. */
function nameOf(text: string): string | null {
  const open = text.indexOf('(');
  const name = open < 0 ? '' : text.slice(0, open);
  return /^[a-z_]\w*$/.test(name) ? name : null;
}

/** Reads `name(arguments) = result`. `begin` is the number of characters before it in the line. */
export function callOf(
  text: string,
  begin: number,
): { readonly call: Call } | { readonly column: number; readonly expected: string; readonly found: string } {
  const name = nameOf(text);
  if (name === null)
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
  for (;;) {
    const at = nextOutermost(text, start);
    if (at < 0) return null;
    const argument = argumentOf(text, start, at, begin);
    if (argument !== null) args.push(argument);
    if (text[at] === ')') return { args, end: at + 1 };
    start = at + 1;
  }
}

function argumentOf(text: string, from: number, to: number, begin: number): Argument | null {
  let start = from;
  while (start < to && text.charCodeAt(start) === 32) start++;
  const raw = text.slice(start, to);
  const trimmed = raw.trimStart();
  if (trimmed === '') return null;
  const { text: value, path } = plain(trimmed.trimEnd());
  return { text: value, path, column: begin + start + (raw.length - trimmed.length) + 1 };
}

/** Returns the next comma or closing parenthesis that is in no string, path or bracket; -1 without one. `from` is in none either. */
export function nextOutermost(text: string, from: number): number {
  // the closing characters of the open brackets
  let open = '';
  for (let at = from; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = stringEnd(text, at);
        break;
      case 0x3c: // <
        if (beginsPath(text, at)) at = pathEnd(text, at);
        break;
      case 0x28: // (
        open += ')';
        break;
      case 0x5b: // [
        open += ']';
        break;
      case 0x7b: // {
        open += '}';
        break;
      case 0x2c: // ,
        if (open === '') return at;
        break;
      case 0x29: // )
        if (open === '') return at;
        if (open.endsWith(')')) open = open.slice(0, -1);
        break;
      case 0x5d: // ]
        if (open.endsWith(']')) open = open.slice(0, -1);
        break;
      case 0x7d: // }
        if (open.endsWith('}')) open = open.slice(0, -1);
        break;
    }
  }
  return -1;
}

/** True for the `<` of a path of -y, which follows a descriptor. */
function beginsPath(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return isDigit(before) || text.endsWith('AT_FDCWD', at);
}

/** Returns the position of the closing quote. */
function stringEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    // a backslash and the character after it
    if (code === 0x5c) at++;
  }
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
  if (argument.endsWith('>')) {
    const path = /^(-?(?:0x[\da-f]+|\d+))<(.*)>$/.exec(argument);
    if (path !== null) return { text: path[1] ?? '', path: path[2] ?? '' };
  }
  if (!argument.endsWith('*/')) return { text: argument, path: '' };
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
