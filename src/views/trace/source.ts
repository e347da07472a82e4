// Where a kernel call stands in a generation's source file: its function, and the lines that call on from there.

import type { Frame } from '../../kernel/frame.ts';

/** A place in a file, lines counted from 1. */
export interface SourcePlace {
  readonly fn: string;
  readonly from: number;
  readonly to: number;
  /** The lines in it that make the call that is executing, where that one's body stands in another file. */
  readonly calls: readonly number[];
}

/** The functions of a file by name. */
function functionsOf(
  lines: readonly string[],
): ReadonlyMap<string, { readonly from: number; readonly to: number }> {
  const found = new Map<string, { from: number; to: number }>();
  lines.forEach((text, at) => {
    const name = /^(?:export )?function (\w+)\(/.exec(text)?.[1];
    if (name === undefined) return;
    const length = lines.slice(at).findIndex((line) => line.startsWith('}'));
    found.set(name, { from: at + 1, to: at + 1 + Math.max(0, length) });
  });
  return found;
}

/** The executing function of a file, or its nearest caller that stands there; null when none does. */
export function sourcePlace(
  lines: readonly string[],
  frames: readonly Frame[],
  at: number,
): SourcePlace | null {
  const functions = functionsOf(lines);
  const chain = callChain(frames, at);
  const index = chain.findIndex(({ fn }) => functions.has(fn));
  const frame = chain[index];
  const range = frame === undefined ? undefined : functions.get(frame.fn);
  if (frame === undefined || range === undefined) return null;
  const callee = chain[index - 1]?.fn;
  const calls: number[] = [];
  for (let line = range.from + 1; callee !== undefined && line <= range.to; line++) {
    if (new RegExp(`\\b${callee}\\(`).test(lines[line - 1] ?? '')) calls.push(line);
  }
  return { fn: frame.fn, ...range, calls };
}

/** A frame and those that called it, innermost first. */
function callChain(frames: readonly Frame[], at: number): readonly Frame[] {
  const chain: Frame[] = [];
  for (let index = at, depth = Number.POSITIVE_INFINITY; index >= 0; index--) {
    const frame = frames[index];
    if (frame === undefined || frame.depth >= depth) continue;
    chain.push(frame);
    depth = frame.depth;
  }
  return chain;
}
