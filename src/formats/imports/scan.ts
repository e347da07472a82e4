// Recognises the format of a text that arrives in pieces, by its content, and the ways in which it travelled. The first lines decide;
// a text whose first lines have no mark of any format is searched to its end.

import type { ImportFormat } from './format.ts';
import { LineSplitter } from './lineSplitter.ts';
import { isPlainScript, NOTATION, startsAsScript } from './notation.ts';
import { FORMATS } from './registry.ts';
import { Carrier } from './transport/carrier.ts';
import { travelOf } from './transport/detect.ts';
import type { Carried } from './transport/line.ts';
import { recordKind } from './transport/recordBegin.ts';
import type { Travel } from './transport/travel.ts';

/** The number of lines that decide together. */
const LINES = 5000;
/** The longest part of a line in which marks are searched. */
const LONGEST = 4000;

/** A recognised format with the reason. */
export interface Recognised {
  readonly format: ImportFormat;
  /** Such as `line 1 has vfio_msix_enable`. */
  readonly reason: string;
}

/** The result of a scan. */
export interface Scanned {
  /** Null if no line has a mark of a known format. */
  readonly found: Recognised | null;
  /** The ways in which the text travelled, the outermost first; empty for an undamaged text. */
  readonly travels: readonly Travel[];
  /** The first line with text, for a message. */
  readonly first: string;
}

/** The marks of one format in the present lines. */
interface Marks {
  readonly format: ImportFormat;
  count: number;
  /** The first mark and its line, from 1. */
  readonly line: number;
  readonly mark: string;
}

/** Recognises one text. */
export class ImportScan {
  readonly #splitter = new LineSplitter();
  readonly #marks = new Map<string, Marks>();
  /** The first lines, until they decide how the text travelled. */
  #sample: string[] | null = [];
  #travels: readonly Travel[] = [];
  #carrier = new Carrier([], recordKind);
  /** Lines since the last decision. */
  #lines = 0;
  #isFirst = true;
  #first = '';
  #found: Recognised | null = null;

  /** Takes the next piece. Returns true once the rest of the text is not needed. */
  push(piece: string): boolean {
    for (const text of this.#splitter.push(piece)) {
      if (this.#found !== null) return true;
      this.#line(text);
    }
    return this.#found !== null;
  }

  /** Ends the text. */
  end(): Scanned {
    const rest = this.#splitter.end();
    if (rest !== null && this.#found === null) this.#line(rest);
    if (this.#sample !== null) this.#travel(this.#sample);
    if (this.#found === null) {
      this.#carried(this.#carrier.end());
      this.#found = this.#decide();
    }
    return { found: this.#found, travels: this.#travels, first: this.#first };
  }

  #line(content: string): void {
    const text = this.#isFirst ? content.replace(/^\ufeff/, '') : content;
    this.#isFirst = false;
    if (this.#sample === null) this.#carried(this.#carrier.push(text));
    else {
      this.#sample.push(text);
      if (this.#sample.length >= LINES) this.#travel(this.#sample);
    }
    this.#lines++;
    if (this.#lines % LINES === 0) this.#found ??= this.#decide();
  }

  /** Decides how the text travelled, and reads the first lines. */
  #travel(sample: readonly string[]): void {
    this.#sample = null;
    if (isPlainScript(sample)) {
      this.#first = sample.find((text) => text !== '') ?? '';
      this.#found = scriptIn(sample);
      if (this.#found !== null) return;
    }
    this.#travels = travelOf(sample, recordKind);
    this.#carrier = new Carrier(this.#travels, recordKind);
    for (const text of sample) this.#carried(this.#carrier.push(text));
  }

  #carried(lines: readonly Carried[]): void {
    for (const carried of lines) {
      const text = carried.text.slice(0, LONGEST);
      if (text.trim() === '') continue;
      if (this.#first === '') this.#first = text;
      for (const format of FORMATS) {
        const mark = format.mark(text);
        if (mark === null) continue;
        const known = this.#marks.get(format.id);
        const line = carried.lines[0] ?? 1;
        if (known === undefined) this.#marks.set(format.id, { format, count: 1, line, mark });
        else known.count++;
      }
    }
  }

  #decide(): Recognised | null {
    const marks = [...this.#marks.values()];
    // a script may name events and kernel functions in its notes
    const script = marks.find(({ format }) => format.id === 'notation');
    if (script !== undefined && startsAsScript(this.#first)) return recognised(script);
    const ioctls = marks.filter(({ format }) => format.isState !== true);
    const beaten = new Set(marks.flatMap(({ format }) => format.over ?? []));
    const left = (ioctls.length > 0 ? ioctls : marks).filter(({ format }) => !beaten.has(format.id));
    const order = (one: Marks) => FORMATS.indexOf(one.format);
    const [best] = left.sort((a, b) => b.count - a.count || order(a) - order(b));
    return best === undefined ? null : recognised(best);
  }
}

/** Returns the notation with the first operation of a script; null without one. */
function scriptIn(lines: readonly string[]): Recognised | null {
  for (const [at, text] of lines.entries()) {
    const mark = NOTATION.mark(text);
    if (mark !== null) return recognised({ format: NOTATION, count: 1, line: at + 1, mark });
  }
  return null;
}

function recognised({ format, line, mark }: Marks): Recognised {
  return { format, reason: `line ${line} has ${mark}` };
}

/** Recognises a whole text. */
export function recogniseText(text: string): Scanned {
  const scan = new ImportScan();
  scan.push(text);
  return scan.end();
}
