// Reads the lines of perf trace, which print arguments by name: `12.3 ( 0.1 ms): qemu/229 ioctl(fd: 15, cmd: …, arg: …) = 0`.

import type { Argument } from './call.ts';

/** A line without its time and process. */
interface PerfLine {
  readonly pid: string;
  readonly rest: string;
  /** The number of characters before `rest`. */
  readonly begin: number;
}

/** Matches time, duration and process. The duration is empty for a call that ends in a later line. */
const LINE =
  /^\s*(?:\d+\.\d+|\?)\s+\(\s*(?:\d+\.\d+ ms)?\s*\):\s+(?:.*?\/(\d+)\s+)?(?=[a-z_]\w*\(|\.\.\. \[continued\])/;

/** Returns the parts of a line of perf trace; null for any other line. */
export function perfLineOf(line: string): PerfLine | null {
  const found = LINE.exec(line);
  if (found === null) return null;
  const begin = found[0].length;
  return { pid: found[1] ?? '', rest: line.slice(begin).trimEnd(), begin };
}

/** The arguments by position, with the names that perf trace prints. */
const ORDER: Readonly<Record<string, readonly string[]>> = {
  ioctl: ['fd', 'cmd', 'arg'],
  eventfd: ['count'],
  eventfd2: ['count', 'flags'],
  close: ['fd'],
  read: ['fd', 'buf', 'count'],
  write: ['fd', 'buf', 'count'],
  pread64: ['fd', 'buf', 'count', 'pos'],
  pwrite64: ['fd', 'buf', 'count', 'pos'],
  openat: ['dfd', 'filename', 'flags', 'mode'],
  open: ['filename', 'flags', 'mode'],
  dup: ['fildes'],
  dup2: ['oldfd', 'newfd'],
  dup3: ['oldfd', 'newfd', 'flags'],
  fcntl: ['fd', 'cmd', 'arg'],
};

const NAMED = /^([a-z_]\w*): /;

/** Returns the arguments in the order of the system call. perf trace leaves out arguments that are 0. */
export function positional(call: string, args: readonly Argument[]): readonly Argument[] {
  const [first] = args;
  const order = ORDER[call];
  if (first === undefined || order === undefined || !NAMED.test(first.text)) return args;
  const named = new Map<string, Argument>();
  for (const { text, path, column } of args) {
    const [whole = '', name = ''] = NAMED.exec(text) ?? [];
    const value = text.slice(whole.length);
    const fd = /^(\d+)<(.*)>$/.exec(value);
    named.set(name, {
      text: fd?.[1] ?? value,
      path: fd?.[2] ?? path,
      column: column + whole.length,
    });
  }
  return order.map((name) => named.get(name) ?? { text: '0', path: '', column: first.column });
}
