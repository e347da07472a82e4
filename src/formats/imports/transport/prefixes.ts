// The prefixes that logs put before a line: journal, syslog, libvirt, containers, priorities.

import { type Begins, cutFront, joined, type Line, mayGrow, type Step } from './line.ts';
import type { PrefixKind } from './travel.ts';

const DATE = '\\d{4}-\\d\\d-\\d\\d';
const CLOCK = '\\d\\d:\\d\\d:\\d\\d';
const ZONE = '(?:Z|[+-]\\d\\d:?\\d\\d)';
/** A host and a program with or without its process; the host may be missing. */
const HOST_PROGRAM =
  '(?:[^\\s:[\\](){}"=,<>]{1,64} {1,2})?[^\\s:[\\](){}"=,<>]{1,64}(?:\\[\\d{1,10}\\])?:(?: |$)';
/** A month's name in any language, with or without a full stop, or 5月. */
const MONTH = '(?:\\p{L}[\\p{L}\\p{M}]{1,11}\\.?|\\d{1,2} ?[月월])';
/** The two orders of day and month. */
const DAY = `(?:${MONTH} {1,2}\\d{1,2}[日일]?|\\d{1,2}\\.? ${MONTH})`;

/** Each kind with its prefix. The prefix ends where the message begins. */
const PREFIXES: readonly (readonly [by: PrefixKind, prefix: RegExp])[] = [
  // before the journal, whose host may be missing
  ['qemu', new RegExp(`^${DATE}T${CLOCK}\\.\\d{6}Z (?:qemu-[\\w-]{1,40}|qemu|kvm): `)],
  ['priority', /^<\d{1,3}>(?!\d )/],
  [
    'journal',
    new RegExp(
      `^(?:<\\d{1,3}>)?(?:${[
        // syslog and the journal's short form
        `${DAY}(?: \\d{4})? ${CLOCK}(?:[.,]\\d{1,9})? ${HOST_PROGRAM}`,
        // ISO times, and “Mon 2023-05-01 10:20:30 CEST”
        `${DATE}T${CLOCK}(?:[.,]\\d{1,9})?${ZONE}? ${HOST_PROGRAM}`,
        `\\p{L}{2,4}\\.? ${DATE} ${CLOCK}(?:[.,]\\d{1,9})? [A-Z+\\d:-]{1,6} ${HOST_PROGRAM}`,
        // seconds since 1970 or since the boot: a program with its process must follow
        `(?:\\d{9,11}\\.\\d{6}|\\[ {0,8}\\d{1,9}\\.\\d{6}\\]) (?:[^\\s:[\\]]{1,64} )(?:kernel|[^\\s:[\\]]{1,64}\\[\\d{1,10}\\]):(?: |$)`,
        // RFC 5424
        `1 ${DATE}T${CLOCK}(?:\\.\\d{1,6})?${ZONE} \\S{1,64} \\S{1,48} \\S{1,32} \\S{1,32} (?:-|\\[[^\\]]{0,200}\\])(?: |$)`,
      ].join('|')})`,
      'u',
    ),
  ],
  [
    'libvirt',
    new RegExp(
      `^${DATE} ${CLOCK}\\.\\d{3}[+-]\\d{4}: (?:\\d{1,10}: (?:debug|info|warning|error) : (?:\\w{1,80}:\\d{1,6} : )?)?`,
    ),
  ],
  [
    'container',
    new RegExp(
      `^(?:${DATE}T${CLOCK}\\.\\d{9}(?:${ZONE}) (?:std(?:out|err) [FP] )?|[\\w.-]{1,64} {1,40}\\| |\\[pod/[^\\]\\s]{1,200}\\] )`,
    ),
  ],
];

/** The most characters in which a prefix is searched. */
const HEAD = 600;

/** What each prefix has near its begin, for a cheap look before the whole expressions. */
const CLUE = /\d\d:\d\d:|\d\.\d{6}|^<\d|^\[pod\//;
const CLUE_WITHIN = 64;

/** A part of a line that CRI's log continues in its next line. */
const PART = new RegExp(`^${DATE}T${CLOCK}\\.\\d{9}${ZONE} std(?:out|err) P `);

/** Returns the number of characters of a prefix, or 0 without it. */
export function prefixLength(by: PrefixKind, text: string): number {
  const prefix = PREFIXES.find(([kind]) => kind === by)?.[1];
  return prefix?.exec(text.slice(0, HEAD))?.[0].length ?? 0;
}

/** Returns the first kind of prefix with which a text begins, or null. A name before a bar alone is no proof. */
export function datedPrefix(text: string): PrefixKind | null {
  if (!CLUE.test(text.slice(0, CLUE_WITHIN))) return null;
  const head = text.slice(0, HEAD);
  for (const [by, prefix] of PREFIXES) {
    const length = prefix.exec(head)?.[0].length ?? 0;
    if (length > 0 && (by !== 'container' || !/^[\w.-]+ +\|/.test(head))) return by;
  }
  return null;
}

/** Returns true if the program before the message is the kernel, whose messages need no known begin. */
export function isKernel(prefix: string): boolean {
  return / kernel:\s?$/.test(prefix);
}

/** Returns the number of characters of the prefix that may be removed: 0 for a line that is a record already. */
export function removable(by: PrefixKind, text: string, begins: Begins): number {
  const length = prefixLength(by, text);
  if (length === 0) return 0;
  const kind = begins(text);
  if (kind === null) return length;
  // the name of QEMU before an event is a prefix; before a message it is part of the message
  if (kind === 'message') return (begins(text.slice(length)) ?? 'message') === 'message' ? 0 : length;
  return by === 'container' && PART.test(text) ? length : 0;
}

/** The kinds of prefixes, in the order in which they are tried. */
export const PREFIX_KINDS: readonly PrefixKind[] = PREFIXES.map(([by]) => by);

/** Removes the prefixes of a log. */
export function unprefix(by: PrefixKind, begins: Begins): Step {
  if (by !== 'container') {
    return {
      push: (line, put) => put(cutFront(line, removable(by, line.text, begins))),
      end: () => undefined,
    };
  }
  let part: Line | null = null;
  return {
    push(line, put) {
      const isPart = PART.test(line.text);
      const cut = cutFront(line, removable(by, line.text, begins));
      const whole: Line = part === null ? cut : joined(part, cut, '');
      part = isPart && mayGrow(whole) ? whole : null;
      if (part === null) put(whole);
    },
    end(put) {
      if (part !== null) put(part);
      part = null;
    },
  };
}
