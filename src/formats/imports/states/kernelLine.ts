// Undoes the prefix of a line of the kernel's log: times of dmesg and of the journal, levels, host names and threads.

import { EXAMINED } from './passage.ts';

const PREFIXES: readonly RegExp[] = [
  /^<\d{1,3}>/,
  // dmesg -x
  /^(?:kern|user|daemon|syslog)\s*:\s*\w+\s*:\s*/,
  // dmesg, dmesg -T, printk with the caller
  /^\[\s*\d+\.\d+\]\s?/,
  /^\[(?:[^[\]\d]+\d+ [\d:]{8} \d{4}|\d{4}-\d\d-\d\d[T ][^\]]*)\]\s?/,
  /^\[\s*[TC]\d+\]\s?/,
  // the journal and syslog
  /^\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?\s+(?:\S+ kernel(?:\[\d+\])?:\s)?/,
  /^[^\s\d]{3,5}\.? +\d{1,2} [\d:.]{8,15} \S+ kernel(?:\[\d+\])?: ?/,
  /^kernel: ?/,
];

/** A line of the log. */
export interface KernelLine {
  /** The message without its prefix; white space at its beginning stays. */
  readonly message: string;
  /** The column at which it begins, from 1. */
  readonly column: number;
}

/** Returns the message of a line. */
export function kernelLine(text: string): KernelLine {
  let rest = text.slice(0, EXAMINED);
  const from = rest.length;
  for (let times = 0; times < 5; times++) {
    const prefix = PREFIXES.find((one) => one.test(rest));
    if (prefix === undefined) break;
    rest = rest.replace(prefix, '');
  }
  return { message: rest, column: from - rest.length + 1 };
}

/** Returns true if the text is the beginning of a time, which a cut line has. */
export function isCutTime(text: string): boolean {
  return /^(?:<\d{1,3}>)?\[\s*\d*(?:\.\d*)?\]?\s*$/.test(text);
}
