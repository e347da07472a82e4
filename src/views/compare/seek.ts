// The step inside a line from which on the lanes' vectors differ until the line ends.

import type { Frame } from '../../kernel/frame.ts';
import type { IrqDomain, Machine } from '../../machine/machine.ts';
import { type AlignedRow, type AlignedStep, laneStep } from './align.ts';

/** The inside of a line. */
export interface Inside {
  readonly rows: readonly AlignedRow[];
  readonly steps: readonly AlignedStep[];
  /** The kernel calls of each lane. */
  readonly traces: readonly (readonly Frame[])[];
  /** The machine of each lane before the line. */
  readonly before: readonly Machine[];
}

/**
 * Returns the step from which on the lanes differ in allocated and attached vectors until the end of the line. If they already
 * differ before the line, or agree at its end, returns the first call that some lane does not make; null without one.
 */
export function partingStep({ rows, steps, traces, before }: Inside): number | null {
  const known = new WeakMap<IrqDomain, string>();
  const key = ({ domain }: Machine): string => {
    const found = known.get(domain) ?? vectorsOf(domain);
    known.set(domain, found);
    return found;
  };
  const differs = (at: number): boolean => {
    const keys = before.map((start, lane) => {
      const place = at < 0 ? null : laneStep(rows, steps, at, lane);
      const frame = place === null ? undefined : traces[lane]?.[place.frame];
      return key(frame === undefined ? start : place?.at === 'entry' ? frame.before : frame.after);
    });
    return keys.some((one) => one !== keys[0]);
  };
  let at = steps.length - 1;
  if (at >= 0 && differs(at)) {
    while (at >= 0 && differs(at - 1)) at--;
    if (at >= 0) return at;
  }
  const row = rows.findIndex(({ frames }) => frames.includes(null));
  const found = steps.findIndex((step) => step.row === row);
  return found < 0 ? null : found;
}

function vectorsOf({ descs }: IrqDomain): string {
  const parts: string[] = [];
  descs.forEach(({ handler }, vector) => {
    parts.push(`${vector}${handler === null ? 'c' : 'a'}`);
  });
  return parts.join(' ');
}

/** Returns the aligned step at which one lane is at its own step; null when the lane has no such frame. */
export function alignedStepOf(
  { rows, steps }: Pick<Inside, 'rows' | 'steps'>,
  lane: number,
  own: { readonly frame: number; readonly at: AlignedStep['at'] },
): number | null {
  const row = rows.findIndex(({ frames }) => frames[lane] === own.frame);
  if (row < 0) return null;
  const wanted = own.at === 'return' ? 'return' : null;
  const exact = steps.findIndex((step) => step.row === row && (wanted === null || step.at === wanted));
  return exact >= 0 ? exact : steps.findIndex((step) => step.row === row);
}
