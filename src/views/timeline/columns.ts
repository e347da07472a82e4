// Columns of 32-bit integers that grow and shrink at the end.

/** The numbers of every empty column: most of the thousands of columns stay empty. */
const EMPTY = new Int32Array();
/** Room of a column with one number. */
const FIRST_ROOM = 8;

/** A column. `values` may be longer than `length`; hot loops read it directly. */
export class NumberColumn {
  values: Int32Array;
  #length = 0;

  /** Makes a column with room for `capacity` numbers. */
  constructor(capacity = 0) {
    this.values = capacity === 0 ? EMPTY : new Int32Array(capacity);
  }

  /** Count of numbers. */
  get length(): number {
    return this.#length;
  }

  /** Removes all numbers after the first `length`. */
  set length(length: number) {
    if (length > this.#length) throw new RangeError(`a column of ${this.#length} cannot grow to ${length}`);
    this.#length = length;
  }

  /** Returns the number at a place; 0 outside. */
  at(place: number): number {
    return place < this.#length ? (this.values[place] ?? 0) : 0;
  }

  /** Adds a number at the end. */
  push(value: number): void {
    if (this.#length === this.values.length) {
      const grown = new Int32Array(Math.max(FIRST_ROOM, this.#length * 2));
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.#length++] = value;
  }
}

/** A column of ascending line numbers. */
export class LineColumn extends NumberColumn {
  /**
   * Returns the count of entries at or before `line`, which is also the place of the first entry after it. Events of a lane
   * are mostly spread evenly, so the search begins at the expected place and doubles its steps.
   */
  upTo(line: number): number {
    const { values, length } = this;
    const first = values[0] ?? 0;
    if (length === 0 || line < first) return 0;
    const last = values[length - 1] ?? 0;
    if (line >= last) return length;
    // all before `low` are at or before the line, all from `high` on are after it
    let low = 1;
    let high = length - 1;
    const guess = low + Math.floor(((line - first) / (last - first)) * (high - low));
    let step = 1;
    if ((values[guess] ?? 0) <= line) {
      low = guess + 1;
      while (low + step <= high && (values[low + step - 1] ?? 0) <= line) {
        low += step;
        step *= 2;
      }
      high = Math.min(high, low + step - 1);
    } else {
      high = guess;
      while (high - step >= low && (values[high - step] ?? 0) > line) {
        high -= step;
        step *= 2;
      }
      low = Math.max(low, high - step + 1);
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[middle] ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
