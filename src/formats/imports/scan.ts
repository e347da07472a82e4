// Recognises the format of a text that arrives in pieces, by its content. The first lines decide; a text whose first lines have no
// mark of any format is searched to its end.

import type { ImportFormat } from './format.ts';
import { LineSplitter } from './lineSplitter.ts';
import { startsAsScript } from './notation.ts';
import { FORMATS } from './registry.ts';

/** The number of lines that decide together. */
const LINES = 20_000;
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
  #lines = 0;
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
    this.#found ??= this.#decide();
    return { found: this.#found, first: this.#first };
  }

  #line(content: string): void {
    this.#lines++;
    const text = (this.#lines === 1 ? content.replace(/^\ufeff/, '') : content).slice(0, LONGEST);
    if (text.trim() === '') return;
    if (this.#first === '') this.#first = text;
    for (const format of FORMATS) {
      const mark = format.mark(text);
      if (mark === null) continue;
      const known = this.#marks.get(format.id);
      if (known === undefined) this.#marks.set(format.id, { format, count: 1, line: this.#lines, mark });
      else known.count++;
    }
    if (this.#lines % LINES === 0) this.#found = this.#decide();
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

function recognised({ format, line, mark }: Marks): Recognised {
  return { format, reason: `line ${line} has ${mark}` };
}

/** Recognises a whole text. */
export function recogniseText(text: string): Scanned {
  const scan = new ImportScan();
  scan.push(text);
  return scan.end();
}
