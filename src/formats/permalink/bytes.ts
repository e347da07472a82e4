// Bytes with numbers of any length in them (seven bits a byte, the lowest first), and their form in an address (base64url).

/** Appends numbers and texts. */
export class ByteWriter {
  readonly bytes: number[] = [];

  /** A number from 0 to 2^53 − 1. */
  number(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.bytes.push(rest);
  }

  /** A number from 0 to 2^64 − 1. */
  big(value: bigint): void {
    let rest = value;
    while (rest >= 128n) {
      this.bytes.push(Number(rest % 128n) + 128);
      rest /= 128n;
    }
    this.bytes.push(Number(rest));
  }

  /** A text, by its UTF-16 units: nothing that a note can hold is lost. */
  text(value: string): void {
    this.number(value.length);
    for (let i = 0; i < value.length; i++) this.number(value.charCodeAt(i));
  }

  /** 32 bits. */
  word(value: number): void {
    for (let shift = 0; shift < 32; shift += 8) this.bytes.push((value >>> shift) & 0xff);
  }
}

/** Takes them back. After a failure everything reads as 0 and `failure` tells the first one. */
export class ByteReader {
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

  /** Says what is wrong; the first one counts. */
  fail(found: string): void {
    this.failure ??= found;
  }

  byte(): number {
    const value = this.failure === null ? this.#bytes[this.#at] : 0;
    if (value === undefined) {
      this.fail('the end of the link');
      return 0;
    }
    this.#at++;
    return value;
  }

  /** A number up to `max`. */
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

  text(): string {
    const length = this.number(this.#bytes.length);
    let text = '';
    for (let i = 0; i < length && this.failure === null; i++)
      text += String.fromCharCode(this.number(0xffff));
    return text;
  }

  word(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 8) value |= this.byte() << shift;
    return value >>> 0;
  }
}

/** FNV-1a over bytes, 32 bits. Not against forgery: against a letter lost on the way. */
export function checksum(bytes: readonly number[], from: number, to: number, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash >>> 0;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Bytes as letters that need no escape in an address. */
export function toBase64Url(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i);
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let digit = 0; digit <= left; digit++) text += DIGITS.charAt((bits >> (18 - 6 * digit)) & 63);
  }
  return text;
}

/** The bytes up to the first letter that cannot be one of ours, and where that is (−1 for nowhere). */
export function fromBase64Url(text: string): { readonly bytes: readonly number[]; readonly badAt: number } {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = DIGITS.indexOf(text.charAt(i));
    if (digit < 0) return { bytes, badAt: i };
    bits = ((bits << 6) | digit) & 0xffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push((bits >> held) & 0xff);
    }
  }
  return { bytes, badAt: -1 };
}
