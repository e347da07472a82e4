// The messages between the page and the replay worker. Both are parts of one build, so neither checks the type of a message.

import type { Problem } from '../../base/result.ts';
import type { Guess } from '../../formats/imports/format.ts';
import type { PackedRows } from '../../formats/imports/rows.ts';
import type { Travel } from '../../formats/imports/transport/travel.ts';
import type { Mismatch } from '../../recordings/comparison.ts';
import type { ObservedStep, Recording } from '../../recordings/recording.ts';
import type { Piece } from '../../views/work.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Messages to the worker. All messages about one script have the same `job`; a newer job ends older ones. */
export type ToWorker =
  /** Recognises the format of a file. */
  | { readonly kind: 'scan'; readonly job: number; readonly file: Blob }
  /** Reads a file in a format (formats/imports) and keeps the lines of its script. */
  | {
      readonly kind: 'open';
      readonly job: number;
      readonly file: Blob;
      readonly format: string;
      readonly choices: readonly (readonly [string, string])[];
      readonly travels: readonly Travel[];
    }
  /** Reads a recording and compares it with the model. */
  | { readonly kind: 'recording'; readonly job: number; readonly file: Blob }
  /** Begins a script: the first `head` and the last `tail` lines of the kept script, with new lines between. */
  | {
      readonly kind: 'begin';
      readonly job: number;
      readonly header: string;
      readonly head: number;
      readonly tail: number;
    }
  /** Some of the new lines (packedLines.ts). */
  | { readonly kind: 'lines'; readonly job: number; readonly lines: Bytes }
  /** Ends the script and computes the lines after the first `from`. */
  | { readonly kind: 'run'; readonly job: number; readonly from: number }
  | { readonly kind: 'stop' };

/** Messages from the worker. */
export type FromWorker =
  /** The format of a file, or null (formats/imports/scan.ts). */
  | {
      readonly kind: 'scanned';
      readonly job: number;
      readonly found: { readonly format: string; readonly reason: string } | null;
      readonly travels: readonly Travel[];
      readonly first: string;
    }
  /** Parsed lines and the rows of the import panel; `done` is the read part of the file, 0 to 1. */
  | {
      readonly kind: 'read';
      readonly job: number;
      readonly lines: Bytes;
      readonly rows: PackedRows;
      readonly done: number;
    }
  /** End of the file. `device` is the header of its script in notation (device, cursor), or empty. */
  | {
      readonly kind: 'opened';
      readonly job: number;
      readonly device: string;
      readonly texts: number;
      readonly bad: number;
      readonly passed: number;
      readonly assumed: readonly string[];
      readonly guesses: readonly Guess[];
    }
  /** Compared steps of a recording; `done` is the finished part of the reading and comparing, 0 to 1. */
  | {
      readonly kind: 'steps';
      readonly job: number;
      readonly steps: readonly ObservedStep[];
      readonly done: number;
    }
  /** End of a recording, with its parts other than the steps. */
  | {
      readonly kind: 'compared';
      readonly job: number;
      readonly recording: Omit<Recording, 'steps'>;
      readonly compared: number;
      readonly mismatches: readonly Mismatch[];
    }
  /** A recording cannot be read. */
  | { readonly kind: 'damaged'; readonly job: number; readonly problems: readonly Problem[] }
  | { readonly kind: 'piece'; readonly job: number; readonly piece: Piece }
  | { readonly kind: 'failed'; readonly job: number; readonly what: string };

/** Returns the buffers of a message, which are transferred without a copy. */
export function buffersOf(message: ToWorker | FromWorker): ArrayBuffer[] {
  switch (message.kind) {
    case 'lines':
      return [message.lines.buffer];
    case 'read':
      return [message.lines.buffer, message.rows.numbers.buffer];
    case 'piece': {
      const { timeline, answers, checkpoints } = message.piece;
      const typed = [timeline.lines, timeline.turns, timeline.marks, timeline.names, answers];
      return [...typed, ...checkpoints.flatMap(({ machine, sums }) => [machine, sums])].flatMap(
        ({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []),
      );
    }
    default:
      return [];
  }
}
