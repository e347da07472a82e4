// The checksum of a link's packed bytes (base/packed.ts) and their form in an address (base64url).

/** Returns the 32-bit FNV-1a hash of bytes. It detects lost or changed characters, not forgery. */
export function checksum(bytes: readonly number[], from: number, to: number, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash >>> 0;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Returns bytes as characters that need no escape in an address. */
export function toBase64Url(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = Math.min(3, bytes.length - i);
    const bits = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let digit = 0; digit <= left; digit++) text += DIGITS.charAt((bits >> (18 - 6 * digit)) & 63);
  }
  return text;
}

/** Returns the bytes before the first character outside base64url, and the position of that character (−1 without one). */
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
