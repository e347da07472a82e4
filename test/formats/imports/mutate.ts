// Damages texts and links: cuts, changed characters, doubled or removed pieces, and pieces of other files. The same seed gives
// the same damage.

/** Returns a generator of pseudo-random numbers (mulberry32). */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SPLINTERS = [
  '\0',
  '\ufffd',
  '\r',
  '\u2028',
  '"',
  '{',
  '}',
  '[',
  '\\',
  '(',
  '<unfinished ...>',
  ' resumed>',
  '-1',
  '99999999999999999999999',
  '0x',
  'NaN',
  '=',
  ',',
  '\u{1f980}',
];

/** Returns a damaged text. `others` are texts whose pieces may be inserted. */
export function mutate(text: string, others: readonly string[], roll: (below: number) => number): string {
  let now = text;
  for (let times = roll(6) + 1; times > 0; times--) {
    const at = roll(now.length + 1);
    const length = roll(1 + Math.min(now.length - at, roll(8) === 0 ? 4000 : 40));
    const [head, piece, tail] = [now.slice(0, at), now.slice(at, at + length), now.slice(at + length)];
    const other = others[roll(others.length)] ?? '';
    const from = roll(other.length + 1);
    const made = [
      head + tail,
      head + piece + piece + tail,
      head,
      head + (SPLINTERS[roll(SPLINTERS.length)] ?? '') + tail,
      head + String.fromCharCode(roll(0x250)) + tail.slice(1),
      head + other.slice(from, from + roll(400)) + tail,
      head + piece.repeat(roll(50)) + tail,
      head + [...piece].reverse().join('') + tail,
    ][roll(8)];
    now = (made ?? now).slice(0, 200_000);
  }
  return now;
}
