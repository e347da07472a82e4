// Text that comes in pieces, as lines. A line break may be any of the three there are, also cut in two by a border of pieces.

/** A line of more characters is cut: no format has one, and a file of one line must not fill the memory. */
export const LONGEST_LINE = 1_000_000;

/** Splits a text that comes in pieces. */
export class LineSplitter {
  /** The beginning of a line whose end has not come yet. */
  #open = '';
  #endsWithReturn = false;

  /** The lines that end within this piece, in order. */
  *push(piece: string): Generator<string> {
    if (piece === '') return;
    // the line feed of a break that was cut in two
    let from = this.#endsWithReturn && piece[0] === '\n' ? 1 : 0;
    this.#endsWithReturn = piece.endsWith('\r');
    const breaks = /\r\n|\n|\r/g;
    breaks.lastIndex = from;
    for (let found = breaks.exec(piece); found !== null; found = breaks.exec(piece)) {
      yield this.#whole(piece.slice(from, found.index));
      from = breaks.lastIndex;
    }
    if (this.#open.length <= LONGEST_LINE) this.#open += piece.slice(from, from + LONGEST_LINE + 1);
  }

  /** What stands behind the last line break, if anything. */
  end(): string | null {
    const rest = this.#open;
    this.#open = '';
    return rest === '' ? null : rest;
  }

  #whole(rest: string): string {
    const text = this.#open.length > LONGEST_LINE ? this.#open : this.#open + rest;
    this.#open = '';
    return text;
  }
}
