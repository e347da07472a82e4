// Numbers packed into bytes, seven bits a byte and the lowest first: for links, for what crosses a worker's border, and for
// what is put aside. A reader that meets nonsense says so and then reads zeros.

import { IntMap } from './intMap.ts';

const KEY_MAX = 2 ** 30 - 1;

/** Appends numbers, texts and maps. */
export class Packer {
  readonly bytes: number[] = [];

  /** A whole number from 0 to 2^53 − 1. */
  number(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
  }

  /** A whole number of either sign, small in bytes where it is small. */
  signed(value: number): void {
    this.number(value < 0 ? -value * 2 - 1 : value * 2);
  }

  /** A number of any length, not negative. */
  big(value: bigint): void {
    let rest = value;
    while (rest >= 128n) {
      this.bytes.push(Number(rest % 128n) + 128);
      rest /= 128n;
    }
    this.bytes.push(Number(rest));
  }

  /** A number or null. */
  optional(value: number | null): void {
    this.number(value === null ? 0 : value + 1);
  }

  /** 32 bits. */
  word(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.bytes.push((value >>> shift) & 0xff);
  }

  /** A text, by its UTF-16 units: nothing that a note can hold is lost. */
  text(value: string): void {
    this.number(value.length);
    for (let i = 0; i < value.length; i++) this.number(value.charCodeAt(i));
  }

  /** A map; keys as distances, so that the next key costs a zero. */
  map<V>(map: IntMap<V>, write: (value: V, key: number) => void): void {
    this.number(map.size);
    let next = 0;
    map.forEach((value, key) => {
      this.number(key - next);
      next = key + 1;
      write(value, key);
    });
  }

  /** What was written, in a buffer that can be transferred. */
  take(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.bytes);
  }
}

/** Takes them back. After a failure everything reads as 0 and `failure` tells the first one. */
export class Unpacker {
  readonly #bytes: ArrayLike<number>;
  #at: number;
  /** What was found in the place of what was expected. */
  failure: string | null = null;

  constructor(bytes: ArrayLike<number>, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Bytes taken so far. */
  get at(): number {
    return this.#at;
  }

  /** True once everything was taken. */
  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Says what is wrong; the first one counts. */
  fail(found: string): void {
    this.failure ??= found;
  }

  /** A whole number up to `max`. */
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

  /** A number of at most 64 bits. */
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

  /** A map; after a failure it ends where that was. */
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

  /** 32 bits. */
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
