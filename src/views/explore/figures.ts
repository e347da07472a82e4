// The figures of a search as text.

import { grouped } from '../../base/grouped.ts';
import { counted } from '../../text/numbers.ts';

/** The figures of a search. */
export interface Figures {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly milliseconds: number;
  /** Memory of states and tables; null while the search runs. */
  readonly bytes: number | null;
}

const whole = (value: number) => grouped(Math.round(value));

/** Returns name and value of each figure, in the order of the page. */
export function figureRows(figures: Figures): readonly (readonly [string, string])[] {
  const { states, transitions, depth, milliseconds, bytes } = figures;
  return [
    ['states', whole(states)],
    ['transitions', whole(transitions)],
    ['depth', whole(depth)],
    ['states per second', milliseconds < 1 ? '–' : whole((states * 1000) / milliseconds)],
    ['time', timeText(milliseconds)],
    ...(bytes === null ? [] : [['memory', `${memoryText(bytes)}, ${perStateText(bytes, states)}`] as const]),
  ];
}

/** Returns the memory per state, for instance `149 bytes per state`; a part of a byte is rounded up. */
export function perStateText(bytes: number, states: number): string {
  return `${counted(Math.ceil(bytes / Math.max(1, states)), 'byte')} per state`;
}

/** Returns for instance `0.4 ms`, `12 ms`, `3.2 s`. */
function timeText(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${whole(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Returns for instance `820 bytes`, `12.4 kB`, `95 MB`. */
function memoryText(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 100_000_000 ? 1 : 0)} MB`;
}
