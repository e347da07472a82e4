// Small parts of a machine as bytes: groups of booleans, and messages as differences to the message before.

import type { Packer, Unpacker } from '../base/packed.ts';
import { type MsiMessage, ZERO_MESSAGE } from './machine.ts';

/** The largest register. */
export const U32_MAX = 0xffffffff;
/** The largest key of a map. */
export const KEY_MAX = 2 ** 30 - 1;

/** Returns up to four booleans as a number. */
export function bitsOf(...bits: readonly boolean[]): number {
  return bits.reduce((all, bit, at) => all | (Number(bit) << at), 0);
}

/** Reads four booleans; those that were not written are false. */
export function readBits(r: Unpacker): readonly [boolean, boolean, boolean, boolean] {
  const bits = r.number(15);
  return [(bits & 1) !== 0, (bits & 2) !== 0, (bits & 4) !== 0, (bits & 8) !== 0];
}

/** Writes a message as three words. */
export function writeWords(w: Packer, { addressLow, addressHigh, data }: MsiMessage): void {
  for (const word of [addressLow, addressHigh, data]) w.number(word >>> 0);
}

/** Reads a message. */
export function readWords(r: Unpacker): MsiMessage {
  return { addressLow: r.number(U32_MAX), addressHigh: r.number(U32_MAX), data: r.number(U32_MAX) };
}

/** A sequence of messages, each stored as its difference to the one before. */
export class Messages {
  #last: MsiMessage = ZERO_MESSAGE;

  write(w: Packer, message: MsiMessage): void {
    w.signed(message.addressLow - this.#last.addressLow);
    w.signed(message.addressHigh - this.#last.addressHigh);
    w.signed(message.data - this.#last.data);
    this.#last = message;
  }

  read(r: Unpacker): MsiMessage {
    const last = this.#last;
    const word = (before: number): number => {
      const value = before + r.signed();
      if (value < 0 || value > U32_MAX) r.fail(`the word ${value}`);
      return value;
    };
    const addressLow = word(last.addressLow);
    const addressHigh = word(last.addressHigh);
    this.#last = { addressLow, addressHigh, data: word(last.data) };
    return this.#last;
  }
}
