// Numbers packed into bytes, seven bits per byte and the lowest bits first: for links, worker messages and checkpoints. A
// reader records the first invalid byte and returns zeros after it.

import { IntMap } from './intMap.ts';

const KEY_MAX = 2 ** 30 - 1;

/** Writes numbers, texts and maps to bytes. */
export class Packer {
  readonly bytes: number[] = [];

  /** Writes an integer from 0 to 2^53 − 1. */
  number(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
  }

  /** Writes a signed integer; small absolute values take few bytes. */
  signed(value: number): void {
    this.number(value < 0 ? -value * 2 - 1 : value * 2);
  }

  /** Writes a non-negative integer of any size. */
  big(value: bigint): void {
    let rest = value;
    while (rest >= 128n) {
      this.bytes.push(Number(rest % 128n) + 128);
      rest /= 128n;
    }
    this.bytes.push(Number(rest));
  }

  /** Writes a number or null. */
  optional(value: number | null): void {
    this.number(value === null ? 0 : value + 1);
  }

  /** Writes 32 bits, lowest byte first. */
  word(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.bytes.push((value >>> shift) & 0xff);
  }

  /** Writes a text as UTF-16 units, so that lone surrogates in notes survive. */
  text(value: string): void {
    this.number(value.length);
    for (let i = 0; i < value.length; i++) this.number(value.charCodeAt(i));
  }

  /** Writes a map; keys are stored as distances, so consecutive keys cost one zero byte each. */
  map<V>(map: IntMap<V>, write: (value: V, key: number) => void): void {
    this.number(map.size);
    let next = 0;
    map.forEach((value, key) => {
      this.number(key - next);
      next = key + 1;
      write(value, key);
    });
  }

  /** Returns the bytes in a buffer that can be transferred to a worker. */
  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes);
  }
}

/** Reads the bytes of a Packer. After the first failure every read returns 0, and `failure` names it. */
export class Unpacker {
  readonly #bytes: ArrayLike<number>;
  #at: number;
  /** The first unexpected value, as text, or null. */
  failure: string | null = null;

  constructor(bytes: ArrayLike<number>, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Returns the number of bytes read so far. */
  get at(): number {
    return this.#at;
  }

  /** Returns whether all bytes were read. */
  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Records a failure; only the first one is kept. */
  fail(found: string): void {
    this.failure ??= found;
  }

  /** Reads an integer up to `max`. */
  number(max: number = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte % 128) * scale;
      if (value > max) {
        this.fail(`a number above ${max}`);
        return 0;
      }
      if (byte < 128) return this.failure === null ? value : 0;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  /** Reads an integer of at most 64 bits. */
  big(): bigint {
    let value = 0n;
    for (let scale = 1n; ; scale *= 128n) {
      const byte = this.byte();
      value += BigInt(byte % 128) * scale;
      if (value >= 2n ** 64n) {
        this.fail('a number of more than 64 bits');
        return 0n;
      }
      if (byte < 128) return this.failure === null ? value : 0n;
    }
  }

  optional(max: number = Number.MAX_SAFE_INTEGER - 1): number | null {
    const value = this.number(max + 1);
    return value === 0 ? null : value - 1;
  }

  text(): string {
    const length = this.number(this.#bytes.length);
    let text = '';
    for (let i = 0; i < length && this.failure === null; i++)
      text += String.fromCharCode(this.number(0xffff));
    return text;
  }

  /** Reads a map; a failure ends it early. */
  map<V>(read: (key: number) => V): IntMap<V> {
    const keys: number[] = [];
    const values: V[] = [];
    const size = this.number(KEY_MAX);
    let key = -1;
    for (let i = 0; i < size && this.failure === null; i++) {
      key += this.number(KEY_MAX) + 1;
      if (key > KEY_MAX) this.fail(`the key ${key}`);
      const value = read(key);
      if (this.failure !== null) break;
      keys.push(key);
      values.push(value);
    }
    return IntMap.ofAscending(keys, values);
  }

  /** Reads 32 bits. */
  word(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 8) value |= this.byte() << shift;
    return value >>> 0;
  }

  byte(): number {
    const value = this.failure === null ? this.#bytes[this.#at] : 0;
    if (value === undefined) {
      this.fail('the end');
      return 0;
    }
    this.#at++;
    return value;
  }
}
