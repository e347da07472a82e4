// A growing list of 32-bit integers, used for the tables of a search.

/** A growing Int32Array. Read `data[i]` for i < length. */
export class Ints {
  data: Int32Array;
  length = 0;

  constructor(capacity = 64) {
    this.data = new Int32Array(capacity);
  }

  /** Appends a value and returns its index. */
  push(value: number): number {
    if (this.length === this.data.length) this.#grow(this.length + 1);
    this.data[this.length] = value;
    this.length++;
    return this.length - 1;
  }

  /** Appends `count` zeros and returns the index of the first. */
  extend(count: number): number {
    const at = this.length;
    if (at + count > this.data.length) this.#grow(at + count);
    this.length += count;
    return at;
  }

  /** Memory in bytes. */
  get bytes(): number {
    return this.data.byteLength;
  }

  #grow(needed: number): void {
    const grown = new Int32Array(Math.max(needed, this.data.length * 2));
    grown.set(this.data);
    this.data = grown;
  }
}
