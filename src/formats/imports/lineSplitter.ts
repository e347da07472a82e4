// Splits text that arrives in pieces into lines. Accepts LF, CR LF and CR, also when CR and LF are in different pieces.

/** The most characters of a line. Longer lines are cut, so that a file of one line cannot fill the memory. */
export const LONGEST_LINE = 1_000_000;

/** Splits a text that arrives in pieces. */
export class LineSplitter {
  /** The beginning of the unfinished line. */
  #open = '';
  #endsWithReturn = false;

  /** Yields the lines that end within this piece, in order. */
  *push(piece: string): Generator<string> {
    if (piece === '') return;
    // skips the LF of a CR LF that is split between two pieces
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

  /** Returns the text after the last line break, or null without any text. */
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
