// A text of JSON in an address: `v1.` and the text, deflated, with a checksum, in base64url. A damaged text gives a message that
// names the damage.

import { checksum, fromBase64Url, toBase64Url } from '../../../formats/permalink/bytes.ts';
import { piped } from '../../services/piped.ts';

/** Limit of the unpacked size, in bytes. */
const MOST = 1_000_000;

/** The message for a link that cannot be read. */
export interface LinkFault {
  readonly ok: false;
  readonly title: string;
  readonly details: readonly string[];
}

/** Returns the whole address of a fragment of this page. */
export function pageAddress(fragment: string): string {
  return `${window.location.href.replace(/[?#].*$/s, '')}#${fragment}`;
}

/** Returns a JSON text as the end of an address. */
export async function packed(json: string): Promise<string> {
  const plain = new TextEncoder().encode(JSON.stringify(JSON.parse(json)));
  const body = await piped(new CompressionStream('deflate-raw'), plain);
  const sum = checksum(Array.from(plain), 0, plain.length);
  const end = [0, 8, 16, 24].map((shift) => (sum >>> shift) & 0xff);
  return `v1.${toBase64Url([...body, ...end])}`;
}

/** Reads the text of `packed`; `thing` is its kind in the message, for instance `lesson`. */
export async function unpacked(
  said: string,
  thing: string,
): Promise<{ readonly ok: true; readonly value: string } | LinkFault> {
  const damaged = (detail: string): LinkFault => ({
    ok: false,
    title: `This ${thing} link is damaged.`,
    details: [detail],
  });
  const [, version, rest] = /^(v\d+)\.(.*)$/s.exec(said) ?? [];
  if (version !== undefined && version !== 'v1') {
    const title = `This ${thing} link was created by a newer irqscope.`;
    return { ok: false, title, details: [`The link has version ${version}; this page reads v1.`] };
  }
  if (rest === undefined)
    return damaged(`The ${thing} begins with ${JSON.stringify(said.slice(0, 20))}; it must begin with v1.`);
  const { bytes, badAt } = fromBase64Url(rest);
  if (badAt >= 0)
    return damaged(
      `Character ${badAt + 1} after v1. is ${JSON.stringify(rest.charAt(badAt))}; only letters, digits, - and _ are accepted.`,
    );
  const body = Uint8Array.from(bytes.slice(0, -4));
  const plain = await piped(new DecompressionStream('deflate-raw'), body, MOST).catch(() => null);
  if (plain === null) return damaged('The text after v1. cannot be unpacked: it is cut off or changed.');
  const sum = checksum(Array.from(plain), 0, plain.length);
  const told = bytes.slice(-4).reduceRight((value, byte) => value * 256 + byte, 0);
  if (told !== sum) return damaged('The checksum of the text after v1. does not match: the text is changed.');
  return { ok: true, value: new TextDecoder().decode(plain) };
}
