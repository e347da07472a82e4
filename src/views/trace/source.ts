// The place of a kernel call in the model's own source: the file and the lines of its function.

import type { CheckId } from '../../kernel/checks.ts';
import type { Frame } from '../../kernel/frame.ts';

/** A file of the model. */
export interface ModelFile {
  /** For instance `src/kernel/intx.ts`. */
  readonly path: string;
  readonly lines: readonly string[];
}

/** A function of a file; lines are counted from 1. */
export interface ModelPlace {
  readonly path: string;
  readonly fn: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the function that models a kernel function: the one with its name, else the one that records its call, because one
 * function of the model can represent several of the kernel. Null where no file has it.
 */
export function placeOf(files: readonly ModelFile[], fn: string): ModelPlace | null {
  const functions = files.flatMap(functionsOf);
  const named = functions.find((one) => one.fn === fn);
  if (named !== undefined) return named;
  const call = new RegExp(`\\bcall(?:Void)?\\(\\s*'${fn}'`);
  return (
    functions.find(({ path, from, to }) => {
      const file = files.find((one) => one.path === path);
      return file !== undefined && call.test(file.lines.slice(from - 1, to).join('\n'));
    }) ?? null
  );
}

function functionsOf({ path, lines }: ModelFile): readonly ModelPlace[] {
  return lines.flatMap((text, at) => {
    const fn = /^(?:export )?function (\w+)\(/.exec(text)?.[1];
    if (fn === undefined) return [];
    const length = lines.slice(at).findIndex((line) => line.startsWith('}'));
    return [{ path, fn, from: at + 1, to: at + 1 + Math.max(0, length) }];
  });
}

/** A frame whose function the model's files contain. */
export interface FramePlace {
  /** Index of the frame: the requested one, or its nearest caller that the files contain. */
  readonly frame: number;
  readonly place: ModelPlace;
}

/** Returns the place of a frame, or of its nearest caller that has one; null when none has. */
export function framePlace(
  files: readonly ModelFile[],
  frames: readonly Frame[],
  at: number,
): FramePlace | null {
  for (const { fn } of callers(frames, at)) {
    const place = placeOf(files, fn);
    const frame = frames.findLastIndex((one, index) => index <= at && one.fn === fn);
    if (place !== null) return { frame, place };
  }
  return null;
}

/** Returns the frame to open at when none is selected: the one whose check decided the result, else the outermost. */
export function firstFrame(frames: readonly Frame[], check: CheckId | null): number | null {
  const refused = check === null ? -1 : frames.findLastIndex((frame) => frame.check === check);
  if (refused >= 0) return refused;
  return frames.length > 0 ? 0 : null;
}

/** Returns a frame and its callers, innermost first. */
export function callers(frames: readonly Frame[], at: number): readonly Frame[] {
  const chain: Frame[] = [];
  for (let index = at, depth = Number.POSITIVE_INFINITY; index >= 0; index--) {
    const frame = frames[index];
    if (frame === undefined || frame.depth >= depth) continue;
    chain.push(frame);
    depth = frame.depth;
  }
  return chain;
}
