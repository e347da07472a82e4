// The result of a traced kernel behind a line: `# => -1 EINVAL`, `# => 0`, `# => 8 value=1` or `# => 0 flags=0x9 count=5`; the word
// `uncompared` ends one after missing operations. It is a comment, so that programs which read only operations pass it.

import type { Out } from '../../kernel/frame.ts';
import type { TracedResult } from '../../session/script.ts';

const RESULT =
  /^=>\s*(-?\d{1,10})(?:\s+([A-Z][A-Z0-9]*))?((?:\s+[a-z]+[= ](?:0x[\da-f]+|\d+))*)(\s+uncompared)?\s*$/;
const VALUE = /([a-z]+)[= ](0x[\da-f]+|\d+)/g;
const NUMBERS = ['flags', 'count', 'regions', 'irqs'] as const;
const U32_MAX = 0xffffffff;
const U64_MAX = 2n ** 64n - 1n;

/** Returns the comment without `#`. */
export function printTraced({ ret, errno, out, uncompared }: TracedResult): string {
  const { value } = out ?? {};
  const parts = NUMBERS.flatMap((name) => {
    const number = out?.[name];
    if (number === undefined) return [];
    return [`${name}=${name === 'flags' ? `0x${number.toString(16)}` : number}`];
  });
  return [
    `=> ${ret}`,
    ...(errno === null ? [] : [errno]),
    ...(value === undefined ? [] : [`value=${value}`]),
    ...parts,
    ...(uncompared === true ? ['uncompared'] : []),
  ].join(' ');
}

/** Reads a comment without `#`; returns null for a comment that is no result. */
export function readTraced(comment: string): TracedResult | null {
  const found = RESULT.exec(comment.trim());
  if (found === null) return null;
  const [, ret = '', errno, values = '', uncompared] = found;
  const number = Number(ret);
  // a failure is −1 with a name, as strace prints it
  if (number < 0 !== (errno !== undefined) || number < -1 || number > 0x7fffffff) return null;
  const out = valuesOf(values);
  if (out === null) return null;
  const traced = { ret: number, errno: errno ?? null, out: out === NONE ? null : out };
  return uncompared === undefined ? traced : { ...traced, uncompared: true };
}

const NONE: Out = {};

/** Returns the values, `NONE` without any, or null if one is unknown, repeated or too large. */
function valuesOf(text: string): Out | null {
  const out: { -readonly [K in keyof Out]: Out[K] } = {};
  const seen = new Set<string>();
  for (const [, name = '', digits = ''] of text.matchAll(VALUE)) {
    const value = BigInt(digits);
    if (seen.has(name)) return null;
    seen.add(name);
    const known = NUMBERS.find((one) => one === name);
    if (name === 'value' && value <= U64_MAX) out.value = value;
    else if (known !== undefined && value <= BigInt(U32_MAX)) out[known] = Number(value);
    else return null;
  }
  return seen.size === 0 ? NONE : out;
}
