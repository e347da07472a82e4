// The figures of a search as they are shown.

import { counted } from '../words/numbers.ts';

/** What is counted. */
export interface Figures {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly milliseconds: number;
  /** Memory of states and tables; null until the search has ended. */
  readonly bytes: number | null;
}

const whole = (value: number) => Math.round(value).toLocaleString('en');

/** Name and value, in the order in which they are shown. */
export function figureRows(figures: Figures): readonly (readonly [string, string])[] {
  const { states, transitions, depth, milliseconds, bytes } = figures;
  return [
    ['states', whole(states)],
    ['transitions', whole(transitions)],
    ['depth', whole(depth)],
    ['states a second', milliseconds < 1 ? '–' : whole((states * 1000) / milliseconds)],
    ['time', timeText(milliseconds)],
    ...(bytes === null ? [] : [['memory', memoryText(bytes)] as const]),
  ];
}

/** For instance `0.4 ms`, `12 ms`, `3.2 s`. */
function timeText(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${whole(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** For instance `820 bytes`, `12.4 kB`, `95 MB`. */
function memoryText(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 100_000_000 ? 1 : 0)} MB`;
}
