// Splits text that arrives in pieces into lines. Accepts LF, CR LF and CR, also when CR and LF are in different pieces.

/** The most characters of a line. Longer lines are cut, so that a file of one line cannot fill the memory. */
export const LONGEST_LINE = 1_000_000;

/** Returns the position of the next line break of one kind, or the length of the piece. */
function breakFrom(piece: string, kind: '\n' | '\r', from: number): number {
  const at = piece.indexOf(kind, from);
  return at < 0 ? piece.length : at;
}

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
    let feed = breakFrom(piece, '\n', from);
    let carriage = breakFrom(piece, '\r', from);
    while (feed < piece.length || carriage < piece.length) {
      const end = Math.min(feed, carriage);
      yield this.#whole(piece.slice(from, end));
      from = carriage + 1 === feed ? feed + 1 : end + 1;
      if (feed < from) feed = breakFrom(piece, '\n', from);
      if (carriage < from) carriage = breakFrom(piece, '\r', from);
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
