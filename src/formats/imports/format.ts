// Defines an importer: a recogniser with a reason, and a reader that returns an outcome for each line of text. Readers never
// throw.

import type { Problem } from '../../base/result.ts';
import type { Op } from '../../kernel/line.ts';
import { line } from '../../kernel/line.ts';
import type { ExpectedState } from '../../session/expectedState.ts';
import type { DeviceSpec, ScriptLine } from '../../session/script.ts';
import type { Cursor } from '../../session/session.ts';

/** The outcome of one line of text. */
export type Outcome =
  /** The line gives these lines of the script. */
  | { readonly kind: 'read'; readonly lines: readonly ScriptLine[] }
  /** The line is understood and contains no operation; `why` is the reason, such as `a comment`. */
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'bad'; readonly problem: Problem };

/** One of the devices of a text, among which the person chooses. */
export interface ImportDevice {
  /** Such as `0000:03:00.0`. */
  readonly name: string;
  /** What the text says about it, in few words. */
  readonly about: string;
}

/** The person's choice among several things that a text contains. */
export interface ImportChoice {
  /** The name of a device of `ImportEnd.devices`; absent for the one that the reader prefers. */
  readonly device?: string;
}

/** The result at the end of the text. */
export interface ImportEnd {
  /** The outcomes of the remaining lines. */
  readonly outcomes: readonly Outcome[];
  /** The device of the text, or null. */
  readonly device: DeviceSpec | null;
  /** The cursor of the text, if it has one. */
  readonly cursor?: Cursor;
  /** The assumptions of the reader, one sentence each. */
  readonly assumed: readonly string[];
  /** The interrupts of the host that the text shows, to be compared with the replay. */
  readonly expected?: ExpectedState;
  /** The devices of the text, if it has several. */
  readonly devices?: readonly ImportDevice[];
}

/** Reads a text line by line. */
export interface ImportReader {
  /**
   * Reads the next line. Returns the outcomes of the earliest lines without one: usually of this line alone, and of no line
   * if later lines decide it.
   */
  readonly add: (text: string) => readonly Outcome[];
  readonly end: () => ImportEnd;
}

/** A text format that irqscope can import as a script. */
export interface ImportFormat {
  readonly id: string;
  /** Its name on the screen, such as `QEMU trace`. */
  readonly label: string;
  /** Its name in a sentence, such as `recording` in “x.jsonl is not a readable recording”. */
  readonly thing: string;
  /** The lines may contain any character, as notes of a script do. In other formats control characters are problems. */
  readonly anyCharacter?: true;
  /** Returns why the first lines have this format, such as `line 1 has vfio_msix_enable`; null if they do not. */
  readonly recognise: (head: readonly string[]) => string | null;
  /** Returns a reader. Some formats need the first lines in advance. */
  readonly open: (head: readonly string[], choice?: ImportChoice) => ImportReader;
}

/** Returns the outcome of a line with operations. */
export function became(
  ops: readonly Op[],
  action = '',
  note = '',
): { readonly kind: 'read'; readonly lines: readonly ScriptLine[] } {
  const lines = ops.map((op, at) => ({
    line: line(op),
    note: at === 0 ? note : '',
    action: at === 0 ? action : '',
    disabled: false,
  }));
  return { kind: 'read', lines };
}

/** Returns the outcome of a line without operations. */
export function passed(why: string): Outcome {
  return { kind: 'passed', why };
}

/** Returns the outcome of a bad line. Line and column count from 1. */
export function bad(at: number, column: number, expected: string, found: string): Outcome {
  return { kind: 'bad', problem: { at: { line: at, column }, expected, found } };
}

/** Returns `line 3 has …` for the first line that passes the test, or null. */
export function firstWith(
  head: readonly string[],
  test: (text: string) => string | null | undefined,
): string | null {
  for (const [at, text] of head.entries()) {
    const what = test(text);
    if (what !== null && what !== undefined) return `line ${at + 1} has ${what}`;
  }
  return null;
}

/** Returns a text shortened for a message. */
export function shown(text: string, most = 60): string {
  const tidy = text.trim();
  if (tidy === '') return 'the end of the line';
  return tidy.length > most ? `${tidy.slice(0, most)}…` : tidy;
}
