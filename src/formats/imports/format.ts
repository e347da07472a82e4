// Defines an importer: a recogniser with a reason, and a reader that returns an outcome for each line of text. Readers never
// throw.

import type { Problem } from '../../base/result.ts';
import type { Op } from '../../kernel/line.ts';
import { line } from '../../kernel/line.ts';
import type { ExpectedState } from '../../session/expectedState.ts';
import type { DeviceSpec, ScriptLine, TracedResult } from '../../session/script.ts';
import type { Cursor } from '../../session/session.ts';

/** The outcome of one line of text. */
export type Outcome =
  /** The line gives these lines of the script. */
  | { readonly kind: 'read'; readonly lines: readonly ScriptLine[] }
  /**
   * The line is understood and contains no operation; `why` is the reason, such as `a comment`. `of` is the number of another line
   * of the text, which is told after the reason: `the result of line 3`.
   */
  | { readonly kind: 'passed'; readonly why: string; readonly of?: number }
  | { readonly kind: 'bad'; readonly problem: Problem };

/** A guess of a reader that a person can change. */
export interface Guess {
  /** The name of the choice in `Choices`. */
  readonly id: string;
  /** The guess in one sentence, with its reason. */
  readonly text: string;
  /** The values, of which `value` is the present one. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly value: string;
}

/** The choices of a person by the id of the guess. */
export type Choices = ReadonlyMap<string, string>;

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
  /** The assumptions that can be changed; absent without any. */
  readonly guesses?: readonly Guess[];
  /** The interrupts of the host that the text shows, to be compared with the replay. */
  readonly expected?: ExpectedState;
}

/** Reads a text line by line. */
export interface ImportReader {
  /**
   * Reads the next line. Returns the outcomes of the earliest lines without one: usually of this line alone, and of no line
   * if later lines decide it. The reader counts the lines from 1.
   */
  readonly add: (text: string) => readonly Outcome[];
  readonly end: () => ImportEnd;
}

/** The reading of one text: some formats look at every line before the first one is read. */
export interface ImportPass {
  /** Absent if the format needs nothing in advance. */
  readonly look?: (text: string) => void;
  /** Returns a reader, after the last line was looked at. Choices of other formats are ignored. */
  readonly open: (choices: Choices) => ImportReader;
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
  /** People send texts of this format in mails and logs, and leave lines out. */
  readonly travels: boolean;
  /** Returns the part of a line that shows this format, such as `vfio_msix_enable`; null for every other line. */
  readonly mark: (text: string) => string | null;
  /** The text shows a state and no ioctls, so a text of ioctls with the same words wins over it. */
  readonly isState?: true;
  /** The ids of formats whose marks also occur in texts of this one. */
  readonly over?: readonly string[];
  readonly begin: () => ImportPass;
}

/** The remarks on the operations of a line. */
interface Remarks {
  readonly action?: string;
  readonly note?: string;
  /** The traced result of each operation, by position; null without one. */
  readonly traced?: readonly (TracedResult | null)[];
}

/** Returns the outcome of a line with operations. */
export function became(
  ops: readonly Op[],
  { action = '', note = '', traced = [] }: Remarks = {},
): { readonly kind: 'read'; readonly lines: readonly ScriptLine[] } {
  const lines = ops.map((op, at): ScriptLine => {
    const made = {
      line: line(op),
      note: at === 0 ? note : '',
      action: at === 0 ? action : '',
      disabled: false,
    };
    const result = traced[at] ?? null;
    return result === null ? made : { ...made, traced: result };
  });
  return { kind: 'read', lines };
}

/** Returns the outcome of a line without operations. */
export function passed(why: string, of?: number): Outcome {
  return of === undefined ? { kind: 'passed', why } : { kind: 'passed', why, of };
}

/** Returns the outcome of a bad line. Line and column count from 1. */
export function bad(at: number, column: number, expected: string, found: string): Outcome {
  return { kind: 'bad', problem: { at: { line: at, column }, expected, found } };
}

/** Returns a text shortened for a message. */
export function shown(text: string, most = 60): string {
  const tidy = text.trim();
  if (tidy === '') return 'the end of the line';
  return tidy.length > most ? `${tidy.slice(0, most)}…` : tidy;
}
