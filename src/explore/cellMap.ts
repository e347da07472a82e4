// An IntMap over a small dense array that reports each key read to a watch. The search runs the model on machines made of these:
// small tables are faster this way, and the effect of a run depends only on the keys that it reads.

import { IntMap, type Owner } from '../base/intMap.ts';

/** Records the cells of a state that a run reads. */
export interface Watch {
  /** Records a read or a partial change of the cell. */
  touch(cell: number): void;
}

/** The cells of a map: key `k` belongs to cell `first + k`, for keys 0 to count − 1. */
export interface Watched {
  readonly watch: Watch;
  readonly first: number;
  readonly count: number;
}

/** A persistent map with keys from 0 to some tens. */
export class CellMap<V> extends IntMap<V> {
  readonly #values: (V | undefined)[];
  readonly #owner: Owner | null;
  readonly #watched: Watched | null;

  /** Creates a map that takes ownership of `values`; `size` counts the defined ones. */
  constructor(
    values: (V | undefined)[],
    size: number,
    watched: Watched | null = null,
    owner: Owner | null = null,
  ) {
    super(null, 0, size);
    this.#values = values;
    this.#owner = owner;
    this.#watched = watched;
  }

  #touch(key: number): void {
    const watched = this.#watched;
    if (watched === null || key < 0) return;
    if (key < watched.count) watched.watch.touch(watched.first + key);
  }

  #touchAll(): void {
    const watched = this.#watched;
    if (watched === null) return;
    for (let key = 0; key < watched.count; key++) watched.watch.touch(watched.first + key);
  }

  override get(key: number): V | undefined {
    this.#touch(key);
    return this.#values[key];
  }

  override set(key: number, value: V, owner: Owner | null = null): IntMap<V> {
    this.#touch(key);
    if (this.#watched !== null && key >= this.#watched.count) throw new RangeError(`key ${key} has no cell`);
    const values = this.#own(owner);
    const size = this.size + (values[key] === undefined ? 1 : 0);
    values[key] = value;
    return new CellMap(values, size, this.#watched, owner);
  }

  override delete(key: number, owner: Owner | null = null): IntMap<V> {
    if (this.get(key) === undefined) return this;
    const values = this.#own(owner);
    values[key] = undefined;
    return new CellMap(values, this.size - 1, this.#watched, owner);
  }

  #own(owner: Owner | null): (V | undefined)[] {
    return owner !== null && owner === this.#owner ? this.#values : this.#values.slice();
  }

  override forEach(visit: (value: V, key: number) => void): void {
    this.#touchAll();
    this.#values.forEach((value, key) => {
      if (value !== undefined) visit(value, key);
    });
  }

  override firstKey(): number | undefined {
    return this.nextKey(0);
  }

  override nextKey(from: number): number | undefined {
    // keys past the array are empty, and reading that is a read as well
    const end = Math.max(this.#values.length, this.#watched?.count ?? 0);
    for (let key = Math.max(0, from); key < end; key++) {
      if (this.get(key) !== undefined) return key;
    }
    return undefined;
  }

  override changesSince(
    before: IntMap<V>,
    visit: (key: number, now: V | undefined, then: V | undefined) => void,
  ): void {
    const keys = new Set([...this.keys(), ...before.keys()]);
    for (const key of [...keys].sort((a, b) => a - b)) {
      const now = this.get(key);
      const then = before.get(key);
      if (now !== then) visit(key, now, then);
    }
  }
}
