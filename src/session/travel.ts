// Moves through time: line by line, and inside a line by kernel step.

import { framesOf, lineCount, type Replay } from './replay.ts';
import type { Cursor } from './session.ts';
import { kernelSteps } from './steps.ts';

/** The directions of travel. */
export type Travel = 'first' | 'previous' | 'next' | 'last' | 'into' | 'out';

/** Returns the place that a move from `cursor` reaches; unchanged at an end. */
export function travel(replayed: Replay, cursor: Cursor, how: Travel): Cursor {
  switch (how) {
    case 'first':
      return { line: 0, step: null };
    case 'last':
      return { line: lineCount(replayed), step: null };
    case 'previous':
      return back(replayed, cursor);
    case 'next':
      return forward(replayed, cursor);
    case 'into':
      return cursor.step === null && stepsIn(replayed, cursor.line) > 0 ? { ...cursor, step: 0 } : cursor;
    case 'out':
      return { ...cursor, step: null };
  }
}

/** Returns true if the move reaches another place. */
export function canTravel(replayed: Replay, cursor: Cursor, how: Travel): boolean {
  const { line, step } = travel(replayed, cursor, how);
  return line !== cursor.line || step !== cursor.step;
}

function stepsIn(replayed: Replay, line: number): number {
  return line === 0 ? 0 : kernelSteps(framesOf(replayed, line)).length;
}

/** Inside a line, forward goes through its kernel steps and then to the line as a whole. */
function forward(replayed: Replay, { line, step }: Cursor): Cursor {
  if (step === null) return { line: Math.min(line + 1, lineCount(replayed)), step: null };
  return { line, step: step + 1 < stepsIn(replayed, line) ? step + 1 : null };
}

function back(_replayed: Replay, { line, step }: Cursor): Cursor {
  if (step === null) return { line: Math.max(0, line - 1), step: null };
  return step > 0 ? { line, step: step - 1 } : { line, step: null };
}
