// What the page and its worker say to one another. Each message is read field by field when it arrives: what is not as it
// should be is null, and the one who reads says so.

import type { ImportRow } from '../../formats/imports/run.ts';
import { LINE_FIELDS, MARK_FIELDS, TURN_FIELDS } from '../../views/timeline/data.ts';
import type { Piece, PieceCheckpoint } from '../../views/work.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** To the worker. Everything about one script has one `job`; a newer job ends the older ones. */
export type ToWorker =
  /** Read this file as that format (formats/imports), and keep the lines of its script. `head` are its first lines. */
  | {
      readonly kind: 'open';
      readonly job: number;
      readonly file: Blob;
      readonly format: string;
      readonly head: readonly string[];
    }
  /** A script is coming: the first `head` and the last `tail` lines of the one that you have, with others between. */
  | {
      readonly kind: 'begin';
      readonly job: number;
      readonly header: string;
      readonly head: number;
      readonly tail: number;
    }
  /** Some of the lines between (packedLines.ts). */
  | { readonly kind: 'lines'; readonly job: number; readonly lines: Bytes }
  /** That was all: work out what comes after the first `from` lines. */
  | { readonly kind: 'run'; readonly job: number; readonly from: number }
  | { readonly kind: 'stop' };

/** From the worker. */
export type FromWorker =
  /** Lines that were read, and the text for the person; the part `done` (0 to 1) of the file is behind. */
  | {
      readonly kind: 'read';
      readonly job: number;
      readonly lines: Bytes;
      readonly rows: readonly ImportRow[];
      readonly done: number;
    }
  /** The file is read. `device` is what stands before its operations in notation (device, cursor), or empty. */
  | {
      readonly kind: 'opened';
      readonly job: number;
      readonly device: string;
      readonly texts: number;
      readonly bad: number;
      readonly passed: number;
      readonly assumed: readonly string[];
    }
  | { readonly kind: 'piece'; readonly job: number; readonly piece: Piece }
  | { readonly kind: 'failed'; readonly job: number; readonly what: string };

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}

function natural(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function bytes(value: unknown): Bytes | null {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : null;
}

function numbers(value: unknown, fields: number): Int32Array | null {
  return value instanceof Int32Array && value.length % fields === 0 ? value : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function texts(value: unknown): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const found = value.filter((one) => typeof one === 'string');
  return found.length === value.length ? found : null;
}

/** A message to the worker, or null. */
export function readToWorker(message: unknown): ToWorker | null {
  const all = fieldsOf(message);
  if (all === null) return null;
  if (all['kind'] === 'stop') return { kind: 'stop' };
  const job = natural(all['job']);
  if (job === null) return null;
  switch (all['kind']) {
    case 'open': {
      const [file, format, head] = [all['file'], text(all['format']), texts(all['head'])];
      return !(file instanceof Blob) || format === null || head === null
        ? null
        : { kind: 'open', job, file, format, head };
    }
    case 'begin': {
      const [header, head, tail] = [text(all['header']), natural(all['head']), natural(all['tail'])];
      return header === null || head === null || tail === null
        ? null
        : { kind: 'begin', job, header, head, tail };
    }
    case 'lines': {
      const lines = bytes(all['lines']);
      return lines === null ? null : { kind: 'lines', job, lines };
    }
    case 'run': {
      const from = natural(all['from']);
      return from === null ? null : { kind: 'run', job, from };
    }
    default:
      return null;
  }
}

/** A message from the worker, or null. */
export function readFromWorker(message: unknown): FromWorker | null {
  const all = fieldsOf(message);
  const job = natural(all?.['job']);
  if (all === null || job === null) return null;
  switch (all['kind']) {
    case 'read': {
      const [lines, rows, done] = [bytes(all['lines']), rowsOf(all['rows']), all['done']];
      return lines === null || rows === null || typeof done !== 'number'
        ? null
        : { kind: 'read', job, lines, rows, done };
    }
    case 'opened':
      return readOpened(all, job);
    case 'piece': {
      const piece = readPiece(all['piece']);
      return piece === null ? null : { kind: 'piece', job, piece };
    }
    case 'failed': {
      const what = text(all['what']);
      return what === null ? null : { kind: 'failed', job, what };
    }
    default:
      return null;
  }
}

function readOpened(all: Fields, job: number): FromWorker | null {
  const [device, assumed] = [text(all['device']), texts(all['assumed'])];
  const [read, bad, passed] = [natural(all['texts']), natural(all['bad']), natural(all['passed'])];
  if (device === null || assumed === null || read === null || bad === null || passed === null) return null;
  return { kind: 'opened', job, device, texts: read, bad, passed, assumed };
}

const ROW_KINDS = ['read', 'passed', 'bad'] as const;

function rowsOf(value: unknown): readonly ImportRow[] | null {
  if (!Array.isArray(value)) return null;
  const rows: ImportRow[] = [];
  for (const one of value) {
    const all = fieldsOf(one);
    const [line, column] = [natural(all?.['line']), natural(all?.['column'])];
    const [said, what] = [text(all?.['text']), text(all?.['what'])];
    const kind = ROW_KINDS.find((known) => known === all?.['kind']);
    if (line === null || column === null || said === null || what === null || kind === undefined) return null;
    rows.push({ line, column, text: said, what, kind });
  }
  return rows;
}

function readPiece(value: unknown): Piece | null {
  const all = fieldsOf(value);
  const timeline = fieldsOf(all?.['timeline']);
  const [from, to] = [natural(timeline?.['from']), natural(all?.['to'])];
  const lines = numbers(timeline?.['lines'], LINE_FIELDS);
  const turns = numbers(timeline?.['turns'], TURN_FIELDS);
  const marks = numbers(timeline?.['marks'], MARK_FIELDS);
  const answers = numbers(all?.['answers'], 1);
  const found = all?.['checkpoints'];
  if (from === null || to === null || lines === null || turns === null || marks === null) return null;
  if (answers === null || !Array.isArray(found)) return null;
  const count = to - from + 1;
  if (from < 1 || count < 0 || answers.length !== count || lines.length !== count * LINE_FIELDS) return null;
  const checkpoints: PieceCheckpoint[] = [];
  for (const one of found) {
    const fields = fieldsOf(one);
    const line = natural(fields?.['line']);
    const [machine, sums] = [bytes(fields?.['machine']), bytes(fields?.['sums'])];
    if (line === null || line < from || line > to || machine === null || sums === null) return null;
    checkpoints.push({ line, machine, sums });
  }
  return { to, timeline: { from, lines, turns, marks }, answers, checkpoints };
}

/** The buffers of a message, which go over without a copy. */
export function buffersOf(message: ToWorker | FromWorker): ArrayBuffer[] {
  switch (message.kind) {
    case 'lines':
    case 'read':
      return [message.lines.buffer];
    case 'piece': {
      const { timeline, answers, checkpoints } = message.piece;
      const typed = [timeline.lines, timeline.turns, timeline.marks, answers];
      return [...typed, ...checkpoints.flatMap(({ machine, sums }) => [machine, sums])].flatMap(
        ({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []),
      );
    }
    default:
      return [];
  }
}
