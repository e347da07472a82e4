// A persistent map from small non-negative integers (vectors, fds, irq numbers) to values: a 32-way radix tree, like the
// kernel's xarray. Equal subtrees are shared, so keeping one machine per kernel call copies one path of the tree instead of the whole table.
//
// Writers pass an `Owner`: nodes created under the same owner change in place, all others are copied. A writer that hands
// out a snapshot takes a fresh owner afterwards; from then on the snapshot cannot change.

/** A token for one series of edits between two snapshots. */
export class Owner {
  /** Keeps the class nominal; without it any object would pass as an owner. */
  readonly kind = 'owner';
}

const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

interface Node<V> {
  owner: Owner | null;
  /** Number of used slots; an unused node is dropped. */
  used: number;
  readonly slots: (Node<V> | V | undefined)[];
}

interface Leaf<V> extends Node<V> {
  readonly slots: (V | undefined)[];
}

interface Branch<V> extends Node<V> {
  readonly slots: (Node<V> | undefined)[];
}

function leafOf<V>(node: Node<V>): Leaf<V> {
  return node as Leaf<V>; // nodes carry no tag: level 0 is a leaf by construction
}

function branchOf<V>(node: Node<V>): Branch<V> {
  return node as Branch<V>;
}

function freshNode<V>(owner: Owner | null): Node<V> {
  return { owner, used: 0, slots: new Array<V | undefined>(WIDTH).fill(undefined) };
}

function editable<V>(node: Node<V>, owner: Owner | null): Node<V> {
  return owner !== null && node.owner === owner
    ? node
    : { owner, used: node.used, slots: node.slots.slice() };
}

/** A persistent map with integer keys 0 … 2^30 − 1, iterated in ascending order. Values are never `undefined`. */
export class IntMap<V> {
  readonly #root: Node<V> | null;
  /** Number of levels above the leaves. */
  readonly #height: number;
  /** Number of keys. */
  readonly size: number;

  /** Used by `empty`, by the methods, and by subclasses over another store (explore/cellMap.ts). */
  protected constructor(root: Node<V> | null, height: number, size: number) {
    this.#root = root;
    this.#height = height;
    this.size = size;
  }

  /** Returns the empty map. */
  static empty<V>(): IntMap<V> {
    return new IntMap<V>(null, 0, 0);
  }

  /** Builds a map from keys in strictly ascending order and their values; throws a RangeError on any other key. */
  static ofAscending<V>(keys: readonly number[], values: readonly V[]): IntMap<V> {
    const last = keys.at(-1);
    if (last === undefined) return IntMap.empty<V>();
    let height = 0;
    while (last >= 2 ** (BITS * (height + 1))) height++;
    const path = Array.from({ length: height + 1 }, () => freshNode<V>(null));
    const root = path[0] ?? freshNode<V>(null);
    let before = -1;
    for (const [i, key] of keys.entries()) {
      if (!Number.isInteger(key) || key <= before || key >= 2 ** 30)
        throw new RangeError(`IntMap key ${key}`);
      for (let depth = 1; depth <= height; depth++) {
        const shift = (height - depth + 1) * BITS;
        if (before >= 0 && key >>> shift === before >>> shift) continue;
        const made = freshNode<V>(null);
        const above = path[depth - 1] ?? root;
        branchOf(above).slots[(key >>> shift) & MASK] = made;
        above.used++;
        path[depth] = made;
      }
      const leaf = path[height] ?? root;
      leafOf(leaf).slots[key & MASK] = values[i];
      leaf.used++;
      before = key;
    }
    return new IntMap(root, height, keys.length);
  }

  /** Returns the value at `key`, or undefined. Negative and huge keys have no value. */
  get(key: number): V | undefined {
    let node: Node<V> | null = this.#root;
    if (node === null || key < 0 || key >= 2 ** (BITS * (this.#height + 1))) return undefined;
    for (let level = this.#height; level > 0; level--) {
      const next: Node<V> | undefined = branchOf<V>(node).slots[(key >>> (level * BITS)) & MASK];
      if (next === undefined) return undefined;
      node = next;
    }
    return leafOf(node).slots[key & MASK];
  }

  /** Returns whether `key` has a value. */
  has(key: number): boolean {
    return this.get(key) !== undefined;
  }

  /** Returns the map with `key` set to `value`; nodes of `owner` change in place. Throws a RangeError on a bad key. */
  set(key: number, value: V, owner: Owner | null = null): IntMap<V> {
    if (!Number.isInteger(key) || key < 0 || key >= 2 ** 30) throw new RangeError(`IntMap key ${key}`);
    let root = this.#root ?? freshNode<V>(owner);
    let height = this.#height;
    while (key >= 2 ** (BITS * (height + 1))) {
      const above = freshNode<V>(owner);
      if (root.used > 0) {
        branchOf(above).slots[0] = root;
        above.used = 1;
      }
      root = above;
      height++;
    }
    root = editable(root, owner);
    let node = root;
    for (let level = height; level > 0; level--) {
      const at = (key >>> (level * BITS)) & MASK;
      const slots = branchOf(node).slots;
      const below = slots[at];
      if (below === undefined) node.used++;
      const next = below === undefined ? freshNode<V>(owner) : editable(below, owner);
      slots[at] = next;
      node = next;
    }
    const leaf = leafOf(node);
    const added = leaf.slots[key & MASK] === undefined ? 1 : 0;
    leaf.slots[key & MASK] = value;
    leaf.used += added;
    return new IntMap(root, height, this.size + added);
  }

  /** Returns the map without `key`. */
  delete(key: number, owner: Owner | null = null): IntMap<V> {
    if (!this.has(key) || this.#root === null) return this;
    if (this.size === 1) return IntMap.empty<V>();
    const root = editable(this.#root, owner);
    const path: Node<V>[] = [root];
    let node = root;
    for (let level = this.#height; level > 0; level--) {
      const at = (key >>> (level * BITS)) & MASK;
      const below = branchOf(node).slots[at];
      if (below === undefined) return this;
      const next = editable(below, owner);
      branchOf(node).slots[at] = next;
      path.push(next);
      node = next;
    }
    leafOf(node).slots[key & MASK] = undefined;
    node.used--;
    for (let level = 1; level < path.length && node.used === 0; level++) {
      const above = path[path.length - 1 - level];
      if (above === undefined) break;
      branchOf(above).slots[(key >>> (level * BITS)) & MASK] = undefined;
      above.used--;
      node = above;
    }
    return new IntMap(root, this.#height, this.size - 1);
  }

  /** Calls `visit` for every key in ascending order. */
  forEach(visit: (value: V, key: number) => void): void {
    if (this.#root !== null) walk(this.#root, this.#height, 0, visit);
  }

  /** Returns the keys in ascending order. */
  keys(): number[] {
    const keys: number[] = [];
    this.forEach((_, key) => {
      keys.push(key);
    });
    return keys;
  }

  /** Returns `[key, value]` pairs in ascending order of keys. */
  entries(): [number, V][] {
    const entries: [number, V][] = [];
    this.forEach((value, key) => {
      entries.push([key, value]);
    });
    return entries;
  }

  /** Returns the smallest key, or undefined for an empty map. */
  firstKey(): number | undefined {
    let node: Node<V> | null = this.#root;
    let key = 0;
    for (let level = this.#height; node !== null && level >= 0; level--) {
      const at: number = node.slots.findIndex((slot) => slot !== undefined);
      if (at < 0) return undefined;
      key = key * WIDTH + at;
      node = level > 0 ? (branchOf<V>(node).slots[at] ?? null) : null;
    }
    return this.size === 0 ? undefined : key;
  }

  /** Returns the smallest key ≥ `from`, or undefined. A loop over it sees changes made between its steps. */
  nextKey(from: number): number | undefined {
    return this.#root === null ? undefined : nextKey(this.#root, this.#height, 0, Math.max(0, from));
  }

  /** Returns the smallest key ≥ `from` without a value: first fit, like the kernel's bitmaps and idr. */
  firstFree(from: number): number {
    let key = from;
    while (this.has(key)) key++;
    return key;
  }

  /**
   * Calls `visit` for every key whose value differs (by ===) between this map and `before`, in ascending order.
   * It skips shared nodes, so the cost grows with the difference only.
   */
  changesSince(
    before: IntMap<V>,
    visit: (key: number, now: V | undefined, then: V | undefined) => void,
  ): void {
    const height = Math.max(this.#height, before.#height);
    compare(
      lift(this.#root, this.#height, height),
      lift(before.#root, before.#height, height),
      height,
      0,
      visit,
    );
  }
}

function nextKey<V>(node: Node<V>, level: number, base: number, from: number): number | undefined {
  const room = 2 ** (BITS * level);
  for (let at = Math.max(0, Math.floor((from - base) / room)); at < WIDTH; at++) {
    if (level === 0) {
      if (leafOf(node).slots[at] !== undefined) return base + at;
      continue;
    }
    const below = branchOf(node).slots[at];
    const key = below === undefined ? undefined : nextKey(below, level - 1, base + at * room, from);
    if (key !== undefined) return key;
  }
  return undefined;
}

function walk<V>(node: Node<V>, level: number, base: number, visit: (value: V, key: number) => void): void {
  for (let at = 0; at < WIDTH; at++) {
    if (level > 0) {
      const below = branchOf(node).slots[at];
      if (below !== undefined) walk(below, level - 1, base + at * 2 ** (BITS * level), visit);
    } else {
      const value = leafOf(node).slots[at];
      if (value !== undefined) visit(value, base + at);
    }
  }
}

function lift<V>(root: Node<V> | null, from: number, to: number): Node<V> | undefined {
  let node = root ?? undefined;
  for (let level = from; level < to && node !== undefined; level++) {
    const above = freshNode<V>(null);
    branchOf(above).slots[0] = node;
    node = above;
  }
  return node;
}

function compare<V>(
  now: Node<V> | undefined,
  then: Node<V> | undefined,
  level: number,
  base: number,
  visit: (key: number, now: V | undefined, then: V | undefined) => void,
): void {
  if (now === then) return;
  for (let at = 0; at < WIDTH; at++) {
    if (level > 0) {
      const a = now === undefined ? undefined : branchOf(now).slots[at];
      const b = then === undefined ? undefined : branchOf(then).slots[at];
      compare(a, b, level - 1, base + at * 2 ** (BITS * level), visit);
    } else {
      const a = now === undefined ? undefined : leafOf(now).slots[at];
      const b = then === undefined ? undefined : leafOf(then).slots[at];
      if (a !== b) visit(base + at, a, b);
    }
  }
}
