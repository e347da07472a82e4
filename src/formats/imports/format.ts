// What an importer is: a recogniser with a reason, and a reader that takes a text line by line and tells of every line what
// became of it. Readers never throw, whatever the text.

import type { Problem } from '../../base/result.ts';
import type { Op } from '../../kernel/line.ts';
import { line } from '../../kernel/line.ts';
import type { DeviceSpec, ScriptLine } from '../../session/script.ts';
import type { Cursor } from '../../session/session.ts';

/** What became of one line of text. */
export type Outcome =
  /** It became these lines of the script. */
  | { readonly kind: 'read'; readonly lines: readonly ScriptLine[] }
  /** It is understood, and is no operation; why, for instance `a comment`. */
  | { readonly kind: 'passed'; readonly why: string }
  | { readonly kind: 'bad'; readonly problem: Problem };

/** What is known when the text has ended. */
export interface ImportEnd {
  /** Of the lines whose outcome was not known yet. */
  readonly outcomes: readonly Outcome[];
  /** The device that the text names or shows, or null. */
  readonly device: DeviceSpec | null;
  /** Where the text says to look; absent where it does not. */
  readonly cursor?: Cursor;
  /** What the text does not say and the reader has assumed, a sentence each. */
  readonly assumed: readonly string[];
}

/** Reads a text line by line. */
export interface ImportReader {
  /**
   * Takes the next line. The result tells of the earliest lines that were not told of yet: usually of this line alone; of none
   * where what comes behind it decides.
   */
  readonly add: (text: string) => readonly Outcome[];
  readonly end: () => ImportEnd;
}

/** A format that is a script in other words. */
export interface ImportFormat {
  readonly id: string;
  /** As it is named on the screen, for instance `QEMU trace`. */
  readonly label: string;
  /** As a sentence names it, for instance `recording` in “x.jsonl is not a recording that can be read”. */
  readonly thing: string;
  /** Its lines may hold any character: the notes of a script do. In other formats a control character is wrong. */
  readonly anyCharacter?: true;
  /** Why the first lines of a text are of this format, for instance `line 1 has vfio_msix_enable`; null where they are not. */
  readonly recognise: (head: readonly string[]) => string | null;
  /** Begins to read; some formats look at the first lines before. */
  readonly open: (head: readonly string[]) => ImportReader;
}

/** A line that became operations; without any it is understood, and says why. */
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

/** A line that is no operation. */
export function passed(why: string): Outcome {
  return { kind: 'passed', why };
}

/** A line that cannot be an operation. Line and column count from 1. */
export function bad(at: number, column: number, expected: string, found: string): Outcome {
  return { kind: 'bad', problem: { at: { line: at, column }, expected, found } };
}

/** The first line that a test holds for, told by `line 3 has …`. */
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

/** A text cut to what a message can show. */
export function shown(text: string, most = 60): string {
  const tidy = text.trim();
  if (tidy === '') return 'the end of the line';
  return tidy.length > most ? `${tidy.slice(0, most)}…` : tidy;
}
