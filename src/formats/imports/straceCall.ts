// Splits one line of strace: process, system call, arguments as text, and result.

import { shown } from './format.ts';

/** An argument with its column (from 1). */
export interface Argument {
  readonly text: string;
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
  /** The end of such a call. */
  | { readonly kind: 'resumed'; readonly pid: string; readonly name: string; readonly text: string }
  /** A device event in irqscope's own text, such as `[device raises vector 3]`. */
  | { readonly kind: 'event'; readonly text: string }
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'broken'; readonly column: number; readonly expected: string; readonly found: string };

/** Matches process and time before a call, from the options -f, -o, -t, -tt, -ttt and -r. */
const PREFIX =
  /^(?:\[pid\s+(\d+)\]\s+|(\d+)\s+(?=[\d:.]*\s*[a-z_<+-]))?\s*(?:\d{2}:\d{2}:\d{2}(?:\.\d+)?\s+|\d+\.\d+\s+)?/;

/** Splits a line. */
export function straceLineOf(line: string): StraceLine {
  const prefix = PREFIX.exec(line);
  const pid = prefix?.[1] ?? prefix?.[2] ?? '';
  const begin = prefix?.[0].length ?? 0;
  const rest = line.slice(begin).trimEnd();
  if (rest === '') return { kind: 'passed', why: 'empty' };
  if (rest.startsWith('#')) return { kind: 'passed', why: 'a comment' };
  if (/^\+\+\+ .* \+\+\+$|^--- .* ---$/.test(rest)) return { kind: 'passed', why: 'a signal or an exit' };
  if (/^strace: /.test(rest)) return { kind: 'passed', why: 'a message of strace' };
  if (rest.startsWith('[device ')) return { kind: 'event', text: rest };
  const resumed = /^<\.\.\. (\w+) resumed>\s?/.exec(rest);
  if (resumed !== null)
    return { kind: 'resumed', pid, name: resumed[1] ?? '', text: rest.slice(resumed[0].length) };
  const unfinished = /\s*<unfinished \.\.\.>$/.exec(rest);
  if (unfinished !== null && /^\w+\(/.test(rest)) {
    return { kind: 'unfinished', pid, text: rest.slice(0, unfinished.index) };
  }
  const call = callOf(rest, begin);
  return 'call' in call ? { kind: 'call', pid, call: call.call } : { kind: 'broken', ...call };
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
  const result = /^\s*=\s*(?:(-?\d+|0x[\da-f]+)(?:<[^ ]*>)?(?:\s+([A-Z][A-Z0-9]+)\b)?|\?)/.exec(rest);
  if (result === null) {
    return { column: begin + split.end + 1, expected: '“= ” and the result of the call', found: shown(rest) };
  }
  const [, ret, errno] = result;
  // strace prints no errno for a call whose end it did not see
  return {
    call: {
      name,
      args: split.args,
      ret: ret === undefined ? null : Number(ret),
      errno: Number(ret) < 0 ? (errno ?? null) : null,
    },
  };
}

const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Returns the arguments from `from` on and the position after the closing parenthesis; null without a parenthesis. */
function argumentsOf(
  text: string,
  from: number,
  begin: number,
): { readonly args: readonly Argument[]; readonly end: number } | null {
  const args: Argument[] = [];
  const open: string[] = [];
  let start = from;
  const take = (end: number) => {
    const raw = text.slice(start, end);
    const trimmed = raw.trimStart();
    if (trimmed !== '') {
      const column = begin + start + (raw.length - trimmed.length) + 1;
      args.push({ text: plain(trimmed.trimEnd()), column });
    }
    start = end + 1;
  };
  for (let at = from; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '"') {
      at++;
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    } else if (char in PAIRS) open.push(PAIRS[char] ?? '');
    else if (char === open.at(-1)) open.pop();
    else if (char === ')' && open.length === 0) {
      take(at);
      return { args, end: at + 1 };
    } else if (char === ',' && open.length === 0) take(at);
  }
  return null;
}

/** Returns the argument without the path of -y (`5</dev/null>`), and the name of -X verbose instead of the number. */
function plain(argument: string): string {
  const path = /^(-?\d+)<.*>$/.exec(argument);
  if (path !== null) return path[1] ?? '';
  const named = /^(0x[\da-f]+|\d+) \/\* (.*) \*\/$/i.exec(argument);
  return named === null ? argument : (named[1] ?? '');
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
