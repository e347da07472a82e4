// Every state once: rows of small integers in one array, with an open-addressing hash table. Two rows are the same state only if
// every cell is equal; the hash only chooses where to look.

const FIRST_ROWS = 256;

type Cells = Uint8Array | Uint16Array | Int32Array;

function cellsOf(width: 1 | 2 | 4, length: number): Cells {
  if (width === 1) return new Uint8Array(length);
  return width === 2 ? new Uint16Array(length) : new Int32Array(length);
}

/** Rows of `columns` non-negative integers, numbered in the order of insertion. */
export class StateStore {
  readonly columns: number;
  /** Number of rows. */
  size = 0;

  #width: 1 | 2 | 4;
  #cells: Cells;
  #capacity = FIRST_ROWS;
  /** Row + 1, or 0 for an empty slot. */
  #table = new Int32Array(FIRST_ROWS * 4);
  /** One odd factor per column; the hash of a row is the sum of its cells times these. */
  readonly factors: Int32Array;

  constructor(columns: number, width: 1 | 2 | 4 = 1) {
    this.columns = columns;
    this.#width = width;
    this.#cells = cellsOf(width, FIRST_ROWS * columns);
    this.factors = new Int32Array(columns);
    let seed = 0x2545f491;
    for (let column = 0; column < columns; column++) {
      seed = Math.imul(seed ^ (seed >>> 15), 0x9e3779b1) + 0x7f4a7c15;
      this.factors[column] = (seed ^ (seed >>> 13)) | 1;
    }
  }

  /** Returns the hash of a row. A change of one cell changes the hash by the difference times the factor of the column. */
  hash(row: Int32Array): number {
    let sum = 0;
    for (let column = 0; column < this.columns; column++) {
      sum = (sum + Math.imul(row[column] ?? 0, this.factors[column] ?? 0)) | 0;
    }
    return sum;
  }

  /** Copies a row into `into`. */
  load(state: number, row: Int32Array): void {
    const at = state * this.columns;
    for (let column = 0; column < this.columns; column++) row[column] = this.#cells[at + column] ?? 0;
  }

  /** Returns the number of the row, or −1 − (its slot in the table) for an unknown row. */
  find(row: Int32Array, hash: number): number {
    const { columns } = this;
    const cells = this.#cells;
    const table = this.#table;
    const mask = table.length - 1;
    let place = spread(hash) & mask;
    for (;;) {
      const state = (table[place] ?? 0) - 1;
      if (state < 0) return -1 - place;
      const at = state * columns;
      let column = 0;
      while (column < columns && cells[at + column] === row[column]) column++;
      if (column === columns) return state;
      place = (place + 1) & mask;
    }
  }

  /** Adds a row and returns its number; `missing` is the result of the preceding `find`. */
  add(row: Int32Array, missing: number): number {
    const state = this.size;
    if (state === this.#capacity) this.#resize(this.#capacity * 2, this.#width);
    const at = state * this.columns;
    for (let column = 0; column < this.columns; column++) {
      const cell = row[column] ?? 0;
      if (this.#width < 4 && cell >= 2 ** (8 * this.#width))
        this.#resize(this.#capacity, cell < 65536 ? 2 : 4);
      this.#cells[at + column] = cell;
    }
    this.size++;
    this.#table[-1 - missing] = state + 1;
    if (this.size * 2 > this.#table.length) this.#rehash();
    return state;
  }

  /** Memory in bytes. */
  get bytes(): number {
    return this.#cells.byteLength + this.#table.byteLength;
  }

  #resize(capacity: number, width: 1 | 2 | 4): void {
    const cells = cellsOf(width, capacity * this.columns);
    cells.set(this.#cells);
    this.#cells = cells;
    this.#capacity = capacity;
    this.#width = width;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 2);
    const mask = table.length - 1;
    const row = new Int32Array(this.columns);
    for (let state = 0; state < this.size; state++) {
      this.load(state, row);
      let place = spread(this.hash(row)) & mask;
      while (table[place] !== 0) place = (place + 1) & mask;
      table[place] = state + 1;
    }
    this.#table = table;
  }
}

function spread(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  mixed ^= mixed >>> 15;
  return mixed >>> 0;
}
