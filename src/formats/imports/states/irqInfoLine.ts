// Finds the fields of GET_IRQ_INFO in a line of a log: one field per line as vfio-ioctls prints them (Cloud Hypervisor and others
// use it), or all fields in one line, as drivers of DPDK and many programs do.

import {
  VFIO_IRQ_INFO_AUTOMASKED,
  VFIO_IRQ_INFO_EVENTFD,
  VFIO_IRQ_INFO_MASKABLE,
  VFIO_IRQ_INFO_NORESIZE,
  VFIO_PCI_NUM_IRQS,
} from '../../../uapi/vfio.ts';
import { EXAMINED } from './passage.ts';

/** The answer for one index. */
export interface IrqInfo {
  readonly index: number;
  readonly flags: number;
  readonly count: number;
}

/** A line about IRQ info. Numbers are u32. */
export type IrqInfoLine =
  | { readonly kind: 'whole'; readonly info: IrqInfo }
  /** `IRQ #2`: the fields of this index follow. */
  | { readonly kind: 'begin'; readonly index: number }
  | { readonly kind: 'field'; readonly name: 'flags' | 'index' | 'count'; readonly value: number }
  /** The fields of a region follow, which have flags too. */
  | { readonly kind: 'region' }
  | { readonly kind: 'bad'; readonly column: number; readonly expected: string; readonly found: string }
  | { readonly kind: 'none' };

const BEGIN = /(?:^|[\s\]:])IRQ #(\S*)\s*$/;
const REGION = /(?:^|[\s\]:])Region #\d+/i;
/** Matches a field at the end of a line, after the prefix of the log. */
const FIELD = /(?:^|\s)(flags?|index|count):?[ =](\S+)\s*$/i;
const NUMBER = /^(?:0x[\da-f]{1,8}|\d{1,10})$/i;
const FLAG_NAMES: readonly (readonly [name: RegExp, bit: number])[] = [
  [/(?:\b|_)EVENTFD\b/, VFIO_IRQ_INFO_EVENTFD],
  [/(?:\b|_)MASKABLE\b/, VFIO_IRQ_INFO_MASKABLE],
  [/(?:\b|_)AUTOMASKED\b/, VFIO_IRQ_INFO_AUTOMASKED],
  [/(?:\b|_)NORESIZE\b/, VFIO_IRQ_INFO_NORESIZE],
];
const NAMES: readonly (readonly [name: RegExp, index: number])[] = [
  [/\bINTx\b|\bINTX\b/, 0],
  [/\bMSI-?X\b/i, 2],
  [/\bMSI\b/i, 1],
  [/\bERR\b/, 3],
  [/\bREQ\b/, 4],
];

/** Reads a line. */
export function irqInfoLine(line: string): IrqInfoLine {
  const text = messageOf(line.slice(0, EXAMINED));
  if (REGION.test(text)) return { kind: 'region' };
  const begin = BEGIN.exec(text)?.[1];
  if (begin !== undefined) {
    const index = numberOf(begin);
    if (index !== null) return { kind: 'begin', index };
    return {
      kind: 'bad',
      column: text.lastIndexOf('#') + 2,
      expected: 'the number of an index',
      found: begin,
    };
  }
  const whole = wholeInfo(text);
  if (whole !== null) return { kind: 'whole', info: whole };
  const field = FIELD.exec(text);
  if (field === null) return { kind: 'none' };
  const [, word = '', digits = ''] = field;
  const value = numberOf(digits);
  const name = word.toLowerCase();
  if (value === null) {
    // another program's line, unless it belongs to a begun index
    return {
      kind: 'bad',
      column: text.lastIndexOf(digits) + 1,
      expected: `${word} and a number`,
      found: digits,
    };
  }
  return { kind: 'field', name: name === 'index' ? 'index' : name === 'count' ? 'count' : 'flags', value };
}

/** Returns the message of a log in JSON, or the line itself. */
function messageOf(line: string): string {
  const message = /"(?:msg|message)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
  return message === undefined ? line : message.replaceAll('\\t', '\t');
}

/** Returns the answer that one line contains. */
function wholeInfo(text: string): IrqInfo | null {
  const flags = fieldOf(text, /\bflags?\b\s*[=:]?\s*(0x[\da-f]{1,8}|\d{1,10})\b/i) ?? namedFlags(text);
  const count = fieldOf(text, /\b(?:count|num_?irqs|vectors)\b\s*[=:]?\s*(0x[\da-f]{1,8}|\d{1,10})\b/i);
  if (flags === null || count === null) return null;
  if (!/irq|intr|interrupt|\bmsi|\bintx\b|max_intr_vec_id/i.test(text)) return null;
  const index =
    fieldOf(text, /\b(?:index|irq)\b\s*[=:#]?\s*(0x[\da-f]{1,8}|\d{1,10})\b/i) ??
    NAMES.find(([name]) => name.test(text))?.[1] ??
    null;
  return index === null || index > VFIO_PCI_NUM_IRQS ? null : { index, flags, count };
}

/** Returns the flags that are written as names, such as `EVENTFD|NORESIZE`; null without any. */
function namedFlags(text: string): number | null {
  const flags = FLAG_NAMES.reduce((sum, [name, bit]) => (name.test(text) ? sum | bit : sum), 0);
  return flags === 0 ? null : flags;
}

function fieldOf(text: string, field: RegExp): number | null {
  const digits = field.exec(text)?.[1];
  return digits === undefined ? null : numberOf(digits);
}

function numberOf(digits: string): number | null {
  if (!NUMBER.test(digits)) return null;
  const value = Number(digits);
  return value > 0xffffffff ? null : value;
}
