// Columns of whole numbers (32 bits) that grow at the end and are taken back from the end.

/** A column. `values` may be longer than `length`; it is read directly where every nanosecond counts. */
export class NumberColumn {
  values: Int32Array;
  #length = 0;

  /** With room for `capacity` numbers. */
  constructor(capacity = 8) {
    this.values = new Int32Array(capacity);
  }

  /** Numbers in it. */
  get length(): number {
    return this.#length;
  }

  /** Takes back what stands after the first `length`. */
  set length(length: number) {
    if (length > this.#length) throw new RangeError(`a column of ${this.#length} cannot grow to ${length}`);
    this.#length = length;
  }

  /** The number at a place; 0 outside. */
  at(place: number): number {
    return place < this.#length ? (this.values[place] ?? 0) : 0;
  }

  /** Adds one at the end. */
  push(value: number): void {
    if (this.#length === this.values.length) {
      const grown = new Int32Array(this.#length * 2);
      grown.set(this.values);
      this.values = grown;
    }
    this.values[this.#length++] = value;
  }
}

/** A column of lines in ascending order. */
export class LineColumn extends NumberColumn {
  /**
   * How many stand at or before `line`: also the place of the first one after it. What happens on a lane is mostly spread
   * evenly, so the search begins where the line would then stand, and goes from there in steps that double.
   */
  upTo(line: number): number {
    const { values, length } = this;
    const first = values[0] ?? 0;
    if (length === 0 || line < first) return 0;
    const last = values[length - 1] ?? 0;
    if (line >= last) return length;
    // before `low` all are at or before the line, from `high` on all are after it
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
