// The rows of an imported text in few objects: a worker sends them as one string and one array, and the page makes the rows in view.

import type { ImportRow } from './run.ts';

/** Rows in transport form. */
export interface PackedRows {
  /** FIELDS numbers per row: line, kind, column, and where its text, outcome and expectation end in `chars`. */
  readonly numbers: Int32Array<ArrayBuffer>;
  /** Text, outcome and expectation of all rows, one after the other. */
  readonly chars: string;
}

const FIELDS = 6;
const KINDS = ['read', 'passed', 'bad'] as const satisfies readonly ImportRow['kind'][];
const BAD = KINDS.indexOf('bad');

/** Packs rows. */
export function packRows(rows: readonly ImportRow[]): PackedRows {
  const numbers = new Int32Array(rows.length * FIELDS);
  const parts: string[] = [];
  let at = 0;
  let end = 0;
  const add = (text: string) => {
    parts.push(text);
    end += text.length;
    return end;
  };
  for (const { line, kind, column, text, what, expected } of rows) {
    numbers.set([line, KINDS.indexOf(kind), column, add(text), add(what), add(expected)], at);
    at += FIELDS;
  }
  return { numbers, chars: parts.join('') };
}

/** The kept rows of a text. */
export class ImportRows {
  readonly #parts: PackedRows[] = [];
  #length = 0;

  /** Returns the given rows. */
  static of(rows: readonly ImportRow[]): ImportRows {
    const made = new ImportRows();
    made.append(packRows(rows));
    return made;
  }

  /** The number of rows. */
  get length(): number {
    return this.#length;
  }

  /** Adds rows at the end. */
  append(part: PackedRows): void {
    if (part.numbers.length === 0) return;
    this.#parts.push(part);
    this.#length += part.numbers.length / FIELDS;
  }

  /** Returns the row at a place from 0, or undefined outside. */
  at(place: number): ImportRow | undefined {
    let from = 0;
    for (const part of this.#parts) {
      const length = part.numbers.length / FIELDS;
      if (place >= from && place < from + length) return rowOf(part, place - from);
      from += length;
    }
    return undefined;
  }

  /** Returns the rows from place `from` up to `to`. */
  slice(from: number, to: number): readonly ImportRow[] {
    const rows: ImportRow[] = [];
    for (let place = Math.max(0, from); place < Math.min(to, this.#length); place++) {
      const row = this.at(place);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** Returns the place of the first bad row from `from` on; -1 without one. */
  badFrom(from: number): number {
    let place = 0;
    for (const { numbers } of this.#parts)
      for (let at = 1; at < numbers.length; at += FIELDS, place++)
        if (place >= from && numbers[at] === BAD) return place;
    return -1;
  }
}

function rowOf({ numbers, chars }: PackedRows, place: number): ImportRow {
  const at = place * FIELDS;
  const number = (field: number) => numbers[at + field] ?? 0;
  const [textEnd, whatEnd, end] = [number(3), number(4), number(5)];
  return {
    line: number(0),
    kind: KINDS[number(1)] ?? 'passed',
    column: number(2),
    text: chars.slice(numbers[at - 1] ?? 0, textEnd),
    what: chars.slice(textEnd, whatEnd),
    expected: chars.slice(whatEnd, end),
  };
}
